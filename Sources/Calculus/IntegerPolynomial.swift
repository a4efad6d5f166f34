/// The greatest whole number that divides both.
func greatestDivisor(_ a: Int, _ b: Int) -> Int {
  var (a, b) = (Int(a.magnitude), Int(b.magnitude))
  while b != 0 { (a, b) = (b, a % b) }
  return a
}

/// A polynomial in one variable with whole factors, from the constant up; the last is not 0.
struct IntegerPolynomial: Equatable {
  var coefficients: [Int]

  init(_ coefficients: [Int]) { self.coefficients = coefficients }

  var degree: Int { coefficients.count - 1 }

  /// Its value; nil where that is too large.
  func callAsFunction(_ x: Int) -> Int? {
    var value = 0
    for coefficient in coefficients.reversed() {
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: x)
      let (sum, overflows) = product.addingReportingOverflow(coefficient)
      if isTooLarge || overflows { return nil }
      value = sum
    }
    return value
  }

  /// What is left of a division without remainder; nil where there is one.
  func divided(by divisor: Self) -> Self? {
    guard degree >= divisor.degree, divisor.degree > 0 else { return nil }
    var rest = coefficients
    var quotient = [Int](repeating: 0, count: degree - divisor.degree + 1)
    let lead = divisor.coefficients.last!
    for place in quotient.indices.reversed() {
      let top = rest[place + divisor.degree]
      guard top.isMultiple(of: lead) else { return nil }
      quotient[place] = top / lead
      for (offset, coefficient) in divisor.coefficients.enumerated() {
        let (product, isTooLarge) = quotient[place].multipliedReportingOverflow(by: coefficient)
        let (difference, overflows) = rest[place + offset].subtractingReportingOverflow(product)
        if isTooLarge || overflows { return nil }
        rest[place + offset] = difference
      }
    }
    return rest.allSatisfy { $0 == 0 } ? Self(quotient) : nil
  }

  /// Its factors over the rationals, with how often each occurs: all linear ones, and of the others those of degree 2 and
  /// 3. A factor whose values are too large to have all their divisors tried stays whole.
  ///
  /// L. Kronecker's method: a factor's values at d + 1 places divide those of the polynomial, and d + 1 values make a
  /// polynomial of degree d.
  var factors: [(factor: Self, power: Int)] {
    var rest = self
    var result: [(factor: Self, power: Int)] = []
    for degree in 1...3 {
      while rest.degree >= 2 * degree || degree == 1 && rest.degree > 1 {
        guard let factor = rest.factor(ofDegree: degree) else { break }
        var power = 0
        while let quotient = rest.divided(by: factor) {
          rest = quotient
          power += 1
        }
        result.append((factor, power))
      }
    }
    if let same = result.firstIndex(where: { $0.factor == rest }) {
      result[same].power += 1
    } else if rest != Self([1]) {
      result.append((rest, 1))
    }
    return result
  }

  /// A factor of a degree, its highest coefficient positive; nil where none is found.
  private func factor(ofDegree degree: Int) -> Self? {
    let places = [0, 1, -1, 2][...degree]
    var divisors: [[Int]] = []
    var count = 1
    for place in places {
      guard let value = self(place), value.magnitude <= 1 << 40 else { return nil }
      if value == 0 {
        // Only a linear factor has a root among the whole numbers.
        return degree == 1 ? Self([-place, 1]) : nil
      }
      let positive = wholeDivisors(of: Int(value.magnitude))
      divisors.append(place == 0 ? positive : positive + positive.map { -$0 })
      count *= divisors.last!.count
      if count > 200_000 { return nil }
    }
    var choice = [Int](repeating: 0, count: divisors.count)
    for _ in 0..<count {
      let values = zip(divisors, choice).map { $0[$1] }
      if let found = Self(values: values, degree: degree), divided(by: found) != nil {
        return found
      }
      for place in choice.indices {
        choice[place] += 1
        if choice[place] < divisors[place].count { break }
        choice[place] = 0
      }
    }
    return nil
  }

  /// The polynomial of a degree up to 3 with these values at 0, 1, −1 and 2, its highest coefficient positive; nil where its
  /// coefficients are not whole or its degree is lower.
  private init?(values: [Int], degree: Int) {
    let c0 = values[0]
    var list = [c0]
    switch degree {
    case 1: list.append(values[1] - c0)
    default:
      // f(1) + f(−1) = 2c0 + 2c2,  f(1) − f(−1) = 2c1 + 2c3
      let (even, odd) = (values[1] + values[2] - 2 * c0, values[1] - values[2])
      guard even.isMultiple(of: 2), odd.isMultiple(of: 2) else { return nil }
      let (c2, sum) = (even / 2, odd / 2)
      if degree == 2 {
        list += [sum, c2]
      } else {
        // f(2) = c0 + 2c1 + 4c2 + 8c3
        let six = values[3] - c0 - 4 * c2 - 2 * sum
        guard six.isMultiple(of: 6) else { return nil }
        list += [sum - six / 6, c2, six / 6]
      }
    }
    guard let lead = list.last, lead != 0 else { return nil }
    coefficients = lead < 0 ? list.map { -$0 } : list
  }
}

/// All positive divisors of a positive number, by trial up to a million; of a larger prime part the part itself.
private func wholeDivisors(of number: Int) -> [Int] {
  var rest = number
  var divisors = [1]
  var prime = 2
  while rest > 1, prime <= 1_000_000 {
    if prime * prime > rest { prime = rest }
    var power = 1
    let smaller = divisors
    while rest.isMultiple(of: prime) {
      rest /= prime
      power *= prime
      divisors += smaller.map { $0 * power }
    }
    prime += 1
  }
  if rest > 1 { divisors += divisors.map { $0 * rest } }
  return divisors
}
