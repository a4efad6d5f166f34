import NNCAlgebra
import NNCDiagnostics
import NNCGraph

/// A function of the language that is a formula of others: a row of the table of them. It is differentiated like what it
/// is made of. That of one number, whose further arguments all have values or must be given by key, is a layer too.
struct FormulaFunction: Sendable {
  let name: String
  /// Its arguments and their values where none are given; nil for those that must be given.
  let arguments: [(name: String, standard: Double?)]
  let value: Formula
  /// Whether it is offered as a layer.
  let isLayer: Bool
  /// The keys with which random networks draw it as a layer; nil where they do not.
  let drawn: String?

  init?(_ name: String) {
    guard let row = formulaFunctions.first(where: { $0.name == name }) else { return nil }
    self = row
  }

  init(
    _ name: String, _ arguments: [(name: String, standard: Double?)] = [("x", nil)],
    isLayer: Bool = true, drawn: String? = nil, _ value: Formula
  ) {
    self.name = name
    self.arguments = arguments
    self.value = value
    self.isLayer = isLayer
    self.drawn = drawn
  }

  /// What it takes as a function of the language.
  var parameters: [FunctionParameter] {
    arguments.map {
      FunctionParameter(name: $0.name, absence: $0.standard.map { .standard($0) } ?? .error)
    }
  }

  /// Its value for nodes whose shapes go together. With its standard values it is the operation of its name, where there is
  /// one: `softplus` has further arguments beside the operation.
  func node(in graph: inout Graph, _ operands: [NodeID]) -> NodeID {
    let isPlain = zip(arguments, operands).dropFirst().allSatisfy { argument, operand in
      argument.standard != nil && graph.constantValue(operand) == argument.standard
    }
    if isPlain, let operation = Operation(name) { return graph.map(operation, operands[0]) }
    let bindings = zip(arguments.map(\.name), operands)
    return graph.instantiate(value, Dictionary(uniqueKeysWithValues: bindings))
  }
}

extension Elaborator {
  /// A function that is a formula, of arguments whose shapes go together.
  func value(of function: FormulaFunction, _ given: [GivenArgument], _ span: SourceSpan) -> Value {
    let operands = given.map { $0.node! }
    var common = Shape()
    for operand in operands {
      guard let next = common.broadcast(with: graph.shape(operand)) else {
        let places = given.map { (graph.shape($0.node!), $0.span) }
        report(.shapesDisagree(function.name, places, at: span))
        return .invalid
      }
      common = next
    }
    // Formulas repeat what has an extent of 1, and want as many axes everywhere.
    let even = operands.map { operand -> NodeID in
      let shape = graph.shape(operand)
      if shape.isEmpty || shape.count == common.count { return operand }
      return graph.reshape(
        operand, to: Array(repeating: 1, count: common.count - shape.count) + shape)
    }
    return .node(function.node(in: &graph, even))
  }
}

extension LayerRow {
  /// A function that is a formula, element by element; its further arguments are keys.
  static func elementwise(_ function: FormulaFunction) -> LayerRow {
    let further = function.arguments.dropFirst()
    return LayerRow(
      function.name, Self.elementByElement,
      keys: further.map {
        Key($0.name, .value(standard: $0.standard ?? 0), isRequired: $0.standard == nil)
      }
    ) { graph, layer in
      function.node(in: &graph, [layer.x] + further.map { layer.values[$0.name]! })
    }
  }
}
