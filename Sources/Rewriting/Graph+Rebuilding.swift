import NNCAlgebra
import NNCGraph

extension Graph {
  /// The node with other operands.
  mutating func remade(_ id: NodeID, _ operands: Operands) -> NodeID {
    operands == self.operands(id) ? id : refolded(id, operands)
  }

  /// Writes out the operations that have a definition, or an arithmetic made of operations on numbers, so that their
  /// parts can be shared.
  mutating func inliningDefinitions(of roots: [NodeID], _ forms: inout SharedForms) -> [NodeID] {
    var current = roots
    for _ in 0..<4 {
      let marks = reachable(from: current)
      let hasForm = marks.indices.contains { index in
        let tag = tag(NodeID(index))
        return marks[index] && tag >= 0 && forms.form(tag) != nil
      }
      if !hasForm { break }
      let next = rebuilding(current) { graph, id, operands in
        let tag = graph.tag(id)
        guard tag >= 0, let form = forms.form(tag) else {
          return graph.remade(id, operands)
        }
        let image = form.build(in: &graph) { operands[$0] }
        if graph.shapeNumber(image) == graph.shapeNumber(id) { return image }
        return graph.broadcast(image, to: graph[id].shape, axes: [])
      }
      if next == current { break }
      current = next
    }
    return current
  }

  /// Writes out the operations that rules made to be computed together with an operand of theirs, and that operand, each
  /// in the form whose parts the other has as well.
  mutating func inliningTogether(of roots: [NodeID], _ forms: inout SharedForms) -> [NodeID] {
    let marks = reachable(from: roots)
    var besides: Set<NodeID> = []
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      guard tag(id) >= 0, forms.form(tag(id)) != nil else { continue }
      for operand in operands(id) where tag(operand) >= 0 {
        if SharedForms.formBeside(tag(operand)) != nil { besides.insert(operand) }
      }
    }
    if besides.isEmpty { return roots }
    return rebuilding(roots) { graph, id, operands in
      let tag = graph.tag(id)
      let form = besides.contains(id) ? SharedForms.formBeside(tag) : nil
      guard tag >= 0, let form = form ?? forms.form(tag) else {
        return graph.remade(id, operands)
      }
      return form.build(in: &graph) { operands[$0] }
    }
  }

  /// Where a tensor x is told to be at most 0, and max(x, 0) is there as well, that is asked in place of x: the answer
  /// is the same, and x need not be kept for it.
  mutating func testingRectified(of roots: [NodeID]) -> [NodeID] {
    let le = Operation.le.tag
    let select = Operation.select.tag
    let marks = reachable(from: roots)
    if !marks.indices.contains(where: { marks[$0] && tag(NodeID($0)) == select }) { return roots }
    var rectified: [NodeID: NodeID] = [:]
    return rebuilding(roots) { graph, id, operands in
      if graph.tag(id) == select, !graph[id].shape.isEmpty, graph.tag(operands[0]) == le,
        graph.constantValue(operands[1]) == 0
      {
        let test = graph.operands(operands[0])
        if test[0] == operands[2], graph.constantValue(test[1]) == 0 {
          let image = graph.remade(id, operands)
          rectified[operands[0]] = image
          return image
        }
      }
      var operands = operands
      for place in operands.indices {
        guard let value = rectified[operands[place]] else { continue }
        let zero = graph.operands(operands[place])[1]
        operands[place] = graph.map(.le, value, zero)
      }
      return graph.remade(id, operands)
    }
  }
}
