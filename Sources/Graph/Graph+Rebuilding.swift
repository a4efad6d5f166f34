extension Graph {
  /// Rebuilds what the roots are made from, operands first: `make` gives each node's image from its operands' images.
  ///
  /// - Parameter isScaled: whether a node's image is a multiple of it.
  public mutating func rebuilding(
    _ roots: [NodeID], isScaled: (NodeID) -> Bool = { _ in false },
    _ make: (inout Graph, NodeID, Operands) -> NodeID
  ) -> [NodeID] {
    let marks = reachable(from: roots)
    var images = [NodeID](repeating: NodeID(-1), count: marks.count)
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      var operands = nodes[index].operands
      for place in operands.indices { operands[place] = images[Int(operands[place].index)] }
      begin(like: id)
      let image = make(&self, id, operands)
      images[index] = image
      passNames(of: id, to: image, isScaled: isScaled(id))
    }
    begin(nil)
    return roots.map { images[Int($0.index)] }
  }
}
