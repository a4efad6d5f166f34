extension Graph {
  /// Rebuilds what the roots are made from, operands first: `make` gives each node's image from its operands' images.
  public mutating func rebuilding(
    _ roots: [NodeID], _ make: (inout Graph, NodeID, Operands) -> NodeID
  ) -> [NodeID] {
    let marks = reachable(from: roots)
    var images = [NodeID](repeating: NodeID(-1), count: marks.count)
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      var operands = nodes[index].operands
      for place in operands.indices { operands[place] = images[Int(operands[place].index)] }
      let image = make(&self, id, operands)
      images[index] = image
      if image != id { passName(of: id, to: image) }
    }
    return roots.map { images[Int($0.index)] }
  }

  /// What replaces a node goes by its name, leaves aside.
  public mutating func passName(of id: NodeID, to image: NodeID) {
    if !operands(image).isEmpty, let name = names[id] { self.name(image, name) }
  }
}
