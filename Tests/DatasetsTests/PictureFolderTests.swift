import Foundation
import Testing

@testable import NNCDatasets
@testable import NNCFormats

/// Folders of pictures as data.
@Suite struct PictureFolderTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  private func write(_ path: String, _ text: String, _ pixels: [UInt8]) throws {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(Array(text.utf8) + pixels).write(to: url)
  }

  private func request(_ shape: [Int], _ targets: Int, limit: Int = 1 << 20) -> DatasetRequest {
    var request = DatasetRequest(
      path: folder.path, inputWidth: shape.reduce(1, *), targetWidth: targets, memoryLimit: limit)
    request.inputShape = shape
    return request
  }

  private func numbers(_ data: Dataset) throws -> (input: [Double], target: [Double]) {
    var input = [Double](repeating: .nan, count: data.count * data.inputWidth)
    var target = [Double](repeating: .nan, count: data.count * data.targetWidth)
    try input.withUnsafeMutableBufferPointer { input in
      try target.withUnsafeMutableBufferPointer { target in
        try data.read(Array(0..<data.count)[...], input: input, target: target)
      }
    }
    return (input, target)
  }

  private func makeFolder() throws {
    try write("dog/b/2.pgm", "P5 2 1 255\n", [7, 8])
    try write("cat/10.ppm", "P6 2 1 255\n", [1, 2, 3, 4, 5, 6])
    try write("cat/.hidden.pgm", "P5 9 9 255\n", [])
    try write("cat/notes.txt", "no picture", [])
  }

  @Test(arguments: [0, 1 << 20]) func foldersAreClasses(limit: Int) throws {
    try makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let data = try Dataset.open(request([3, 1, 2], 2, limit: limit))
    #expect(data.count == 2 && data.classes == ["cat", "dog"])
    let (input, target) = try numbers(data)
    #expect(input == [1, 4, 2, 5, 3, 6, 7, 8, 7, 8, 7, 8])
    #expect(target == [1, 0, 0, 1])
    #expect(data.place(of: 1) == folder.path + "/dog/b/2.pgm")
    // Grey from colours, and for one output 0 and 1.
    let grey = try numbers(try Dataset.open(request([1, 1, 2], 1, limit: limit)))
    #expect(grey.input == [2, 5, 7, 8] && grey.target == [0, 1])
  }

  /// Without targets the folders mean nothing.
  @Test func predictions() throws {
    try write("b.pgm", "P5 2 1 255\n", [7, 8])
    try write("a/c.pgm", "P5 2 1 255\n", [1, 2])
    defer { try? FileManager.default.removeItem(at: folder) }
    let data = try Dataset.open(request([2], 0))
    #expect(try numbers(data).input == [1, 2, 7, 8])
    #expect(data.files == ["a/c.pgm", "b.pgm"])
  }

  @Test func mistakes() throws {
    func message(_ request: DatasetRequest) -> String {
      (#expect(throws: FileFailure.self) { try Dataset.open(request) })?.description ?? ""
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(message(request([1, 1, 2], 2)).contains("holds no pictures"))
    try makeFolder()
    #expect(
      message(request([1, 2, 2], 2)).contains("cat/10.ppm` is 2 pixels wide and 1 high, in colours")
    )
    #expect(message(request([2, 1, 2], 2)).contains("1 channel or 3"))
    #expect(message(request([5], 2)).contains("`input 3x1x2` takes such pictures"))
    var chosen = request([3, 1, 2], 2)
    chosen.target = ColumnChoice("label")
    #expect(message(chosen).contains("no columns to choose `label` from"))
    try write("loose.pgm", "P5 2 1 255\n", [7, 8])
    #expect(
      message(request([3, 1, 2], 2)).contains("loose.pgm` lies in no folder that is its class"))
    try write("dog/3.JPG", "", [0xFF])
    #expect(message(request([3, 1, 2], 2)).contains("dog/3.JPG`: pictures are read in PNG"))
  }
}
