import NNCGraph

extension Graph {
  /// e with `a` in the place of `v`, which have one shape. Of a part of a leaf the leaf is replaced by itself with that
  /// part changed, so that what reads it as a whole changes too.
  mutating func substitute(_ v: NodeID, by a: NodeID, in e: NodeID) -> NodeID {
    var leaf = v
    if isPartOfLeaf(v) { while symbol(leaf) == nil { leaf = self[leaf].operands[0] } }
    var images = [leaf: filled(a, like: v)]
    if leaf != v {
      // What a view shows is put back by its transposed, as a gradient is: here 1 where it is, and a.
      let place = vjp(v, by: leaf, filled(constant(1), like: v))
      images[leaf] = map(.select, place, vjp(v, by: leaf, filled(a, like: v)), leaf)
    }
    let marks = reachable(from: [e])
    for index in 0...Int(e.index) where marks[index] {
      let id = NodeID(index)
      if images[id] != nil { continue }
      let operands = operands(id).map { images[$0] ?? $0 }
      if operands.elementsEqual(self.operands(id)) { continue }
      images[id] = demand(self[id].kind, operands, shape: self[id].shape)
    }
    return images[e] ?? e
  }
}
