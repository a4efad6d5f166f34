import NNCAlgebra

extension Graph {
  /// What is wrong with the graph, a line for each fault; empty for every graph that its own functions built.
  ///
  /// Checked are: operands stand before users, no node stands twice, shapes follow from the kinds, and a node is
  /// batched if and only if an operand is (leaves by their role, sums over samples never).
  public func problems() -> [String] {
    var result: [String] = []
    var seen: Set<Node> = []
    for (index, node) in nodes.enumerated() {
      func report(_ text: String) { result.append("node \(index): \(text)") }
      if node.operands.contains(where: { $0.index >= index }) {
        report("an operand stands behind it")
      }
      if !seen.insert(node).inserted { report("stands twice") }
      if let fault = shapeFault(node) { report(fault) }
      let expected: Bool
      switch node.kind {
      case .samples: expected = false
      case .rows: expected = self[node.operands[0]].isBatched
      case .symbol: continue
      default: expected = node.operands.contains { self[$0].isBatched }
      }
      if node.isBatched != expected { report("batched is \(node.isBatched)") }
    }
    return result
  }

  private func shapeFault(_ node: Node) -> String? {
    let shapes = node.operands.map { self[$0].shape }
    func check(_ isRight: Bool, _ text: String) -> String? {
      isRight ? nil : "\(text): \(shapes) -> \(node.shape)"
    }
    switch node.kind {
    case .constant: return check(node.shape.isEmpty && shapes.isEmpty, "constant")
    case .literal(let index):
      return check(node.shape.elementCount == literals[index].count, "literal")
    case .symbol(let index): return check(node.shape == symbols[index].shape, "symbol")
    case .map(let operation):
      let fits = shapes.allSatisfy { $0.isEmpty || $0 == node.shape }
      let isReached = node.shape.isEmpty || shapes.contains(node.shape)
      return check(fits && isReached && shapes.count == operation.row.arguments.count, "map")
    case .contract(let contraction):
      var extents: [UInt8: Int] = [:]
      for (labels, shape) in zip(contraction.inputs, shapes) {
        if labels.count != shape.count || Set(labels).count != labels.count { return "labels" }
        for (label, extent) in zip(labels, shape) {
          if extents.updateValue(extent, forKey: label) ?? extent != extent { return "extents" }
        }
      }
      return check(contraction.output.map { extents[$0] } == node.shape, "contract")
    case .maximum(let axes):
      let kept = shapes[0].indices.filter { !axes.contains($0) }.map { shapes[0][$0] }
      return check(kept == node.shape, "maximum")
    case .broadcast(let axes):
      let fits = axes.count == shapes[0].count && axes.allSatisfy { $0 < node.shape.count }
      return check(fits && zip(shapes[0], axes).allSatisfy { $0 == node.shape[$1] }, "broadcast")
    case .permute(let axes):
      let fits = axes.sorted() == Array(shapes[0].indices)
      return check(fits && axes.map { shapes[0][$0] } == node.shape, "permute")
    case .reshape: return check(shapes[0].elementCount == node.shape.elementCount, "reshape")
    case .slice(let start):
      let ends = zip(start, node.shape).map { $0 + $1 }
      return check(
        zip(ends, shapes[0]).allSatisfy { $0 <= $1 } && start.count == shapes[0].count, "slice")
    case .view(let view):
      let leadsBack = view.inverse(of: shapes[0], node.shape) != nil
      return check(view.fits(shapes[0], node.shape) && leadsBack, "view")
    case .pad(let start, let steps):
      let fits = [start.count, steps.count, shapes[0].count].allSatisfy { $0 == node.shape.count }
      let isInside = shapes[0].indices.allSatisfy {
        start[$0] >= 0 && steps[$0] > 0
          && start[$0] + steps[$0] * (shapes[0][$0] - 1) < node.shape[$0]
      }
      return check(fits && isInside, "pad")
    case .concat(let axis):
      var expected = shapes[0]
      expected[axis] += shapes[1][axis]
      return check(expected == node.shape, "concat")
    case .oneHot(let count): return check(shapes[0] + [count] == node.shape, "oneHot")
    case .samples: return check(shapes[0] == node.shape, "samples")
    case .row(let turns, _): return check(shapes[0] == [turns.count] + node.shape, "row")
    case .rows(let turns, _): return check(node.shape == [turns.count] + shapes[0], "rows")
    case .recurrence: return check(shapes[0] == shapes[1] && node.shape.isEmpty, "recurrence")
    case .derivative: return nil
    }
  }
}
