import NNCDiagnostics
import NNCFormats

/// Reads an ONNX file into an ``OnnxModel``: every size and place is checked before it is believed.
struct OnnxReader {
  let source: ByteSource
  /// Gives the file of that name beside the model, in which a tensor's numbers may lie.
  let beside: (String) throws(FileFailure) -> ByteSource

  /// What a message says whose fields are read by `take`.
  func fields(
    _ range: Range<Int>, _ take: (Int, ProtobufField.Content) throws(FileFailure) -> Void
  ) throws(FileFailure) {
    var reader = ProtobufReader(source, range)
    while let field = try reader.next() { try take(field.number, field.content) }
  }

  func wrong(_ problem: String) -> FileFailure {
    .wrong("`\(source.name)` is no sound ONNX file: \(problem)")
  }

  /// The whole file.
  func model() throws(FileFailure) -> OnnxModel {
    var model = OnnxModel(name: source.name)
    var graphs = 0
    try fields(0..<source.count) { (number, content) throws(FileFailure) in
      switch number {
      case 2: model.producer = try text(content)
      case 7:
        graphs += 1
        model.graph = try graph(try range(content), depth: 0)
      case 8:
        let (domain, version) = try operatorSet(try range(content))
        model.versions[domain] = version
      case 25: model.functions.append(try function(try range(content)))
      default: break
      }
    }
    if graphs != 1 { throw wrong("it holds \(graphs == 0 ? "no graph" : "\(graphs) graphs")") }
    return model
  }

  private func operatorSet(_ message: Range<Int>) throws(FileFailure) -> (String, Int) {
    var (domain, version) = ("", 1)
    try fields(message) { (number, content) throws(FileFailure) in
      switch number {
      case 1: domain = try text(content)
      case 2: version = try whole(content)
      default: break
      }
    }
    return (domain, version)
  }

  private func function(_ message: Range<Int>) throws(FileFailure) -> OnnxFunction {
    var function = OnnxFunction()
    try fields(message) { (number, content) throws(FileFailure) in
      switch number {
      case 1: function.name = try text(content)
      case 4: function.inputs.append(try text(content))
      case 5: function.outputs.append(try text(content))
      case 7: function.nodes.append(try node(try range(content), depth: 1))
      case 10: function.domain = try text(content)
      default: break
      }
    }
    return function
  }

  func graph(_ message: Range<Int>, depth: Int) throws(FileFailure) -> OnnxGraph {
    if depth > Limits.graphDepth {
      throw wrong("graphs lie in one another more than \(Limits.graphDepth) deep")
    }
    var graph = OnnxGraph()
    try fields(message) { (number, content) throws(FileFailure) in
      switch number {
      case 1: graph.nodes.append(try node(try range(content), depth: depth))
      case 2: graph.name = try text(content)
      case 5: graph.constants.append(try tensor(try range(content)))
      case 11: graph.inputs.append(try port(try range(content)))
      case 12: graph.outputs.append(try port(try range(content)))
      case 15: throw wrong("a sparse tensor, which is not supported")
      default: break
      }
    }
    return graph
  }

  private func node(_ message: Range<Int>, depth: Int) throws(FileFailure) -> OnnxNode {
    var node = OnnxNode()
    try fields(message) { (number, content) throws(FileFailure) in
      switch number {
      case 1: node.inputs.append(try text(content))
      case 2: node.outputs.append(try text(content))
      case 3: node.name = try text(content)
      case 4: node.kind = try text(content)
      case 5: node.attributes.append(try attribute(try range(content), depth: depth))
      case 7: node.domain = try text(content)
      default: break
      }
    }
    if node.domain == "ai.onnx" { node.domain = "" }
    return node
  }

  private func attribute(
    _ message: Range<Int>, depth: Int
  ) throws(FileFailure) -> OnnxAttribute {
    var attribute = OnnxAttribute()
    // Older files do not say the kind: what is there decides, and of nothing an empty list is meant.
    var kind = 0
    var (real, whole, text): (Double, Int, String) = (0, 0, "")
    var reals: [Double] = []
    var wholes: [Int] = []
    var texts: [String] = []
    var found: OnnxAttribute.Value?
    var seen = 0
    try fields(message) { (number, content) throws(FileFailure) in
      switch number {
      case 1: attribute.name = try self.text(content)
      case 2: (real, seen) = (try self.real(content), 1)
      case 3: (whole, seen) = (try self.whole(content), 2)
      case 4: (text, seen) = (try self.text(content), 3)
      case 5: found = .tensor(try tensor(try range(content)))
      case 6: found = .graph(try graph(try range(content), depth: depth + 1))
      case 7: (reals, seen) = (reals + (try self.reals(content)), 6)
      case 8: (wholes, seen) = (wholes + (try self.wholes(content)), 7)
      case 9:
        texts.append(try self.text(content))
        seen = 8
      case 10, 11, 14, 15, 22, 23: found = .other("a value of field \(number)")
      case 20: kind = try self.whole(content)
      case 21: found = .outer(try self.text(content))
      default: break
      }
    }
    attribute.value =
      switch kind == 0 ? seen : kind {
      case _ where found != nil: found!
      case 1: .real(real)
      case 2: .whole(whole)
      case 3: .text(text)
      case 6: .reals(reals)
      case 7: .wholes(wholes)
      case 8: .texts(texts)
      default: .none
      }
    return attribute
  }
}
