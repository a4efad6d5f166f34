import Foundation
import NNC
import NNCTestSupport
import Testing

@testable import NNCFormats
@testable import NNCOnnx

/// An ONNX file with inputs and what the program that wrote it gives for them.
struct ExportedModel: CustomStringConvertible, Sendable {
  let name: String
  let inputs: [[Double]]
  let outputs: [[Double]]

  var description: String { name }

  var source: ByteSource { exportedFile(name) }
}

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Golden")

func exportedFile(_ name: String) -> ByteSource {
  let bytes = try! Data(contentsOf: folder.appending(path: "exports/\(name).onnx"))
  return ByteSource(name: "\(name).onnx", bytes: Array(bytes))
}

let exportedModels: [ExportedModel] = {
  let bytes = try! Data(contentsOf: folder.appending(path: "exports.json"))
  let json = try! JsonParser.parse(Array(bytes))
  func rows(_ json: Json) -> [[Double]] { json.elements!.map { $0.elements!.map { $0.finite! } } }
  return json["entries"]!.elements!.map {
    ExportedModel(
      name: $0["name"]!.text!, inputs: rows($0["inputs"]!), outputs: rows($0["outputs"]!))
  }
}()

extension Json {
  subscript(name: String) -> Json? { members?.first { $0.name == name }?.value }
}

@Suite struct OnnxImportTests {
  @Test(arguments: exportedModels) func readsAsAPersonWouldHaveWrittenIt(_ model: ExportedModel)
    throws
  {
    let imported = try OnnxImport(model.source)
    try assertSnapshot(
      imported.text + imported.remarks.map { "# nnc: \($0)\n" }.joined(),
      "Tests/Snapshots/onnx/\(model.name).nn")
  }

  /// The outputs are those of PyTorch, which computes in 32 bits.
  @Test(arguments: exportedModels) func givesTheSame(_ model: ExportedModel) throws {
    let network = try Compilation(onnx: model.source).model()
    for (input, output) in zip(model.inputs, model.outputs) {
      let own = try network.predict(input)
      try #require(own.count == output.count)
      let scale = output.map(abs).max()!
      for (a, b) in zip(own, output) { #expect(abs(a - b) <= 2e-6 * scale, "\(a) for \(b)") }
    }
  }

  @Test func whatIsNotSupportedIsListedAtOnce() throws {
    let failure = #expect(throws: FileFailure.self) { try OnnxImport(exportedFile("unsupported")) }
    #expect(
      failure?.message == """
        `unsupported.onnx` holds what is not supported:
        operator  nodes  first node  not supported
        Det       2      volume      the operator
        GRU       1      memory      `linear_before_reset` 0, which resets before the product
        """)
  }

  @Test func openAxesAreAskedFor() throws {
    var writer = OnnxFile()
    writer.inputs = [("x", ["batch", "steps", 3])]
    writer.nodes = [("Relu", ["x"], ["y"])]
    let failure = #expect(throws: FileFailure.self) { try OnnxImport(writer.source) }
    #expect(failure?.message == "`made.onnx` leaves the extents of axes open: `steps`")
    #expect(failure?.hint == "say them: `--dim steps=16`")
    let imported = try OnnxImport(writer.source, dims: ["steps": 4, "batch": 1])
    #expect(imported.text == "# Made of made.onnx.\ninput 4x3\nrelu\n")
    let unknown = #expect(throws: FileFailure.self) {
      try OnnxImport(writer.source, dims: ["steps": 4, "width": 1])
    }
    #expect(unknown?.message == "`made.onnx` has no axis called `width`")
  }

  /// What one sample gets from another cannot be said of a network for one.
  @Test func samplesStayApart() throws {
    var writer = OnnxFile()
    writer.inputs = [("x", ["n", 3])]
    writer.nodes = [("Transpose", ["x"], ["t"]), ("Softmax", ["t"], ["y"])]
    let failure = #expect(throws: FileFailure.self) { try OnnxImport(writer.source) }
    #expect(failure?.message.contains("samples of a batch that meet one another") ?? false)
    // Of a file for three samples it is one network for all of them.
    writer.inputs = [("x", [2, 3])]
    #expect(
      try OnnxImport(writer.source).text
        == "# Made of made.onnx.\ninput 2x3\ntranspose; softmax\n")
  }

  @Test func namesMustBeThereBeforeTheyAreRead() throws {
    var writer = OnnxFile()
    writer.inputs = [("x", ["n", 3])]
    writer.nodes = [("Add", ["x", "b"], ["a"]), ("Relu", ["a"], ["b"]), ("Relu", ["b"], ["y"])]
    let failure = #expect(throws: FileFailure.self) { try OnnxImport(writer.source) }
    #expect(failure?.message.contains("nothing is called `b` before it") ?? false)
  }
}

/// A file that is written node by node.
struct OnnxFile {
  var inputs: [(name: String, shape: [Any])] = []
  var nodes: [(kind: String, inputs: [String], outputs: [String])] = []

  var source: ByteSource {
    var graph = ProtobufWriter()
    for (kind, inputs, outputs) in nodes {
      var node = ProtobufWriter()
      for name in inputs { node.add(1, text: name) }
      for name in outputs { node.add(2, text: name) }
      node.add(4, text: kind)
      graph.add(1, message: node)
    }
    graph.add(2, text: "made")
    for (name, shape) in inputs { graph.add(11, message: port(name, shape)) }
    graph.add(12, message: port("y", []))
    var set = ProtobufWriter()
    set.add(2, whole: 17)
    var model = ProtobufWriter()
    model.add(1, whole: 8)
    model.add(7, message: graph)
    model.add(8, message: set)
    return ByteSource(name: "made.onnx", bytes: model.bytes)
  }

  private func port(_ name: String, _ extents: [Any]) -> ProtobufWriter {
    var shape = ProtobufWriter()
    for extent in extents {
      var dimension = ProtobufWriter()
      if let size = extent as? Int {
        dimension.add(1, whole: size)
      } else {
        dimension.add(2, text: extent as! String)
      }
      shape.add(1, message: dimension)
    }
    var tensor = ProtobufWriter()
    tensor.add(1, whole: 1)
    tensor.add(2, message: shape)
    var type = ProtobufWriter()
    type.add(1, message: tensor)
    var port = ProtobufWriter()
    port.add(1, text: name)
    port.add(2, message: type)
    return port
  }
}
