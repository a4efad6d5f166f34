import Graph

extension Network {
  /// What people call one number of a tensor: `w5` of a weight, `b2` of a bias, `x1`, `h2`, `h1_2`
  /// of any other node that has a name; nil where it has none.
  ///
  /// - Parameter index: the number's place in row-major order, from 0.
  public func elementName(of node: NodeID, at index: Int) -> String? {
    if let (letter, number) = scope.elements.firstName(of: node) {
      return "\(letter)\(number + index)"
    }
    guard let name = graph.symbol(node)?.name ?? graph.names[node] else { return nil }
    if graph.shape(node).isEmpty { return name }
    let base = name.contains(".") ? name.split(separator: ".").joined(separator: "_") : name
    return base.last!.isNumber ? "\(base)_\(index + 1)" : "\(base)\(index + 1)"
  }
}
