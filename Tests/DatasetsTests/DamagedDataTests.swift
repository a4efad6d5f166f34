import Foundation
import Testing

@testable import NNCDatasets
@testable import NNCFormats

private func readAll(_ data: Dataset) throws(FileFailure) {
  let input = UnsafeMutableBufferPointer<Double>.allocate(capacity: data.inputWidth)
  let target = UnsafeMutableBufferPointer<Double>.allocate(capacity: data.targetWidth)
  input.initialize(repeating: 0)
  target.initialize(repeating: 0)
  defer {
    input.deallocate()
    target.deallocate()
  }
  for sample in (0..<data.count).reversed() {
    try data.read([sample], input: input, target: target)
    _ = data.place(of: sample)
  }
}

@Suite struct DamagedDataTests {
  /// Whatever stands in a table, it is read or refused, and what is read once is read again.
  @Test func neverTraps() {
    let text = Array("a,\"b \"\"q\"\"\",c\r\n1,2,x\r\n-3e2,.5,\"y\nz\"\r\n4,5,x\r\n\r\n6,7,w".utf8)
    let marks = Array("\",;\t\r\n0e-. x\u{0}".utf8) + [0xFF, 0xC3]
    var state: UInt64 = 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var refused = 0
    for _ in 0..<2000 {
      var bytes = text
      for _ in 0...random(4) {
        let place = random(bytes.count)
        switch random(3) {
        case 0: bytes[place] = marks[random(marks.count)]
        case 1: bytes.insert(marks[random(marks.count)], at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + random(12)))
        }
        if bytes.isEmpty { bytes = [0x0A] }
      }
      do throws(FileFailure) {
        let request = DatasetRequest(
          path: "", target: ColumnChoice("3"), inputWidth: 2, targetWidth: 3, memoryLimit: 0)
        try readAll(try Dataset.open(request, ByteSource(name: "f", bytes: bytes)))
      } catch {
        #expect(error.kind == .wrong)
        refused += 1
      }
    }
    #expect(refused > 200 && refused < 2000)
  }

  @Test(arguments: ["csv", "npy"]) func aFileThatShrinksIsSaid(kind: String) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)").path
    defer { unlink(path) }
    let bytes =
      kind == "csv"
      ? Array((0..<10_000).map { "\($0),\($0)\n" }.joined().utf8)
      : Npy.head(shape: [10_000, 2], type: .f64)
        + NumberType.f64.encode([Double](repeating: 1, count: 20_000)[...])
    try PendingFile.write(bytes, to: path)
    let data = try Dataset.open(
      DatasetRequest(
        path: path, target: ColumnChoice("2"), inputWidth: 1, targetWidth: 1, memoryLimit: 0))
    #expect(truncate(path, off_t(bytes.count / 2)) == 0)
    let error = #expect(throws: FileFailure.self) { try readAll(data) }
    #expect(error?.kind == .machine)
    #expect(error?.message.contains("shrank while it was read") == true)
  }
}
