import NNCAlgebra
import NNCGraph

extension Graph {
  /// An expression with its products and powers of sums multiplied out, also inside of functions.
  mutating func multipliedOut(_ root: NodeID) -> NodeID {
    let polynomial = polynomial(of: root)
    return filled(sum(of: polynomial), like: root)
  }

  /// An expression as a polynomial in what is no sum, product or power; that is multiplied out itself.
  mutating func polynomial(of root: NodeID) -> Polynomial {
    var known: [NodeID: Polynomial] = [:]
    let marks = reachable(from: [root])
    for index in 0...Int(root.index) where marks[index] {
      let id = NodeID(index)
      let parts = operands(id).map { known[$0]! }
      if let joined = joined(id, parts) {
        known[id] = joined
        continue
      }
      var images: [NodeID] = []
      for (operand, part) in zip(operands(id), parts) {
        images.append(filled(sum(of: part), like: operand))
      }
      let isSame = images.elementsEqual(operands(id))
      let image = isSame ? id : demand(self[id].kind, images, shape: self[id].shape)
      known[id] = Polynomial(atom: image)
    }
    return known[root]!
  }

  /// A node of numbers, sums, products and whole powers, of what its operands are; nil for any other, and where it has
  /// too many terms.
  private mutating func joined(_ id: NodeID, _ parts: [Polynomial]) -> Polynomial? {
    if let number = constantValue(id), number.isFinite { return Polynomial(number) }
    guard case .map(let operation) = self[id].kind else { return nil }
    switch operation {
    case .add, .sub:
      var sum = parts[0]
      sum.add(parts[1], times: operation == .add ? 1 : -1)
      return sum.terms.count <= Polynomial.mostTerms ? sum : nil
    case .neg:
      var result = Polynomial()
      result.add(parts[0], times: -1)
      return result
    case .mul: return parts[0] * parts[1]
    case .square: return parts[0].raised(to: 2)
    case .pow:
      return parts[1].number.flatMap { Int(exactly: $0) }.flatMap { parts[0].raised(to: $0) }
    case .div:
      if let inverse = parts[1].raised(to: -1) { return parts[0] * inverse }
      var inverse = Polynomial()
      let whole = filled(sum(of: parts[1]), like: operands(id)[1])
      inverse.terms[.init(powers: [.init(atom: whole, exponent: -1)])] = 1
      return parts[0] * inverse
    default: return nil
    }
  }

  /// A polynomial as a sum of products.
  mutating func sum(of polynomial: Polynomial) -> NodeID {
    var result: NodeID?
    for (monomial, coefficient) in polynomial.ordered {
      let isTaken = result != nil && coefficient < 0
      let term = product(monomial, times: isTaken ? -coefficient : coefficient)
      result = result.map { map(isTaken ? .sub : .add, $0, term) } ?? term
    }
    return result ?? constant(0)
  }

  /// A multiple of a product of powers, those with negative exponents below a line.
  mutating func product(_ monomial: Polynomial.Monomial, times factor: Double) -> NodeID {
    var above: NodeID? = factor.magnitude == 1 ? nil : constant(factor)
    var below: NodeID?
    for power in monomial.powers {
      let part = self.power(power.atom, Int(power.exponent.magnitude))
      if power.exponent > 0 {
        above = above.map { map(.mul, $0, part) } ?? part
      } else {
        below = below.map { map(.mul, $0, part) } ?? part
      }
    }
    var result = above ?? constant(1)
    if let below { result = map(.div, result, below) }
    return factor == -1 ? map(.neg, result) : result
  }

  mutating func power(_ base: NodeID, _ exponent: Int) -> NodeID {
    switch exponent {
    case 1: base
    case 2: map(.square, base)
    default: map(.pow, base, constant(Double(exponent)))
    }
  }

  /// A scalar repeated to a node's shape, where that is none.
  mutating func filled(_ id: NodeID, like other: NodeID) -> NodeID {
    shape(id).isEmpty && !shape(other).isEmpty ? broadcast(id, to: shape(other), axes: []) : id
  }
}
