import NNCAlgebra
import NNCGraph

extension Graph {
  /// An expression as a product: the factors that all its terms share, and where one variable is left, or two in terms of
  /// one degree, and its factors are whole numbers, or fractions, the factors over the rationals that are found. What is no
  /// product is sorted by the powers of `v`, where that is given.
  mutating func factored(_ root: NodeID, by v: NodeID?) -> NodeID {
    let whole = polynomial(of: root)
    guard whole.terms.count > 1 else { return filled(sum(of: whole), like: root) }
    let shared = whole.sharedMonomial
    let scale = whole.rationalContent
    var rest = Polynomial()
    for (monomial, coefficient) in whole.terms {
      rest.terms[monomial * shared.raised(to: -1)] = (coefficient / scale).rounded(to: scale)
    }
    var factors: [(node: NodeID, power: Int)] = []
    if let atom = rest.atoms.first, rest.atoms.count == 1, let list = rest.wholes(of: atom) {
      for (factor, power) in IntegerPolynomial(list).factors {
        factors.append((sum(of: Polynomial(factor.coefficients, of: atom)), power))
      }
    } else if let list = rest.homogeneousWholes {
      for (factor, power) in IntegerPolynomial(list).factors {
        factors.append(
          (sum(of: Polynomial(factor.coefficients, of: rest.atoms[0], rest.atoms[1])), power))
      }
    } else if let v, rest.atoms.contains(v) {
      factors = [(sorted(rest, by: v), 1)]
    } else {
      factors = [(sum(of: rest), 1)]
    }
    var result: NodeID? = shared.powers.isEmpty && scale == 1 ? nil : product(shared, times: scale)
    for (factor, power) in factors {
      let part = self.power(factor, power)
      result = result.map { map(.mul, $0, part) } ?? part
    }
    return filled(result!, like: root)
  }

  /// A polynomial by the powers of one atom, the highest first.
  private mutating func sorted(_ polynomial: Polynomial, by v: NodeID) -> NodeID {
    var byPower: [Int: Polynomial] = [:]
    for (monomial, coefficient) in polynomial.terms {
      let exponent = monomial.exponent(of: v)
      let rest = Polynomial.Monomial(powers: monomial.powers.filter { $0.atom != v })
      byPower[exponent, default: Polynomial()].terms[rest] = coefficient
    }
    var result: NodeID?
    for (exponent, factor) in byPower.sorted(by: { $0.key > $1.key }) {
      var term = sum(of: factor)
      if exponent != 0 {
        let power = product(
          .init(powers: [.init(atom: v, exponent: exponent)]), times: 1)
        term = factor.number == 1 ? power : map(.mul, term, power)
      }
      result = result.map { map(.add, $0, term) } ?? term
    }
    return result!
  }
}

extension Double {
  /// The whole number nearby, where a division by a scale other than 1 may have missed it.
  fileprivate func rounded(to scale: Double) -> Double {
    scale == 1 || (self - rounded()).magnitude > 1e-9 ? self : rounded()
  }
}

extension Polynomial {
  /// The greatest product of powers that divides every term.
  var sharedMonomial: Monomial {
    var powers: [Monomial.Power] = []
    for atom in atoms {
      let least = terms.keys.reduce(Int.max) { min($0, $1.exponent(of: atom)) }
      if least != 0 { powers.append(.init(atom: atom, exponent: least)) }
    }
    return Monomial(powers: powers)
  }

  /// The greatest number of which all factors are whole multiples, with the sign of the first; 1 where they are not
  /// fractions with small denominators.
  var rationalContent: Double {
    let numbers = ordered.map(\.coefficient)
    var denominator = 1.0
    for number in numbers {
      guard let next = (1...720).first(where: { (number * denominator * Double($0)).isWholeEnough })
      else { return 1 }
      denominator *= Double(next)
      if denominator > 1e6 { return 1 }
    }
    var common = 0
    for number in numbers {
      let whole = (number * denominator).rounded()
      guard whole.magnitude < 1e15 else { return 1 }
      common = greatestDivisor(common, Int(whole.magnitude))
    }
    return Double(common) / denominator * (numbers[0] < 0 ? -1 : 1)
  }

  /// The factors of the powers of its one atom, from the constant up, where they are whole numbers.
  func wholes(of atom: NodeID) -> [Int]? {
    let degree = terms.keys.map(\.degree).max() ?? 0
    guard degree <= 64, terms.keys.allSatisfy({ $0.degree >= 0 }) else { return nil }
    var list = [Int](repeating: 0, count: degree + 1)
    for (monomial, coefficient) in terms {
      guard let whole = Int(exactly: coefficient), whole.magnitude < 1 << 50 else { return nil }
      list[monomial.degree] = whole
    }
    return list
  }

  /// Of terms in two atoms that have one degree, a² − b², the factors by the powers of the first: it is a polynomial in a/b.
  var homogeneousWholes: [Int]? {
    let atoms = atoms
    let degree = terms.keys.first?.degree ?? 0
    guard atoms.count == 2, degree > 0, degree <= 64,
      terms.keys.allSatisfy({ $0.degree == degree && $0.powers.allSatisfy { $0.exponent > 0 } })
    else { return nil }
    var list = [Int](repeating: 0, count: degree + 1)
    for (monomial, coefficient) in terms {
      guard let whole = Int(exactly: coefficient), whole.magnitude < 1 << 50 else { return nil }
      list[monomial.exponent(of: atoms[0])] = whole
    }
    return list.last == 0 || list.first == 0 ? nil : list
  }

  /// Σ c(i)·aⁱ·b^(n − i).
  init(_ coefficients: [Int], of a: NodeID, _ b: NodeID) {
    for (exponent, coefficient) in coefficients.enumerated() where coefficient != 0 {
      let other = coefficients.count - 1 - exponent
      let powers = [Monomial.Power(atom: a, exponent: exponent), .init(atom: b, exponent: other)]
      terms[Monomial(powers: powers.filter { $0.exponent > 0 })] = Double(coefficient)
    }
  }

  /// The polynomial in one atom with these factors, from the constant up.
  init(_ coefficients: [Int], of atom: NodeID) {
    for (exponent, coefficient) in coefficients.enumerated() where coefficient != 0 {
      terms[Monomial(powers: exponent == 0 ? [] : [.init(atom: atom, exponent: exponent)])] =
        Double(coefficient)
    }
  }
}

extension Double {
  /// Whether it is a whole number but for what rounding leaves of a fraction.
  fileprivate var isWholeEnough: Bool {
    magnitude < 1e15 && (self - rounded()).magnitude <= 1e-12 * Swift.max(1, magnitude)
      && rounded() != 0
  }
}
