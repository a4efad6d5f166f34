import Foundation
import Testing

@testable import NNCDatasets
@testable import NNCFormats

private func npy(_ shape: [Int], _ values: [Double]) -> ByteSource {
  let bytes = Npy.head(shape: shape, type: .f64) + NumberType.f64.encode(values[...])
  return ByteSource(name: "x.npy", bytes: bytes)
}

private func idx(_ name: String, _ extents: [Int], _ bytes: [UInt8]) -> ByteSource {
  let head: [UInt8] = [0, 0, 8, UInt8(extents.count)]
  return ByteSource(name: name, bytes: head + extents.flatMap { [0, 0, 0, UInt8($0)] } + bytes)
}

private func samples(_ data: Dataset, _ list: [Int]) throws -> (input: [Float], target: [Float]) {
  var input = [Float](repeating: .nan, count: list.count * data.inputWidth)
  var target = [Float](repeating: .nan, count: list.count * data.targetWidth)
  try input.withUnsafeMutableBufferPointer { input in
    try target.withUnsafeMutableBufferPointer { target in
      try data.read(list[...], input: input, target: target)
    }
  }
  return (input, target)
}

@Suite struct ArrayDatasetTests {
  @Test(arguments: [0, 1 << 20]) func imagesAndLabelsStandInTwoFiles(memoryLimit: Int) throws {
    let request = DatasetRequest(
      path: "", inputWidth: 4, targetWidth: 3, memoryLimit: memoryLimit)
    var data = try Dataset.open(
      request, idx("i", [3, 2, 2], Array(0..<12)), labels: idx("l", [3], [2, 0, 2]))
    #expect(data.classes == ["0", "1", "2"])
    data.transform = ColumnTransform(dividingBy: 255, columns: 4)
    let (input, target) = try samples(data, [2, 1])
    #expect(input == [8, 9, 10, 11, 4, 5, 6, 7].map { Float(Double($0) / 255) })
    #expect(target == [0, 0, 1, 1, 0, 0])
    #expect(data.place(of: 1) == "i: row 2")
  }

  @Test func columnsOfAnArrayAreChosenByNumber() throws {
    let request = DatasetRequest(
      path: "", inputs: ColumnChoice("3,1"), target: ColumnChoice("2"), inputWidth: 2,
      targetWidth: 1, memoryLimit: 0)
    let data = try Dataset.open(request, npy([2, 3], [1, 2, 3, 4, 5, 6]))
    let (input, target) = try samples(data, [1, 0])
    #expect(input == [6, 4, 3, 1])
    #expect(target == [5, 2])
  }

  @Test func arraysOfAnArchiveAreChosenByName() throws {
    let file = try #require(FormatsGolden.stored)
    let request = DatasetRequest(
      path: "", inputs: ColumnChoice("long"), inputWidth: 4, targetWidth: 0)
    let data = try Dataset.open(request, file)
    #expect(data.count == 100)
    #expect(try samples(data, [99]).input == [396, 397, 398, 399].map { Float($0 % 37) })
    let wrong = DatasetRequest(
      path: "", inputs: ColumnChoice("lang"), inputWidth: 4, targetWidth: 0)
    let error = #expect(throws: FileFailure.self) { try Dataset.open(wrong, file) }
    #expect(
      error
        == .wrong(
          "`stored.npz` has no array `lang`; its arrays are `x`, `y`, `long`",
          hint: "did you mean `long`?"))
  }

  @Test(arguments: [
    (
      npy([2, 2], [1, 2, .nan, 4]), nil, "x.npy: row 2, column 1: nan is no finite number"
    ),
    (npy([], [1]), nil, "`x.npy` is a single number, not rows of numbers"),
    (npy([0, 2], []), nil, "`x.npy` has no rows of numbers"),
    (
      npy([2, 3], [1, 2, 3, 4, 5, 6]), nil,
      "`x.npy` gives 3 input columns, but the network takes 2; it has 3 columns"
    ),
    (
      npy([2, 2], [1, 2, 3, 4]), idx("l", [3], [0, 1, 1]),
      "`x.npy` has 2 samples, but `l` has 3"
    ),
    (
      npy([2, 2], [1, 2, 3, 4]), idx("l", [2], [0, 7]),
      "l: row 2: `1` is `7`, which is none of the classes `0`, `1`, `2`"
    ),
    (
      idx("i", [2, 2], [1, 2, 3]), nil,
      "`i` is no sound IDX file: it is cut short: its shape 2x2 takes 4 bytes, but 3 follow its head"
    ),
    (
      ByteSource(name: "b", bytes: [1, 0, 2, 3]), nil,
      "`b` is no table of text, nor .npy, .npz or IDX, perhaps compressed by gzip"
    ),
  ]) func whatIsWrongIsNamedWithItsPlace(file: ByteSource, labels: ByteSource?, message: String) {
    let request = DatasetRequest(
      path: "", inputWidth: 2, targetWidth: labels == nil ? 0 : 3,
      description: labels == nil ? nil : DataDescription(classes: ["0", "1", "2"]))
    let error = #expect(throws: FileFailure.self) {
      try Dataset.open(request, file, labels: labels)
    }
    #expect(error?.message == message)
  }
}

enum FormatsGolden {
  /// An archive with `x` of 2x3, `y` of 3 and `long` of 100x4 numbers.
  static var stored: ByteSource? {
    let arrays = [
      NamedArray(name: "x", shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
      NamedArray(name: "y", shape: [3], values: [0, 1, 2]),
      NamedArray(name: "long", shape: [100, 4], values: (0..<400).map { Double($0 % 37) }),
    ]
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).npz")
      .path
    guard (try? Npz.write(arrays, to: path)) != nil, let file = try? ByteSource.open(path),
      let bytes = try? file.bytes(0..<file.count)
    else { return nil }
    unlink(path)
    return ByteSource(name: "stored.npz", bytes: bytes)
  }
}
