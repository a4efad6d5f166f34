import NNCAlgebra
import NNCGraph

extension Graph {
  /// The numbers of each head at place p turned in pairs by the angles p·base^(−2i/d): J. Su et al., RoFormer (2021).
  ///
  ///     (a, b) → (a·cos − b·sin, b·cos + a·sin)
  ///
  /// Pair i is made of the numbers 2i and 2i + 1 (`pairs`, as in RoFormer), or of i and i + d/2 (`half`, as most published
  /// weights have it).
  mutating func turned(_ heads: NodeID, arePairs: Bool, base: Double) -> NodeID {
    let shape = self.shape(heads)
    let size = shape.last!
    let angles = self.angles(
      steps: shape[0], pairs: size / 2, width: size, base: base)
    let half = Shape(shape.dropLast()) + [size / 2]
    func wave(_ graph: inout Graph, _ name: String) -> NodeID {
      let values = graph.map(Operation(name)!, angles)
      return graph.broadcast(values, to: half, axes: [0, half.count - 1])
    }
    let (cosine, sine) = (wave(&self, "cos"), wave(&self, "sin"))
    let axis = arePairs ? half.count : half.count - 1
    let split = arePairs ? reshape(heads, to: half + [2]) : heads
    func side(_ graph: inout Graph, _ number: Int) -> NodeID {
      var start = [Int](repeating: 0, count: graph.shape(split).count)
      start[axis] = arePairs ? number : number * size / 2
      let box = graph.slice(split, from: start, shape: arePairs ? half + [1] : half)
      return graph.reshape(box, to: half)
    }
    let (a, b) = (side(&self, 0), side(&self, 1))
    let first = map(.sub, map(.mul, a, cosine), map(.mul, b, sine))
    let second = map(.add, map(.mul, b, cosine), map(.mul, a, sine))
    if !arePairs { return concat(first, second, axis: axis) }
    let joined = concat(
      reshape(first, to: half + [1]), reshape(second, to: half + [1]), axis: axis)
    return reshape(joined, to: shape)
  }
}
