import NNCGraph

/// A sum of multiples of products of powers: by the powers of each product its factor. What the powers are of, the
/// *atoms*, are nodes of a graph.
struct Polynomial: Equatable {
  /// A product of powers, the atoms in ascending order; exponents are not 0, and may be negative.
  struct Monomial: Hashable {
    var powers: [Power] = []

    struct Power: Hashable {
      var atom: NodeID
      var exponent: Int
    }

    /// The sum of the exponents.
    var degree: Int { powers.reduce(0) { $0 + $1.exponent } }

    /// The exponent of an atom, 0 where it does not occur.
    func exponent(of atom: NodeID) -> Int { powers.first { $0.atom == atom }?.exponent ?? 0 }

    static func * (a: Self, b: Self) -> Self {
      var exponents: [NodeID: Int] = [:]
      for power in a.powers + b.powers { exponents[power.atom, default: 0] += power.exponent }
      let powers = exponents.filter { $0.value != 0 }.map {
        Power(atom: $0.key, exponent: $0.value)
      }
      return Self(powers: powers.sorted { $0.atom < $1.atom })
    }

    func raised(to exponent: Int) -> Self {
      if exponent == 0 { return Self() }
      return Self(powers: powers.map { Power(atom: $0.atom, exponent: $0.exponent * exponent) })
    }
  }

  /// The factor of each product; none is 0.
  var terms: [Monomial: Double] = [:]

  /// The most products that one may have; what would have more is left as it is.
  static let mostTerms = 4096

  init(_ number: Double = 0) { if number != 0 { terms[Monomial()] = number } }

  init(atom: NodeID) { terms[Monomial(powers: [.init(atom: atom, exponent: 1)])] = 1 }

  /// The number that it is; nil where an atom occurs.
  var number: Double? {
    if terms.isEmpty { return 0 }
    return terms.count == 1 ? terms[Monomial()] : nil
  }

  mutating func add(_ other: Self, times factor: Double = 1) {
    for (monomial, coefficient) in other.terms {
      let sum = terms[monomial, default: 0] + factor * coefficient
      terms[monomial] = sum == 0 ? nil : sum
    }
  }

  /// The product; nil where it may have too many terms.
  static func * (a: Self, b: Self) -> Self? {
    guard a.terms.count * b.terms.count <= 16 * mostTerms else { return nil }
    var product = Self()
    for (first, factor) in a.terms {
      for (second, other) in b.terms {
        let monomial = first * second
        let sum = product.terms[monomial, default: 0] + factor * other
        product.terms[monomial] = sum == 0 ? nil : sum
      }
    }
    return product.terms.count <= mostTerms ? product : nil
  }

  /// A power; nil where it is none that can be written out: a negative one of a sum, or too many terms.
  func raised(to exponent: Int) -> Self? {
    if terms.count == 1, let (monomial, factor) = terms.first, exponent.magnitude <= 4096 {
      var result = Self()
      var value = 1.0
      for _ in 0..<exponent.magnitude { value *= factor }
      result.terms[monomial.raised(to: exponent)] = exponent < 0 ? 1 / value : value
      return result
    }
    guard exponent >= 0, exponent <= 256 else { return nil }
    var result = Self(1)
    for _ in 0..<exponent {
      guard let next = result * self else { return nil }
      result = next
    }
    return result
  }

  /// The products with their factors, the highest first, and of one degree by the atoms' order.
  var ordered: [(monomial: Monomial, coefficient: Double)] {
    terms.map { (monomial: $0.key, coefficient: $0.value) }.sorted { a, b in
      if a.monomial.degree != b.monomial.degree { return a.monomial.degree > b.monomial.degree }
      for (p, q) in zip(a.monomial.powers, b.monomial.powers) where p != q {
        return p.atom != q.atom ? p.atom < q.atom : p.exponent > q.exponent
      }
      return a.monomial.powers.count < b.monomial.powers.count
    }
  }

  /// The atoms, in ascending order.
  var atoms: [NodeID] { Set(terms.keys.flatMap { $0.powers.map(\.atom) }).sorted() }
}
