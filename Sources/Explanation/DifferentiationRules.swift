import NNCAlgebra
import NNCGraph

/// A rule of differentiation: its name and the identity that it is.
struct DifferentiationRule: Hashable {
  let name: String
  let ground: String

  static let constantFactor = DifferentiationRule(name: "constant factor", ground: "(c f)′ = c f′")
  static let product = DifferentiationRule(name: "product rule", ground: "(f g)′ = f′ g + f g′")
  static let power = DifferentiationRule(name: "power rule", ground: "(fⁿ)′ = n fⁿ⁻¹ f′")
}

/// The rules for operations that textbooks have a name for, where both operands vary.
private let differentiationRules: [String: DifferentiationRule] = [
  "add": .init(name: "sum rule", ground: "(f + g)′ = f′ + g′"),
  "sub": .init(name: "difference rule", ground: "(f − g)′ = f′ − g′"),
  "mul": .product,
  "div": .init(name: "quotient rule", ground: "(f / g)′ = (f′ g − f g′) / g²"),
  "neg": .init(name: "sign rule", ground: "(−f)′ = −f′"),
  "square": .power,
  "select": .init(name: "choice", ground: "the derivative of the branch that is taken"),
  "max": .init(
    name: "maximum", ground: "the derivative of the greater; of equal ones half of each"),
  "min": .init(
    name: "minimum", ground: "the derivative of the smaller; of equal ones half of each"),
  "detach": .init(name: "held fixed", ground: "detach(f)′ = 0"),
]

extension WorksheetBuilder {
  /// The rules by which a formula is differentiated by a name, in the order from the outside.
  func differentiationRule(of root: NodeID, by leaf: NodeID) -> DifferentiationRule {
    let graph = sheet.graph
    var varies: Set<NodeID> = [leaf]
    var rules: [DifferentiationRule] = []
    for id in graph.subgraph(of: root) {
      let node = graph[id]
      let moving = node.operands.filter { varies.contains($0) }
      if moving.isEmpty { continue }
      varies.insert(id)
      guard case .map(let operation) = node.kind else { continue }
      var rule = differentiationRules[operation.name] ?? .derivative(of: operation)
      if operation == .mul, moving.count == 1 { rule = .constantFactor }
      if operation == .div, node.operands[1] != leaf, !varies.contains(node.operands[1]) {
        rule = .constantFactor
      }
      if !rules.contains(rule) { rules.append(rule) }
    }
    if rules.isEmpty { return .init(name: "identity", ground: "x′ = 1") }
    let all = rules.reversed().prefix(4)
    return .init(
      name: all.map(\.name).joined(separator: ", "),
      ground: all.prefix(2).map(\.ground).joined(separator: ", "))
  }
}

extension DifferentiationRule {
  /// The rule of an operation that has a row of its own: its slope, or its definition where it has none.
  static func derivative(of operation: Operation) -> DifferentiationRule {
    let row = operation.row
    var graph = Graph()
    var bindings: [String: NodeID] = [:]
    for name in row.arguments.map(\.name) + ["y"] {
      bindings[name] = graph.symbol(Symbol(name: name, shape: [], role: .free))
    }
    let first = row.arguments[0].name
    guard let slope = row.slopes?.first else {
      let text = graph.text(of: graph.instantiate(row.definition!, bindings), style: .unicode)
      return .init(name: "derivative of \(row.name)", ground: "\(row.name)(\(first)) = \(text)")
    }
    let node = graph.instantiate(slope, bindings)
    let text = graph.text(of: node, style: .unicode)
    let isOfValue = graph.subgraph(of: node).contains(bindings["y"]!)
    return .init(
      name: "derivative of \(row.name)",
      ground: "\(row.name)′(\(first)) = \(text)"
        + (isOfValue ? " where y = \(row.name)(\(first))" : ""))
  }
}
