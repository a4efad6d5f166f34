extension Arithmetic {
  /// ψ⁽ⁿ⁾(x), the n-th derivative of ψ, for a whole n.
  ///
  /// (−1)ⁿ⁺¹·n!·ζ(n + 1, x), where ζ(s, q) = Σ (q + k)⁻ˢ by the sum of Euler and Maclaurin: twelve terms, then with
  /// w = q + 12 and the numbers of Bernoulli w¹⁻ˢ/(s − 1) + w⁻ˢ/2 + Σ B₂ⱼ/(2j)!·s·(s + 1)…(s + 2j − 2)·w^(1 − s − 2j). Left of 0
  /// there are reflections for n to 3: with R = π·cot πx, ψ⁽ⁿ⁾(x) = (−1)ⁿ·ψ⁽ⁿ⁾(1 − x) − R⁽ⁿ⁾(x).
  static func polygamma(_ precision: Precision) -> Formula {
    let (n, x): (Formula, Formula) = ("n", "x")
    let isLeft = x < 0
    let q = select(isLeft, 1 - x, x)
    let half = trunc(0.5 * n, precision)
    let isEven = half + half .== n
    let zeta = hurwitzZeta(n + 1, q)
    let size = factorial(n) * zeta
    // Where Γ is regular it is positive for an odd n, as it is for an even n on the other side after reflection.
    let right = select(isEven, -size, size)
    let left = reflected(n, abs(x), precision) + select(isEven, right, -right)
    let value = select(isLeft, left, right)
    let isWhole = and(trunc(n, precision) .== n, 0 < n)
    return select(n .== 0, .apply("digamma", x), select(isWhole, value, notANumber))
  }

  private static func trunc(_ x: Formula, _ precision: Precision) -> Formula {
    let near = nearest(x, precision)
    return select(x < near, near - 1, near)
  }

  /// −R⁽ⁿ⁾(x) for x = −m: π²·c, 2π³·c·cot πm and 2π⁴·c·(2·cot² πm + c) with c = 1/sin² πm.
  private static func reflected(_ n: Formula, _ m: Formula, _ precision: Precision) -> Formula {
    let turns = HalfTurns(m, precision)
    let cotangent = turns.cosine / turns.sine
    let c = 1 / (turns.sine * turns.sine)
    let (second, third, fourth) = (9.869604401089358, 62.01255336059964, 194.8181820680049)
    return select(
      n .== 1, number(second) * c,
      select(
        n .== 2, number(third) * (c * cotangent),
        select(
          n .== 3, number(fourth) * (c * (2 * (cotangent * cotangent) + c)), notANumber)))
  }

  /// n!, by a table as far as they are numbers.
  private static func factorial(_ n: Formula) -> Formula {
    var product = 1.0
    let known = (1...20).map { k in
      product *= Double(k)
      return (k, product)
    }
    return known.reversed().reduce(.apply("exp", .apply("lgamma", n + 1))) { rest, entry in
      select(n .== number(Double(entry.0)), number(entry.1), rest)
    }
  }

  private static func hurwitzZeta(_ s: Formula, _ q: Formula) -> Formula {
    func power(_ base: Formula) -> Formula { .apply("pow", base, -s) }
    let w = q + 12
    let last = Formula.apply("pow", w, 1 - s)
    // B₂ⱼ/(2j)!
    let weights = [
      0x1.5555555555555p-4, -0x1.6c16c16c16c17p-10, 0x1.1566abc011567p-15,
      -0x1.bbd779334ef0bp-21, 0x1.66a8f2bf70ebep-26, -0x1.22805d644267fp-31,
      0x1.d6db2c4e09162p-37, -0x1.7da4e1f79955cp-42, 0x1.355871d652e9ep-47,
      -0x1.f57d968caacf1p-53,
    ]
    let inverse = 1 / w
    let square = inverse * inverse
    var rising = s
    var place = inverse
    var tail: Formula = 0.5
    for (j, weight) in weights.enumerated() {
      tail = tail + number(weight) * (rising * place)
      let next = Double(2 * j)
      rising = rising * ((s + number(next + 1)) * (s + number(next + 2)))
      place = place * square
    }
    let rest = last * (1 / (s - 1) + tail * inverse)
    return (0..<12).reversed().reduce(rest) { sum, k in
      sum + power(k == 0 ? q : q + number(Double(k)))
    }
  }
}
