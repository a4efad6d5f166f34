import NNCAlgebra
import NNCGraph

extension DifferentiationRule {
  static let constantFactor = DifferentiationRule(name: "constant factor", ground: "(c f)′ = c f′")
}

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
      var rule = operation.row.rule ?? .derivative(of: operation)
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
