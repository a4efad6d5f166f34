import NNCDiagnostics
import Foundation
import NNCGraph
import NNCLayers
import NNCSyntax
import Testing

/// Layers, losses, functions of tensors and update rules have PyTorch's values.
struct GoldenTests {
  @Test func losses() throws {
    struct Entry: Decodable {
      let loss: String
      let y: [Double]
      let t: [Double]
      let value: Double
    }
    struct File: Decodable {
      let entries: [Entry]
      let edges: [Entry]
    }
    let file = try golden("losses", File.self)
    for entry in file.entries + file.edges {
      // A layer that changes nothing makes the output equal to the input.
      let network = try network("input \(entry.y.count); flatten; loss \(entry.loss)")
      let evaluator = Evaluator(graph: network.graph, leaves: ["x": entry.y, "t": entry.t])
      let value = evaluator.value(network.loss!)
      #expect(agree(value, [entry.value]), "\(entry.loss) \(entry.y): \(value) \(entry.value)")
    }
    struct Sequences: Decodable {
      struct Entry: Decodable { let source: String }
      let entries: [Entry]
    }
    // What goes with class numbers alone is among the networks of whole numbers.
    let ofClasses = try golden("sequences", Sequences.self).entries.compactMap {
      $0.source.split(separator: "; loss ").last.map(String.init)
    }
    let texts = file.entries.map(\.loss) + ofClasses
    for loss in NNCLayers.losses {
      let own = texts.filter { $0.prefix { $0 != "(" && $0 != "/" } == loss.name }
      #expect(!own.isEmpty, "\(loss.name)")
      for argument in loss.arguments {
        #expect(own.contains { $0.contains("\(argument.name)=") }, "\(loss.name) \(argument.name)")
      }
    }
  }

  @Test func layers() throws {
    struct Entry: Decodable {
      let source: String
      let frozen: [String]
      let shapes: [String: [Int]]
      let parameters: [String: Tensor]
      let x: [Double]
      let t: [Double]
      let output: Tensor
      let loss: Double
    }
    struct File: Decodable { let entries: [Entry] }
    let file = try golden("layers", File.self)
    #expect(file.entries.count >= 25)
    for entry in file.entries {
      let network = try network(entry.source)
      #expect(Set(network.parameters.map(\.name)) == Set(entry.shapes.keys))
      #expect(network.parameters.filter(\.isFrozen).map(\.name).sorted() == entry.frozen)
      for parameter in network.parameters {
        #expect(parameter.shape == entry.shapes[parameter.name])
      }
      var leaves = entry.parameters.mapValues(\.values)
      leaves["x"] = entry.x
      leaves["t"] = entry.t
      let evaluator = Evaluator(graph: network.graph, leaves: leaves)
      let source = Comment(rawValue: entry.source)
      #expect(agree(evaluator.value(network.output), entry.output.values), source)
      #expect(agree(evaluator.value(network.loss!), [entry.loss]), source)
    }
  }

  @Test func reductions() throws {
    struct Entry: Decodable {
      let expression: String
      let a: Tensor
      let value: Tensor
    }
    struct Pair: Decodable {
      let expression: String
      let a: [Double]
      let b: [Double]
      let value: [Double]
    }
    struct File: Decodable {
      let reductions: [Entry]
      let pairs: [Pair]
    }
    let file = try golden("functions", File.self)
    for entry in file.reductions {
      let value = try evaluate(entry.expression, ["a": entry.a])
      #expect(agree(value, entry.value.values), Comment(rawValue: entry.expression))
    }
    for pair in file.pairs {
      let given = ["a": Tensor(pair.a), "b": Tensor(pair.b)]
      let value = try evaluate(pair.expression, given)
      #expect(agree(value, pair.value), Comment(rawValue: pair.expression))
    }
  }

  private func evaluate(_ expression: String, _ variables: [String: Tensor]) throws -> [Double] {
    var scope = Scope()
    var graph = Graph()
    for (name, tensor) in variables { scope.setShape(tensor.shape, of: name) }
    let parsed = parseExpression(SourceFile(name: "e", text: expression))
    let result = scope.elaborate(parsed.root, in: parsed.tree, graph: &graph)
    #expect(result.diagnostics == [])
    guard case .node(let node) = try #require(result.value) else { return [] }
    return Evaluator(graph: graph, leaves: variables.mapValues(\.values)).value(node)
  }
}

/// A tensor as nested lists, or a number.
struct Tensor: Decodable {
  let values: [Double]
  let shape: [Int]

  init(_ values: [Double]) {
    self.values = values
    shape = [values.count]
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      (values, shape) = ([number], [])
    } else {
      let parts = try container.decode([Tensor].self)
      values = parts.flatMap(\.values)
      shape = [parts.count] + (parts.first?.shape ?? [])
    }
  }
}

/// The file of goldens called `name`.
func golden<File: Decodable>(_ name: String, _ type: File.Type) throws -> File {
  let folder = samples.deletingLastPathComponent().appendingPathComponent("Tests/Golden")
  let data = try Data(contentsOf: folder.appendingPathComponent(name + ".json"))
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
  return try decoder.decode(type, from: data)
}
