import Foundation
import Testing

@testable import NNCTool

private let folder = "/usr/share/datasets/fashion-mnist"

/// Real images in gzipped IDX files, where Debian's package `dataset-fashion-mnist` is installed.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: folder))) struct FashionTests {
  /// One epoch of nine tenths of the smaller file's 10,000 images.
  @Test func learnsToTellClothesApart() throws {
    let source = "linear 784->32; relu; linear 32->10; loss cross_entropy; train adam lr=0.003"
    try withFolder { place in
      try source.write(toFile: place + "/fashion.nn", atomically: false, encoding: .utf8)
      let outcome = nnc([
        "train", place + "/fashion.nn", "-d", "\(folder)/t10k-images-idx3-ubyte.gz", "-l",
        "\(folder)/t10k-labels-idx1-ubyte.gz", "--scale", "1/255", "--split", "0.9", "-e", "1",
        "--json",
      ])
      #expect(outcome.status == .success && outcome.messages.isEmpty)
      let last = try #require(outcome.output.split(separator: "\n").last)
      let accuracy = try #require(
        last.firstMatch(of: /"accuracy":([0-9.]+)/).flatMap { Double($0.1) })
      #expect(accuracy > 0.7)
    }
  }
}
