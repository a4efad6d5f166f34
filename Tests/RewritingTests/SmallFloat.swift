import NNCAlgebra

/// Numbers of 8 bits as IEEE 754 would have them: a sign, 4 bits of exponent, 3 of significand; infinities, signed zeros,
/// subnormal numbers, not-a-numbers. There are few enough to try an identity on every one.
struct SmallFloat {
  /// All 256, as f64.
  static let all: [Double] = (0..<256).map { value(UInt8($0)) }

  private static func value(_ bits: UInt8) -> Double {
    let (exponent, digits) = (Int(bits >> 3 & 15), Double(bits & 7))
    let magnitude: Double =
      switch exponent {
      case 0: digits * 0x1p-9
      case 15: digits == 0 ? .infinity : .nan
      default: (8 + digits) * Double(sign: .plus, exponent: exponent - 10, significand: 1)
      }
    return bits >> 7 == 1 ? -magnitude : magnitude
  }

  /// The nearest of them, to even where two are.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    let exponent = max(value.exponent, -6)
    let unit = Double(sign: .plus, exponent: exponent - 3, significand: 1)
    let result = (value / unit).rounded(.toNearestOrEven) * unit
    return abs(result) > 240 ? (value < 0 ? -.infinity : .infinity) : result
  }

  /// The value of a formula of arithmetic, comparisons and choices, every step rounded; nil where it has other operations.
  static func value(_ formula: Formula, _ values: [String: Double]) -> Double? {
    switch formula.kind {
    case .symbol(let name): return values[name]!
    case .number(let number): return rounded(number)
    case .bits: return nil
    case .apply(let name, let arguments):
      var a: [Double] = []
      for argument in arguments {
        guard let value = value(argument, values) else { return nil }
        a.append(value)
      }
      switch name {
      case "add": return rounded(a[0] + a[1])
      case "sub": return rounded(a[0] - a[1])
      case "mul": return rounded(a[0] * a[1])
      case "div": return rounded(a[0] / a[1])
      case "neg": return -a[0]
      case "abs": return abs(a[0])
      case "floor": return a[0].rounded(.down)
      case "ceil": return a[0].rounded(.up)
      case "square": return rounded(a[0] * a[0])
      case "select": return a[0] != 0 ? a[1] : a[2]
      case "pow" where a[1] == 0: return 1
      default: return nil
      }
    }
  }
}
