import NNCAlgebra
import NNCGraph

// Everything else is two reverse sweeps. With u standing for an adjoint yet to be chosen, vᵀJ(u) is linear in u, and
// its derivative by u along d is J·d.
extension Graph {
  /// c·∂e/∂v, the gradient of the dot product of `c` and `e`: shape of `v`.
  public mutating func vjp(_ e: NodeID, by v: NodeID, _ c: NodeID) -> NodeID {
    gradient(throughLeaf: v) { graph, leaf in graph.gradient(of: e, by: [leaf], seed: c)[0] }
  }

  /// ∂e/∂v·d, the change of `e` as `v` changes along `d`: shape of `e`.
  public mutating func jvp(_ e: NodeID, by v: NodeID, _ d: NodeID) -> NodeID {
    let role: Symbol.Role = self[e].isBatched ? .input : .free
    let u = symbol(Symbol(name: "adjoint \(nodes.count)", shape: self[e].shape, role: role))
    let pulled = vjp(e, by: v, u)
    let along = map(.mul, pulled, spread(map(.detach, d), to: self[pulled].shape))
    return gradient(of: sum(along), by: [u])[0]
  }

  /// ∂²e/∂v∂v·d of a scalar `e`: shape of `v`.
  public mutating func hvp(_ e: NodeID, by v: NodeID, _ d: NodeID) -> NodeID {
    let first = diff(e, by: v)
    let along = map(.mul, first, spread(map(.detach, d), to: self[v].shape))
    return diff(sum(along), by: v)
  }

  /// ∂e/∂v: the shape of `e` followed by the shape of `v`.
  public mutating func diff(_ e: NodeID, by v: NodeID) -> NodeID {
    if self[e].shape.isEmpty {
      return gradient(throughLeaf: v) { graph, leaf in graph.gradient(of: e, by: [leaf])[0] }
    }
    let shape = self[e].shape + self[v].shape
    if self[v].shape.isEmpty {
      let one = constant(1)
      return jvp(e, by: v, one)
    }
    var rows: NodeID?
    for index in 0..<self[e].shape.elementCount {
      let element = element(e, at: self[e].shape.place(of: index))
      let row = reshape(diff(element, by: v), to: [1] + self[v].shape)
      rows = rows.map { concat($0, row, axis: 0) } ?? row
    }
    return reshape(rows!, to: shape)
  }

  /// ∂²e/∂v∂v of a scalar `e`: the shape of `v` twice.
  public mutating func hessian(_ e: NodeID, by v: NodeID) -> NodeID {
    let first = diff(e, by: v)
    return diff(first, by: v)
  }

  /// The gradient by a part of a leaf is that part of the gradient by the leaf.
  private mutating func gradient(
    throughLeaf v: NodeID, _ whole: (inout Graph, NodeID) -> NodeID
  ) -> NodeID {
    var views: [Node] = []
    var leaf = v
    while true {
      switch self[leaf].kind {
      case .slice, .reshape, .permute, .view:
        views.append(self[leaf])
        leaf = self[leaf].operands[0]
        continue
      default: break
      }
      break
    }
    if symbol(leaf) == nil { return whole(&self, v) }
    var result = whole(&self, leaf)
    for view in views.reversed() {
      switch view.kind {
      case .slice(let start): result = slice(result, from: start, shape: view.shape)
      case .permute(let axes): result = permute(result, axes)
      case .view(let shown): result = self.view(result, shown, shape: view.shape)
      default: result = reshape(result, to: view.shape)
      }
    }
    return result
  }
}
