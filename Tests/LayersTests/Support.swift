import NNCDiagnostics
import Foundation
import NNCGraph
import NNCLayers
import NNCSyntax
import Testing

/// The network of a source, which is to be without a mistake.
func network(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Network {
  let (tree, unread) = parse(SourceFile(name: "net.nn", text: text))
  let (network, diagnostics) = elaborate(tree)
  #expect(unread.map(\.message) == [], sourceLocation: sourceLocation)
  #expect(diagnostics.map(\.message) == [], sourceLocation: sourceLocation)
  return try #require(network, sourceLocation: sourceLocation)
}

/// The codes of what is said of a source.
func codes(_ text: String) -> [String] { problems(text).map(\.code) }

/// What is said of a source.
func problems(_ text: String) -> [Diagnostic] {
  let (tree, unread) = parse(SourceFile(name: "net.nn", text: text))
  return unread + elaborate(tree).diagnostics
}

/// What an expression about a network is worth; nil where something is wrong with it.
func expression(_ text: String, of network: inout Network) throws -> ExpressionValue? {
  let parsed = parseExpression(SourceFile(name: "e", text: text))
  #expect(parsed.diagnostics == [])
  return network.elaborate(parsed.root, in: parsed.tree).value
}

/// A node as text, its operands written out; named nodes below the root are their names.
func nodeText(_ id: NodeID, _ graph: Graph) -> String {
  let node = graph[id]
  func operand(_ index: Int) -> String {
    let operand = node.operands[index]
    return graph.names[operand] ?? nodeText(operand, graph)
  }
  let all = node.operands.indices.map(operand).joined(separator: ", ")
  switch node.kind {
  case .constant(let bits):
    let value = Double(bitPattern: bits)
    return Int(exactly: value).map(String.init) ?? "\(value)"
  case .literal(let index): return "\(graph.literals[index])"
  case .symbol(let index): return graph.symbols[index].name
  case .map(let operation): return "\(operation.name)(\(all))"
  case .contract(let contraction): return "\(contraction.text)(\(all))"
  case .maximum(let axes): return "maximum\(axes)(\(all))"
  case .broadcast(let axes): return "broadcast\(node.shape)\(axes)(\(all))"
  case .permute(let axes): return "permute\(axes)(\(all))"
  case .reshape: return "reshape\(node.shape)(\(all))"
  case .slice(let start): return "slice\(start)\(node.shape)(\(all))"
  case .view(let view):
    return "view[\(view.indices.map(\.text).joined(separator: ", "))]\(node.shape)(\(all))"
  case .pad(let start, let steps): return "pad\(start)\(steps)\(node.shape)(\(all))"
  case .concat(let axis): return "concat\(axis)(\(all))"
  case .oneHot(let count): return "onehot\(count)(\(all))"
  case .samples: return "samples(\(all))"
  case .row(_, let isReversed): return "row\(isReversed ? "_reversed" : "")(\(all))"
  case .rows(_, let isReversed): return "rows\(isReversed ? "_reversed" : "")(\(all))"
  case .recurrence(_, let place): return "recurrence\(place)(\(all))"
  case .derivative(let derivative): return "\(derivative)(\(all))"
  }
}

extension Contraction {
  fileprivate var text: String {
    func letters(_ labels: [UInt8]) -> String {
      String(decoding: labels.map { $0 + UInt8(ascii: "i") }, as: UTF8.self)
    }
    return inputs.map(letters).joined(separator: ",") + "->" + letters(output)
  }
}

extension View.Index {
  /// `2i+k-1`, with the axes of the result as letters.
  fileprivate var text: String {
    let parts = terms.map { term in
      let letter = String(decoding: [UInt8(ascii: "i") + UInt8(term.axis)], as: UTF8.self)
      return (term.step < 0 ? "-" : "+")
        + (term.step.magnitude == 1 ? "" : "\(term.step.magnitude)") + letter
    }
    let all =
      parts.joined()
      + (offset == 0 && !parts.isEmpty ? "" : offset < 0 ? "\(offset)" : "+\(offset)")
    return all.hasPrefix("+") ? String(all.dropFirst()) : all
  }
}

/// The repository's root.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// The repository's folder of samples.
let samples = repository.appendingPathComponent("Samples")

extension Network {
  /// One step of its rule by gradients that are leaves of their own, `gradient of linear1.weight`.
  func madeUpStep() throws -> (graph: Graph, assignments: [Assignment]) {
    let rule = try #require(training)
    var graph = graph
    let gradients = trainedParameters.map {
      graph.symbol(Symbol(name: "gradient of \($0.name)", shape: $0.shape, role: .free))
    }
    let assignments = rule.step(in: &graph, parameters: parameters, gradients: gradients)
    return (graph, assignments)
  }
}
