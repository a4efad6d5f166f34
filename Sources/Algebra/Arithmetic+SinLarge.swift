/// x = n·π/2 + r for a large x, by the method of Payne and Hanek (1983): of the digits of 2/π only those are multiplied
/// that decide x·2/π modulo 4.
///
/// x = M·2ⁱ with a whole M of p digits (53; 24 at f32), and 2/π = Σ pₖ·B⁻⁽ᵏ⁺¹⁾ with digits to the base B = 2ᵈ, d = 24
/// (11). A product M·2ⁱ·pₖ·B⁻⁽ᵏ⁺¹⁾ is a multiple of 4 where d·(k + 1) ≤ i − 2. So the digits from K = ⌊(i − 2)/d⌋ on
/// are taken, nine of them, and with X = M·2ˢ, s = i − d·(K + 1), 2 − d ≤ s ≤ 1,
///
///     x·2/π ≡ Σ X·Wⱼ (modulo 4),  Wⱼ = p₍K₊ⱼ₎·B⁻ʲ.
///
/// X = H + L, H its upper p − ⌈p/2⌉ digits: H·Wⱼ and L·Wⱼ are exact. Column j, L·Wⱼ + H·Wⱼ₊₁, lies below 2⁽ᵖ⁺¹⁻ᵈʲ⁾ and
/// is a multiple of 2^(2 − d·(j + 1)). Each product is cut at a grid, 4 in columns 0 and 1 and 2^(2 − d·(j − 1)) in the
/// others: multiples of 4 go away, and what lies below the grid of column j is added to what lies above that of column
/// j + 2, exactly, since both are multiples of one power of two and below p digits of it. What is left after column 7 is
/// below 2⁻¹³⁸ (2⁻⁶³), while x·2/π is nowhere nearer to a whole number than 2⁻⁶² (2⁻³²).
struct LargeReduction {
  /// n, added to 1.5·2^(p − 1).
  let shifted: Formula
  /// The remainder in two numbers, |r| ≤ π/4.
  let r, tail: Formula

  init(_ x: Formula, _ precision: Precision) {
    let (digits, base) = precision == .f64 ? (53, 24) : (24, 11)
    /// 1.5·2^(g + p − 1): a number to which it is added is rounded to a multiple of 2ᵍ.
    func grid(_ g: Int) -> Formula { Arithmetic.number(1.5 * Self.power(g + digits - 1)) }
    func rounded(_ value: Formula, to g: Int) -> Formula { value + grid(g) - grid(g) }

    // i − 2 from the exponent field; K by rounding (i − 2 − (d − 1)/2)/d.
    let bias = precision == .f64 ? 1023 : 127
    let mantissa = Arithmetic.word(0x4330_0000_0000_0000, 0x4B00_0000)
    let field = Arithmetic.real((Arithmetic.bits(x) >> Arithmetic.fraction) | mantissa)
    let i = field - Arithmetic.number(Self.power(digits - 1) + Double(bias + digits - 1))
    let middle = i - Arithmetic.number(2 + Double(base - 1) / 2)
    let k = rounded(
      middle * Arithmetic.number(precision, 0x1.5555555555555p-5, 0x1.745d18p-4), to: 0)
    // X = M·2ˢ has the exponent s + p − 1.
    let s = i - Arithmetic.number(Double(base)) * (k + 1)
    let exponent = Arithmetic.bits(
      s + Arithmetic.number(Self.power(digits - 1) + Double(bias + digits - 1)))
    let scaled = Arithmetic.real(
      (Arithmetic.bits(x) & Arithmetic.fractionMask) | (exponent << Arithmetic.fraction))
    let high = Arithmetic.head(scaled)
    let low = scaled - high
    let words = Self.window(of: Coefficients.twoByPi[precision], at: k + 2, count: 9)
      .enumerated().map { $1 * Arithmetic.number(Self.power(-base * $0)) }

    // Each column above and below its grid.
    var above: [Formula] = []
    var below: [Formula] = []
    for j in 0..<8 {
      let products = [low * words[j], high * words[j + 1]]
      let g = j < 2 ? 2 : 2 - base * (j - 1)
      let cut = products.map { rounded($0, to: g) }
      above.append(j < 6 ? cut[0] + cut[1] : products[0] + products[1])
      below.append((products[0] - cut[0]) + (products[1] - cut[1]))
    }
    let first = below[0] + above[2]
    let turns = (first - rounded(first, to: 2)) + (below[1] + above[3])
    let second = below[2] + above[4]
    shifted = turns + second + grid(0)
    var sum = (high: turns - (shifted - grid(0)), low: second)
    sum = Self.sum(sum.high, sum.low)
    var rest = sum.low
    for part in [below[3] + above[5], below[4]] {
      sum = Self.sum(sum.high, part)
      rest = rest + sum.low
    }
    rest = rest + (below[5] + above[6] + above[7])
    let quarter = sum.high + rest
    let lost = sum.high - quarter + rest

    // Times π/2, its first part half as long as a number.
    let parts = Coefficients.quarterTurnHalves[precision].map { Arithmetic.number($0) }
    let quarterHead = Arithmetic.head(quarter)
    let quarterTail = quarter - quarterHead
    let product = quarterHead * parts[0]
    let small =
      quarterHead * parts[1] + quarterTail * parts[0]
      + (quarterTail * parts[1] + lost * parts[0])
    r = product + small
    tail = product - r + small
  }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// a + b as its rounded value and what that lacks (Knuth's sum).
  private static func sum(_ a: Formula, _ b: Formula) -> (high: Formula, low: Formula) {
    let high = a + b
    let part = high - a
    return (high, (a - (high - part)) + (b - part))
  }

  /// `count` neighbours out of a table, from a place on that is only known as a number: by each binary digit of it, from
  /// the greatest on, either the upper or the lower part of the table is kept.
  private static func window(of table: [Double], at place: Formula, count: Int) -> [Formula] {
    var step = 1
    while 2 * step <= table.count - count { step *= 2 }
    var entries = table.map { Arithmetic.number($0) }
    var rest = place
    while step > 0 {
      let isAbove = Arithmetic.number(Double(step)) <= rest
      let wanted = min(entries.count, count + step - 1)
      entries = (0..<wanted).map { index in
        index + step < entries.count
          ? select(isAbove, entries[index + step], entries[index]) : entries[index]
      }
      rest = select(isAbove, rest - Arithmetic.number(Double(step)), rest)
      step /= 2
    }
    return entries
  }
}

extension Arithmetic {
  /// sin(x + turns·π/2) of a large positive x, turns being 0 or 1; NaN where x is NaN or infinite.
  static func sinLarge(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let reduced = LargeReduction(x, precision)
    let turns = QuarterTurns(
      word: bits(reduced.shifted + "turns"), r: reduced.r, tail: reduced.tail, precision)
    return turns.value + (x - x)
  }

  /// tan x of a large positive x; NaN where x is NaN or infinite.
  static func tanLarge(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let reduced = LargeReduction(x, precision)
    let turns = QuarterTurns(
      word: bits(reduced.shifted), r: reduced.r, tail: reduced.tail, precision)
    return turns.tangent + (x - x)
  }
}
