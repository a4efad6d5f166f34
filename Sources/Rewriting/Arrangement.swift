import NNCAlgebra
import NNCGraph

/// Sums and products in the order in which textbooks write them. What is arranged is shown, not computed.
///
/// A product is one quotient of powers: its sign and number first, then parameters and the user's own variables, then
/// the rest as it stands; equal factors are one power, and a fraction such as ½ over a quotient is a number below the
/// line. Of numbers that are not joined each multiplies all that follows, 10²⁵·(10²⁰·x), since their product may be out of
/// range. A sum begins with a term that is added, where there is one; a polynomial falls in its powers.
struct Arrangement {
  /// How many leaves a shared sum or product may have that is written where it is used.
  let sharedLimit: Int
  /// The products that have been arranged, by what they became.
  private var products: [NodeID: Product] = [:]

  init(sharedLimit: Int) { self.sharedLimit = sharedLimit }

  /// A product taken apart: its sign, its number, and what it multiplies and divides by.
  private struct Product {
    var isNegative = false
    var above: [OperationTree.Leaf] = []
    var below: [OperationTree.Leaf] = []
  }

  /// Arranges what the roots are made from; `record` is told of what changed, and what it became.
  mutating func run(
    _ graph: inout Graph, _ roots: [NodeID], _ record: (NodeID, NodeID) -> Void
  ) -> [NodeID] {
    let sums = graph.trees(.sum, of: roots, sharedLimit: sharedLimit)
    let trees = sums.merging(graph.trees(.product, of: roots, sharedLimit: sharedLimit)) { sum, _ in
      sum
    }
    if trees.isEmpty { return roots }
    return graph.rebuilding(roots, trees) { graph, id, tree in
      let image =
        tree.kind == .sum ? arrangedSum(tree.leaves, &graph) : arrangedProduct(tree.leaves, &graph)
      if image == id { return nil }
      record(id, image)
      return image
    }
  }

  private mutating func arrangedProduct(
    _ leaves: [OperationTree.Leaf], _ graph: inout Graph
  ) -> NodeID {
    var product = Product()
    var numbers: (above: [Double], below: [Double]) = ([], [])
    var bases: [OperationTree.Leaf] = []
    var places: [NodeID: Int] = [:]
    for leaf in leaves {
      let leaf = graph.opened(leaf)
      if graph.constantValue(leaf.node) == 1 { continue }
      if let number = graph.constantValue(leaf.node), abs(leaf.weight) == 1, number.isFinite {
        if number.sign == .minus { product.isNegative.toggle() }
        if leaf.weight > 0 {
          numbers.above.append(abs(number))
        } else {
          numbers.below.append(abs(number))
        }
      } else if let place = places[leaf.node] {
        bases[place].weight += leaf.weight
      } else {
        places[leaf.node] = bases.count
        bases.append(leaf)
      }
    }
    let sorted = bases.enumerated().map { (graph.rank($1.node), $0, $1) }.sorted {
      ($0.0.group, $0.0.name, $0.1) < ($1.0.group, $1.0.name, $1.1)
    }.map(\.2)
    product.above = sorted.filter { $0.weight > 0 }
    product.below = sorted.filter { $0.weight < 0 }.map { .init(node: $0.node, weight: -$0.weight) }
    numbers = (numbers.above.joined, numbers.below.joined)
    // ½/√x is 1/(2·√x).
    if !product.below.isEmpty, numbers.above.count == 1, numbers.below.isEmpty,
      let divisor = numbers.above[0].wholeReciprocal
    {
      numbers = ([], [divisor])
    }
    product.above = numbers.above.filter { $0 != 1 }.map { graph.factor($0) } + product.above
    product.below = numbers.below.filter { $0 != 1 }.map { graph.factor($0) } + product.below
    return written(product, &graph)
  }

  /// Writes a product, with a negative sign at its first number or factor.
  private mutating func written(_ product: Product, _ graph: inout Graph) -> NodeID {
    var above = product.above.map { graph.power($0.node, $0.weight) }
    if product.isNegative, let first = above.first {
      above[0] = graph.constantValue(first).map { graph.constant(-$0) } ?? graph.map(.neg, first)
    }
    let numerator = graph.product(of: above) ?? graph.constant(product.isNegative ? -1 : 1)
    let divisor = graph.product(of: product.below.map { graph.power($0.node, $0.weight) })
    let image = divisor.map { graph.map(.div, numerator, $0) } ?? numerator
    products[image] = product
    return image
  }

  private mutating func arrangedSum(
    _ leaves: [OperationTree.Leaf], _ graph: inout Graph
  ) -> NodeID {
    // The sign of a product becomes the term's.
    var terms = leaves.map { leaf in
      if let number = graph.constantValue(leaf.node), number < 0 {
        return OperationTree.Leaf(node: graph.constant(-number), weight: -leaf.weight)
      }
      guard var product = products[leaf.node], product.isNegative else { return leaf }
      product.isNegative = false
      return .init(node: written(product, &graph), weight: -leaf.weight)
    }
    if let quotient = quotient(of: terms, &graph) { return quotient }
    if let degrees = graph.degrees(of: terms) {
      terms = terms.indices.sorted { (-degrees[$0], $0) < (-degrees[$1], $1) }.map { terms[$0] }
    }
    if let first = terms.firstIndex(where: { $0.weight > 0 }), first > 0 {
      terms.insert(terms.remove(at: first), at: 0)
    }
    var total = terms[0].weight > 0 ? terms[0].node : negative(of: terms[0].node, &graph)
    for term in terms.dropFirst() {
      total = graph.inOrder(term.weight > 0 ? .add : .sub, total, term.node)
    }
    return total
  }

  private mutating func negative(of id: NodeID, _ graph: inout Graph) -> NodeID {
    guard var product = products[id] else { return graph.map(.neg, id) }
    product.isNegative = true
    return written(product, &graph)
  }

  /// The sum over the line that all terms stand over, where there is one: 1/x² − log(x)/x² is (1 − log(x))/x².
  private mutating func quotient(
    of terms: [OperationTree.Leaf], _ graph: inout Graph
  ) -> NodeID? {
    guard let below = products[terms[0].node]?.below, !below.isEmpty,
      terms.allSatisfy({ products[$0.node]?.below == below })
    else { return nil }
    let numerators = terms.map { term in
      var product = products[term.node]!
      product.below = []
      return OperationTree.Leaf(node: written(product, &graph), weight: term.weight)
    }
    let above = OperationTree.Leaf(node: arrangedSum(numerators, &graph), weight: 1)
    return written(Product(above: [above], below: below), &graph)
  }
}

extension Graph {
  /// The degree of each term of a polynomial in the user's own variables; nil for other sums.
  fileprivate func degrees(of terms: [OperationTree.Leaf]) -> [Double]? {
    var degrees: [Double] = []
    for leaf in terms {
      guard let key = term(leaf).key else { return nil }
      var degree = 0.0
      for place in stride(from: 0, to: key.count, by: 2) {
        let base = NodeID(Int(key[place]))
        if constantValue(base) != nil { continue }
        guard symbol(base)?.role == .free, key[place + 1] > 0 else { return nil }
        degree += Double(key[place + 1])
      }
      degrees.append(degree)
    }
    return degrees
  }

  /// The product of factors from left to right, but numbers before the last one multiply what follows them.
  fileprivate mutating func product(of factors: [NodeID]) -> NodeID? {
    let numbers = factors.prefix { constantValue($0) != nil }.dropLast()
    var rest = factors.dropFirst(numbers.count)
    guard var product = rest.popFirst() else { return nil }
    for factor in rest { product = inOrder(.mul, product, factor) }
    for number in numbers.reversed() { product = inOrder(.mul, number, product) }
    return product
  }

  fileprivate mutating func factor(_ number: Double) -> OperationTree.Leaf {
    .init(node: constant(number), weight: 1)
  }

  /// Where a factor stands among others: the user's own variables by their names, then what is not a leaf.
  fileprivate func rank(_ id: NodeID) -> (group: Int, name: String) {
    switch symbol(id)?.role {
    case .parameter: (0, "")
    case .free: (1, symbol(id)!.name)
    default: (2, "")
    }
  }
}

extension Double {
  /// 1/x where that is a whole number of one digit whose reciprocal x is; nil for other numbers.
  fileprivate var wholeReciprocal: Double? {
    let whole = (1 / self).rounded()
    return whole >= 2 && whole < 10 && 1 / whole == self ? whole : nil
  }
}

extension [Double] {
  /// The product of the numbers as one, where that rounds nothing; else the numbers.
  fileprivate var joined: [Double] {
    let product = reduce(1, *)
    var rest = product
    for number in self { rest /= number }
    return count > 1 && rest == 1 && product.isFinite && product.significandWidth <= 24
      ? [product] : self
  }
}
