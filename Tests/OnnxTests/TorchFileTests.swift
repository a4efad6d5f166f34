import Foundation
import NNC
import Testing

@testable import NNCFormats

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Golden")

/// A file that `torch.save` wrote, and what it holds.
struct SavedModel: CustomStringConvertible, Sendable {
  let name: String
  let arrays: [(name: String, shape: [Int], values: [Double])]

  var description: String { name }

  var bytes: [UInt8] {
    Array(try! Data(contentsOf: folder.appending(path: "exports/\(name).pt")))
  }
}

let savedModels: [SavedModel] = {
  let json = try! JsonParser.parse(Array(Data(contentsOf: folder.appending(path: "exports.json"))))
  return json["saved"]!.elements!.map { entry in
    SavedModel(
      name: entry["name"]!.text!,
      arrays: entry["arrays"]!.elements!.map {
        (
          $0["name"]!.text!, $0["shape"]!.elements!.map { $0.count! },
          $0["values"]!.elements!.map { $0.finite! }
        )
      })
  }
}()

@Suite struct TorchFileTests {
  @Test(arguments: savedModels) func holdsWhatWasSaved(_ model: SavedModel) throws {
    let file = try TensorFile.read(ByteSource(name: "model.pt", bytes: model.bytes))
    #expect(file.arrays.map(\.name) == model.arrays.map(\.name))
    for (array, expected) in zip(file.arrays, model.arrays) {
      #expect(array.shape == expected.shape)
      #expect(try array.values() == expected.values)
    }
  }

  @Test(arguments: savedModels) func changedFilesNeverTrap(_ model: SavedModel) throws {
    let bytes = model.bytes
    var state: UInt64 = 5
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<150 {
      var changed = bytes
      for _ in 0...random(2) { changed[random(changed.count)] = UInt8(random(256)) }
      do throws(FileFailure) {
        for array in try TensorFile.read(ByteSource(name: "changed.pt", bytes: changed)).arrays {
          _ = try array.values()
        }
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }

  /// What a pickle would call is never called, and what is no data is refused.
  @Test func nothingIsExecuted() throws {
    // os.system("true"), as a pickle that attacks has it.
    let attack = Array("cos\nsystem\n(X".utf8) + [4, 0, 0, 0] + Array("truetR.".utf8)
    let value = try Pickle.read(ByteSource(name: "data.pkl", bytes: attack))
    guard case .object(let object) = value else {
      Issue.record("a call is noted")
      return
    }
    #expect(object.module == "os" && object.name == "system")
    let other = #expect(throws: FileFailure.self) {
      try Pickle.read(ByteSource(name: "data.pkl", bytes: Array("i".utf8)))
    }
    #expect(other?.message.contains("the opcode 105, which no file of weights needs") ?? false)
  }

  @Test func otherFilesAreNamed() throws {
    let old: [UInt8] = [
      0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E, 0x80,
    ]
    let failure = #expect(throws: FileFailure.self) {
      try TensorFile.read(ByteSource(name: "old.pt", bytes: old))
    }
    #expect(
      failure?.message
        == "`old.pt` is a file of the old form of torch.save, not a file of weights")
    let written = #expect(throws: FileFailure.self) {
      try TensorFile.write([], to: "/tmp/none/net.onnx")
    }
    #expect(written?.message == "weights are written as safetensors or .npz, not as .onnx")
  }
}
