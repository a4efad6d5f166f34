import Foundation
import NNC
import Testing

@testable import NNCFormats
@testable import NNCOnnx

/// Files that are cut short or changed are read or refused, and never more than that.
@Suite struct HostileModelTests {
  @Test(arguments: ["mlp", "lenet", "control", "ports", "unsupported"])
  func changedFilesNeverTrap(_ name: String) throws {
    let file = exportedFile(name)
    let bytes = try file.bytes(0..<file.count)
    var state: UInt64 = 11
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<120 {
      var changed = bytes
      if round % 4 == 0 { changed.removeLast(1 + random(bytes.count - 1)) }
      for _ in 0...random(3) {
        let place = random(changed.count)
        changed[place] =
          random(2) == 0 ? UInt8(random(256)) : changed[place] ^ 1 << UInt8(random(8))
      }
      do throws(FileFailure) {
        _ = try OnnxImport(ByteSource(name: "changed.onnx", bytes: changed))
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test func messagesOfProtobufAreChecked() {
    func failure(_ bytes: [UInt8]) -> String? {
      var reader = ProtobufReader(ByteSource(name: "f", bytes: bytes))
      do throws(FileFailure) {
        while try reader.next() != nil {}
        return nil
      } catch {
        return error.message
      }
    }
    #expect(failure([0x08, 0x96, 0x01]) == nil)
    #expect(failure([0x08, 0x96])?.contains("cut short, at byte 2") ?? false)
    #expect(failure([0x12, 0x05, 0x00])?.contains("5 bytes of field 2, but 1 are left") ?? false)
    #expect(failure([0x0B])?.contains("a field of the kind 3") ?? false)
    #expect(failure([0x00])?.contains("field 0") ?? false)
    let long = [0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x02]
    #expect(failure(long)?.contains("more than 64 bits") ?? false)
  }

  /// What a writer writes is what a reader reads.
  @Test func numbersComeBack() throws {
    var writer = ProtobufWriter()
    for value in [0, 1, 127, 128, 300, Int.max, -1, Int.min] { writer.add(5, whole: value) }
    writer.add(6, text: "Übung")
    writer.add(7, wholes: [3, 270, 86942])
    let source = ByteSource(name: "f", bytes: writer.bytes)
    var reader = ProtobufReader(source)
    var wholes: [Int] = []
    while let field = try reader.next() {
      switch field.content {
      case .whole(let value): wholes.append(Int(Int64(bitPattern: value)))
      case .bytes(let range) where field.number == 6:
        #expect(String(decoding: try source.bytes(range), as: UTF8.self) == "Übung")
      case .bytes(let range):
        var list = ProtobufReader(source, range)
        var values: [UInt64] = []
        while let value = try list.nextWhole() { values.append(value) }
        #expect(values == [3, 270, 86942])
      default: Issue.record("a field of another kind")
      }
    }
    #expect(wholes == [0, 1, 127, 128, 300, Int.max, -1, Int.min])
  }
}
