import NNCAlgebra
import NNCDiagnostics
import NNCFormats
import NNCLayers

/// Reads the nodes of a model one after the other and makes statements of the network language of them.
///
/// It knows no operator: what one does is its row of ``operators``. A value is either known, and then what is made of it is
/// known too, or an expression over statements.
final class Importer {
  let model: OnnxModel
  let choice: SampleChoice
  /// The statements so far; those of the inputs come first.
  var statements: [ImportStatement] = []
  /// The text's own parameters so far.
  var parameters: [ImportParameter] = []
  /// What names mean, the innermost graph's last.
  var scopes: [Scope] = []
  /// What is not supported: how often, and at which node first.
  var unsupported: [Unsupported: (count: Int, node: String)] = [:]
  /// What the user should know.
  var remarks: [String] = []
  /// The statements that more than one value of the model shows.
  var shared: Set<Int> = []
  /// By origin and use: the parameter that stands for a constant already.
  var parameterPlaces: [Constant.Origin: Int] = [:]
  /// How many nodes were read, those of loops each time.
  var visits = 0
  /// The nodes that say what is around the present one.
  var depth = 0

  /// What the names of one graph mean.
  struct Scope {
    var values: [String: ImportValue] = [:]
    /// How often each is read.
    var uses: [String: Int] = [:]
  }

  init(_ model: OnnxModel, _ choice: SampleChoice) {
    self.model = model
    self.choice = choice
  }

  /// The value of that name; what could not be made has been told.
  func value(_ name: String) throws(ImportProblem) -> ImportValue {
    if name.isEmpty { return .missing }
    for scope in scopes.reversed() {
      if let value = scope.values[name] { return value }
    }
    throw unmade.contains(name) ? .unknown : .wrong("nothing is called `\(name)` before it")
  }

  /// The names of values that could not be made.
  var unmade: Set<String> = []

  /// How often a value of the innermost graph is read.
  func uses(of name: String) -> Int { scopes.last?.uses[name] ?? 0 }

  /// Reads the nodes of a graph in order.
  func read(_ nodes: [OnnxNode]) throws(FileFailure) {
    for node in nodes {
      visits += 1
      do throws(ImportProblem) {
        if visits > Limits.unrolledNodes { throw .unsupported("too many nodes") }
        try read(node)
      } catch {
        unmade.formUnion(node.outputs)
        try report(error, at: node)
      }
    }
  }

  /// Keeps why a node could not be read, and goes on with the others, so that all is told at once.
  private func report(_ problem: ImportProblem, at node: OnnxNode) throws(FileFailure) {
    let kind = node.domain.isEmpty ? node.kind : "\(node.domain).\(node.kind)"
    let place = node.name.isEmpty ? node.outputs.first ?? "" : node.name
    switch problem {
    case .unknown: break
    case .file(let failure): throw failure
    case .unsupported(let reason):
      unsupported[Unsupported(kind: kind, reason: reason), default: (0, place)].count += 1
    case .wrong(let reason):
      throw .wrong(
        "`\(model.name)` is no sound ONNX file: \(kind) at node \(quoted(place)): \(reason)")
    }
  }

  private func read(_ node: OnnxNode) throws(ImportProblem) {
    if let function = model.functions.first(where: {
      $0.name == node.kind && $0.domain == node.domain
    }) {
      return try call(function, node)
    }
    guard let row = OperatorRow.find(node.domain, node.kind) else {
      throw .unsupported("the operator")
    }
    for attribute in node.attributes where !row.attributes.contains(attribute.name) {
      throw .unsupported("`\(attribute.name)`")
    }
    var inputs: [ImportValue] = []
    for name in node.inputs { inputs.append(try value(name)) }
    let reading = NodeReading(self, node, inputs, row)
    bind(node.outputs, try row.read(reading))
  }

  /// Gives values their names.
  func bind(_ names: [String], _ results: [ImportValue]) {
    for (name, result) in zip(names, results) where !name.isEmpty {
      var result = result
      let isShared = uses(of: name) > 1
      if case .flow(let expression, let form) = result.content {
        if isShared || expression.size > Self.longest {
          let index = statement(expression, form, value: name)
          result.content = .flow(.flow(index), form)
          if isShared { shared.insert(index) }
        } else if case .flow(let index) = expression, statements[index].value.isEmpty {
          statements[index].value = name
        }
      }
      scopes[scopes.count - 1].values[name] = result
    }
    for name in names.dropFirst(results.count) { unmade.insert(name) }
  }

  /// How many parts an expression may have before it becomes a statement of its own.
  private static let longest = 24

  /// Reads a function's nodes where it is called.
  private func call(_ function: OnnxFunction, _ node: OnnxNode) throws(ImportProblem) {
    if depth >= Limits.graphDepth { throw .unsupported("functions that call one another deeply") }
    if !node.attributes.isEmpty { throw .unsupported("a function with settings") }
    var scope = Scope(uses: Self.uses(function.nodes, function.outputs))
    for (place, name) in function.inputs.enumerated() {
      scope.values[name] = place < node.inputs.count ? try value(node.inputs[place]) : .missing
    }
    let results = try inside(scope, function.nodes, function.outputs)
    bind(node.outputs, results)
  }

  /// Reads nodes with names of their own, and gives the values of some.
  func inside(
    _ scope: Scope, _ nodes: [OnnxNode], _ outputs: [String]
  ) throws(ImportProblem) -> [ImportValue] {
    depth += 1
    scopes.append(scope)
    defer {
      depth -= 1
      scopes.removeLast()
    }
    do throws(FileFailure) { try read(nodes) } catch { throw .file(error) }
    var results: [ImportValue] = []
    for name in outputs { results.append(try value(name)) }
    return results
  }

  /// How often nodes read each name, those in graphs inside them too.
  static func uses(_ nodes: [OnnxNode], _ outputs: [String]) -> [String: Int] {
    var uses: [String: Int] = [:]
    for name in outputs { uses[name, default: 0] += 1 }
    for node in nodes {
      for name in node.inputs { uses[name, default: 0] += 1 }
      for attribute in node.attributes {
        guard case .graph(let graph) = attribute.value else { continue }
        // A body may be read often.
        for (name, count) in Self.uses(graph.nodes, graph.outputs.map(\.name)) {
          uses[name, default: 0] += count + 1
        }
      }
    }
    return uses
  }
}
