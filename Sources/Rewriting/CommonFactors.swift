import NNCAlgebra
import NNCGraph

extension Graph {
  /// Cancels what stands above and below in each quotient: x²·x/x is x², x/(x·y) is 1/y.
  ///
  /// The value is the same wherever the quotient has one. A product in which nothing cancels stays as it is.
  mutating func cancellingFactors(
    of roots: [NodeID], sharedLimit: Int, _ record: (NodeID, NodeID) -> Void
  ) -> [NodeID] {
    let trees = trees(.product, of: roots, sharedLimit: sharedLimit).filter { _, tree in
      tree.leaves.contains { $0.weight < 0 }
    }
    if trees.isEmpty { return roots }
    return rebuilding(roots, trees) { graph, id, tree in
      guard let factors = cancelled(tree.leaves.map { graph.opened($0) }) else { return nil }
      let image = graph.quotient(of: factors)
      record(id, image)
      return image
    }
  }

  /// A product of powers, those with negative exponents below the line.
  mutating func quotient(of factors: [OperationTree.Leaf]) -> NodeID {
    let above = product(of: factors.filter { $0.weight > 0 })
    let below = product(
      of: factors.filter { $0.weight < 0 }.map { .init(node: $0.node, weight: -$0.weight) })
    guard let below else { return above ?? constant(1) }
    let one = constant(1)
    return map(.div, above ?? one, below)
  }

  private mutating func product(of factors: [OperationTree.Leaf]) -> NodeID? {
    var product: NodeID?
    for factor in factors {
      let value = power(factor.node, factor.weight)
      product = product.map { map(.mul, $0, value) } ?? value
    }
    return product
  }

  /// A base with a positive exponent, a multiple of one half.
  mutating func power(_ base: NodeID, _ exponent: Double) -> NodeID {
    switch exponent {
    case 0.5: return map(.sqrt, base)
    case 1: return base
    case 2: return map(.square, base)
    default:
      let number = constant(exponent)
      return map(.pow, base, number)
    }
  }
}

/// The factors with equal bases joined, or nil where no base stands both above and below.
private func cancelled(_ leaves: [OperationTree.Leaf]) -> [OperationTree.Leaf]? {
  var above: Set<NodeID> = []
  var below: Set<NodeID> = []
  for leaf in leaves {
    if leaf.weight > 0 { above.insert(leaf.node) } else { below.insert(leaf.node) }
  }
  let common = above.intersection(below)
  if common.isEmpty { return nil }
  var factors: [OperationTree.Leaf] = []
  var places: [NodeID: Int] = [:]
  for leaf in leaves {
    if common.contains(leaf.node), let place = places[leaf.node] {
      factors[place].weight += leaf.weight
    } else {
      places[leaf.node] = factors.count
      factors.append(leaf)
    }
  }
  return factors.filter { $0.weight != 0 }
}
