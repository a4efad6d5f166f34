import NNCAlgebra
import NNCGraph

/// A term of a sum: a number times powers of what cannot be taken apart.
///
/// Two terms are alike where they differ in the number alone: x·y and −2·y·x.
struct Term {
  /// The number.
  var coefficient: Double
  /// What it multiplies; nil for a number alone.
  var rest: NodeID?
  /// The bases of `rest` by their place in the graph, each with its exponent: equal for like terms. Nil for what is
  /// like no other: numbers that are none or without end.
  var key: [Int64]?
}

extension Graph {
  /// The most factors that are looked at to tell whether terms are alike.
  private static let factorLimit = 32

  /// Reads a leaf of a sum as a term.
  func term(_ leaf: OperationTree.Leaf) -> Term {
    var coefficient = leaf.weight
    var rest = leaf.node
    while true {
      if let number = constantValue(rest) {
        // A number that is none, or without end, stands for itself.
        guard number.isFinite else { break }
        return Term(coefficient: coefficient * number, rest: nil, key: [])
      }
      if tag(rest) == Operation.neg.tag {
        coefficient = -coefficient
        rest = operands(rest)[0]
      } else if let place = constantPlace(rest), let number = constantValue(operands(rest)[place]),
        number.isFinite, (coefficient * number).isExactProduct(of: coefficient, number),
        shapeNumber(operands(rest)[1 - place]) == shapeNumber(rest)
      {
        coefficient *= number
        rest = operands(rest)[1 - place]
      } else {
        break
      }
    }
    return Term(coefficient: coefficient, rest: rest, key: key(of: rest))
  }

  private func key(of id: NodeID) -> [Int64]? {
    var exponents: [Int32: Double] = [:]
    var pending = [OperationTree.Leaf(node: id, weight: 1)]
    var seen = 0
    while let next = pending.popLast() {
      seen += 1
      if seen > Self.factorLimit { return [Int64(id.index), 1] }
      // The root of a power is no power where the base may be negative.
      guard tag(next.node) != Operation.sqrt.tag, let weights = weights(of: next.node, in: .product)
      else {
        if let number = constantValue(next.node), !number.isFinite { return nil }
        if case .literal(let index) = nodes[Int(next.node.index)].kind,
          literals[index].contains(where: { !$0.isFinite })
        {
          return nil
        }
        exponents[next.node.index, default: 0] += next.weight
        continue
      }
      for place in weights.indices {
        pending.append(
          .init(node: operands(next.node)[place], weight: next.weight * weights[place]))
      }
    }
    return exponents.sorted { $0.key < $1.key }.flatMap {
      $0.value == 0 ? [] : [Int64($0.key), Int64($0.value)]
    }
  }

  /// Adds up the terms of each sum that are alike: x + 2·x is 3·x, x·y − y·x is 0.
  ///
  /// Numbers are added only where that rounds nothing. A sum without like terms stays as it is.
  mutating func collectingTerms(
    of roots: [NodeID], sharedLimit: Int, _ record: (NodeID, NodeID) -> Void
  ) -> [NodeID] {
    let trees = trees(.sum, of: roots, sharedLimit: sharedLimit)
    if trees.isEmpty { return roots }
    return rebuilding(roots, trees) { graph, id, tree in
      guard let terms = graph.collected(tree.leaves) else { return nil }
      let image = graph.sum(of: terms)
      record(id, image)
      return image
    }
  }

  /// The terms with like ones added up, or nil where there are none.
  private func collected(_ leaves: [OperationTree.Leaf]) -> [Term]? {
    var terms: [Term] = []
    var places: [[Int64]: Int] = [:]
    var isChanged = false
    for leaf in leaves {
      let term = term(leaf)
      if let key = term.key, let place = places[key],
        let total = exactSum(terms[place].coefficient, term.coefficient)
      {
        terms[place].coefficient = total
        isChanged = true
      } else {
        if let key = term.key { places[key] = terms.count }
        terms.append(term)
      }
    }
    return isChanged ? terms.filter { $0.coefficient != 0 } : nil
  }

  /// The sum of terms in their order, which begins with a term that is added, where there is one.
  mutating func sum(of terms: [Term]) -> NodeID {
    var terms = terms
    if let first = terms.firstIndex(where: { $0.coefficient > 0 }), first > 0 {
      terms.insert(terms.remove(at: first), at: 0)
    }
    var total: NodeID?
    for term in terms {
      let isAdded = term.coefficient > 0 || total == nil
      let size = isAdded ? term.coefficient : -term.coefficient
      let value = multiple(size, of: term.rest)
      total = total.map { map(isAdded ? .add : .sub, $0, value) } ?? value
    }
    return total ?? constant(0)
  }

  private mutating func multiple(_ factor: Double, of rest: NodeID?) -> NodeID {
    guard let rest else { return constant(factor) }
    if factor == 1 { return rest }
    if factor == -1 { return map(.neg, rest) }
    let number = constant(factor)
    return map(.mul, number, rest)
  }
}

/// The sum of two numbers where it needs no more digits than they do, or than a number of single precision has.
private func exactSum(_ a: Double, _ b: Double) -> Double? {
  let total = a + b
  let part = total - a
  guard total.isFinite, (a - (total - part)) + (b - part) == 0 else { return nil }
  let digits = max(a.significandWidth, b.significandWidth, Float.significandBitCount)
  return total == 0 || total.significandWidth <= digits ? total : nil
}

extension Double {
  /// Whether this, the rounded product of two numbers, is their product.
  fileprivate func isExactProduct(of a: Double, _ b: Double) -> Bool {
    isFinite && (-self).addingProduct(a, b) == 0 && (self != 0 || a == 0 || b == 0)
  }
}
