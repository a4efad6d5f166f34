import NNCAlgebra
import NNCGraph

// Bounds that the numbers do not reach.
extension WorksheetBuilder {
  /// The roots with every max(ln a, c) replaced by ln a, if that is greater than the constant c for all of them at the
  /// subject's numbers.
  ///
  /// Losses bound logarithms so that they stay finite. Formulas with the bounds hide what happens: the derivative of
  /// the bounded cross-entropy asks four times which side is the greater, where y − t is meant.
  static func leavingOutBounds(
    _ roots: [NodeID], of source: inout Graph, _ subject: Subject
  ) -> [NodeID] {
    let marks = source.reachable(from: roots)
    let logarithms = ["log", "log1p"].map { Node.Kind.map(Operation($0)!) }
    func bounded(_ node: Node, _ graph: Graph) -> (logarithm: NodeID, bound: Double)? {
      guard node.kind == .map(.max) else { return nil }
      let (a, b) = (node.operands[0], node.operands[1])
      for (a, b) in [(a, b), (b, a)] where logarithms.contains(graph[a].kind) {
        if let bound = graph.constantValue(b) { return (a, bound) }
      }
      return nil
    }
    var known: [NodeID: [Double]] = [subject.network.input: subject.input]
    if let target = subject.network.target { known[target] = subject.target }
    for (parameter, values) in zip(subject.network.parameters, subject.parameters) {
      known[parameter.node] = values
    }
    var numbers = GraphValues<Double>()
    let all = marks.indices.filter { marks[$0] }.compactMap { bounded(source.nodes[$0], source) }
    let isOneReached = all.contains { logarithm, bound in
      !numbers.value(of: logarithm, in: source, { known[$0] }).allSatisfy { $0 > bound }
    }
    if all.isEmpty || isOneReached { return roots }
    return source.rebuilding(roots) { graph, id, operands in
      guard let (logarithm, _) = bounded(graph[id], graph) else {
        return graph.remake(id, operands)
      }
      return graph.operands(id)[0] == logarithm ? operands[0] : operands[1]
    }
  }
}
