import NNCAlgebra
import NNCGraph

/// A tree of operations of one kind, taken apart: a sum into its terms or a product into its factors.
struct OperationTree {
  /// A leaf of the tree, and its weight there: +1 or −1 for a term, the exponent for a factor.
  struct Leaf: Equatable {
    var node: NodeID
    var weight: Double
  }

  /// What holds the operations of a tree together, and by what each weighs its operands.
  enum Kind {
    case sum, product

    fileprivate static let sumWeights: [Operation: [Double]] = [
      .add: [1, 1], .sub: [1, -1], .neg: [-1],
    ]
    fileprivate static let productWeights: [Operation: [Double]] = [
      .mul: [1, 1], .div: [1, -1], .square: [2], .sqrt: [0.5],
    ]
  }

  /// What it is.
  var kind: Kind
  /// Its leaves, from left to right.
  var leaves: [Leaf]
}

extension Graph {
  /// The weights of a node's operands in a tree of this kind, where it is one of its operations. A power with a whole
  /// exponent is a product of one factor.
  func weights(of id: NodeID, in kind: OperationTree.Kind) -> [Double]? {
    guard tag(id) >= 0, case .map(let operation) = nodes[Int(id.index)].kind else { return nil }
    if kind == .sum { return OperationTree.Kind.sumWeights[operation] }
    if operation == .pow, let exponent = constantValue(operands(id)[1]), exponent != 0,
      exponent == exponent.rounded(), abs(exponent) < 1e6
    {
      return [exponent]
    }
    return OperationTree.Kind.productWeights[operation]
  }

  /// The largest trees of this kind below the roots, by the index of their tops.
  ///
  /// What is shared, named or of another shape is a leaf, so that every node is inside of one tree at most; but what has
  /// no more than `sharedLimit` leaves is taken apart also where it is shared.
  func trees(
    _ kind: OperationTree.Kind, of roots: [NodeID], sharedLimit: Int
  ) -> [Int32: OperationTree] {
    let uses = useCounts(of: roots)
    let counts = sharedLimit > 1 ? leafCounts(kind, uses, limit: sharedLimit) : []
    let isRoot = Set(roots)
    var isInner = [Bool](repeating: false, count: uses.count)
    var trees: [Int32: OperationTree] = [:]
    for index in uses.indices.reversed() where uses[index] > 0 && !isInner[index] {
      let top = NodeID(index)
      guard weights(of: top, in: kind) != nil else { continue }
      var leaves: [OperationTree.Leaf] = []
      var pending = [OperationTree.Leaf(node: top, weight: 1)]
      while let next = pending.popLast() {
        let node = next.node
        let isPart =
          node == top
          || !isRoot.contains(node) && names[node] == nil && shapeNumber(node) == shapeNumber(top)
            && (uses[Int(node.index)] == 1
              || !counts.isEmpty && counts[Int(node.index)] <= sharedLimit)
        // A power that is no whole one is not shared out among the factors of its base.
        let isWhole = next.weight == next.weight.rounded()
        guard isPart, isWhole, let weights = weights(of: node, in: kind) else {
          leaves.append(next)
          continue
        }
        if node != top, uses[Int(node.index)] == 1 { isInner[Int(node.index)] = true }
        let operands = operands(node)
        for place in weights.indices.reversed() {
          pending.append(.init(node: operands[place], weight: next.weight * weights[place]))
        }
      }
      trees[top.index] = OperationTree(kind: kind, leaves: leaves)
    }
    return trees
  }

  /// How many leaves the tree of this kind below each node in use has, as far as the limit.
  private func leafCounts(_ kind: OperationTree.Kind, _ uses: [Int32], limit: Int) -> [Int] {
    var counts = [Int](repeating: 1, count: uses.count)
    for index in uses.indices where uses[index] > 0 {
      guard let weights = weights(of: NodeID(index), in: kind) else { continue }
      let operands = operands(NodeID(index))
      let total = weights.indices.reduce(0) { $0 + counts[Int(operands[$1].index)] }
      counts[index] = min(total, limit + 1)
    }
    return counts
  }

  /// A leaf that is a power of its own, as the power of its base; not so the root of a square, which is |x|.
  func opened(_ leaf: OperationTree.Leaf) -> OperationTree.Leaf {
    guard constantValue(leaf.node) == nil, names[leaf.node] == nil,
      leaf.weight == leaf.weight.rounded(), let weights = weights(of: leaf.node, in: .product),
      weights.count == 1
    else { return leaf }
    return .init(node: operands(leaf.node)[0], weight: leaf.weight * weights[0])
  }

  /// Rebuilds what the roots are made from, operands first. `make` is given the top of a tree over the images
  /// of its leaves, and the tree of these; it gives another form of it, or nil where it stays as it is.
  mutating func rebuilding(
    _ roots: [NodeID], _ trees: [Int32: OperationTree],
    _ make: (inout Graph, NodeID, OperationTree) -> NodeID?
  ) -> [NodeID] {
    var images = [NodeID](
      repeating: NodeID(-1), count: (roots.max().map { Int($0.index) } ?? -1) + 1)
    return rebuilding(roots) { graph, id, operands in
      var image: NodeID?
      if var tree = trees[id.index] {
        for place in tree.leaves.indices {
          tree.leaves[place].node = images[Int(tree.leaves[place].node.index)]
        }
        image = make(&graph, graph.remade(id, operands), tree)
        if let made = image, graph.shapeNumber(made) != graph.shapeNumber(id) {
          image = graph.broadcast(made, to: graph[id].shape, axes: [])
        }
      }
      let result = image ?? graph.remade(id, operands)
      images[Int(id.index)] = result
      return result
    }
  }
}

extension Operation {
  static let square = Operation("square")!
  static let sqrt = Operation("sqrt")!
  static let pow = Operation("pow")!
}
