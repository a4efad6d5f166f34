import Testing

@testable import NNCAlgebra

private let inf = Double.infinity
private let nan = Double.nan
private let tiny = Double.leastNonzeroMagnitude
private let tinySingle = Double(Float.leastNonzeroMagnitude)

/// Infinities, NaN, signed zeros and the subnormal numbers, as C99's Annex F has them.
@Suite struct ArithmeticSpecialTests {
  /// Function, argument, value; at either precision.
  static let both: [(String, Double, Double)] = [
    ("exp", 0, 1), ("exp", -0.0, 1), ("exp", inf, inf), ("exp", -inf, 0), ("exp", nan, nan),
    ("exp", 710, inf), ("exp", -746, 0), ("exp", 1e30, inf), ("exp", -1e30, 0),
    ("log", 0, -inf), ("log", -0.0, -inf), ("log", 1, 0), ("log", inf, inf), ("log", -1, nan),
    ("log", -inf, nan), ("log", nan, nan),
    ("expm1", 0, 0), ("expm1", -0.0, -0.0), ("expm1", inf, inf), ("expm1", -inf, -1),
    ("expm1", nan, nan), ("expm1", 1e30, inf), ("expm1", -1e30, -1),
    ("log1p", 0, 0), ("log1p", -0.0, -0.0), ("log1p", -1, -inf), ("log1p", -2, nan),
    ("log1p", inf, inf), ("log1p", -inf, nan), ("log1p", nan, nan),
    ("tanh", 0, 0), ("tanh", -0.0, -0.0), ("tanh", inf, 1), ("tanh", -inf, -1),
    ("tanh", nan, nan), ("tanh", 30, 1), ("tanh", -1e30, -1),
    ("sin", 0, 0), ("sin", -0.0, -0.0), ("sin", inf, nan), ("sin", -inf, nan), ("sin", nan, nan),
    ("cos", 0, 1), ("cos", -0.0, 1), ("cos", inf, nan), ("cos", -inf, nan), ("cos", nan, nan),
    ("erf", 0, 0), ("erf", -0.0, -0.0), ("erf", inf, 1), ("erf", -inf, -1), ("erf", nan, nan),
    ("erf", -7, -1),
    ("sigmoid", 0, 0.5), ("sigmoid", -0.0, 0.5), ("sigmoid", inf, 1), ("sigmoid", -inf, 0),
    ("sigmoid", nan, nan), ("softplus", inf, inf), ("softplus", -inf, 0), ("softplus", nan, nan),
    ("gelu", 0, 0), ("gelu", -0.0, -0.0), ("gelu", inf, inf), ("gelu", -inf, -0.0),
    ("gelu", nan, nan), ("gelu", 50, 50),
    ("gelu_tanh", 0, 0), ("gelu_tanh", -0.0, -0.0), ("gelu_tanh", inf, inf),
    ("gelu_tanh", nan, nan), ("gelu_tanh", 50, 50), ("gelu_tanh", -50, -0.0),
    ("silu", 0, 0), ("silu", -0.0, -0.0), ("silu", inf, inf), ("silu", nan, nan),
    ("silu", 50, 50), ("silu", -800, -0.0),
    ("logsigmoid", 0, -0.6931471805599453), ("logsigmoid", inf, -0.0), ("logsigmoid", -inf, -inf),
    ("logsigmoid", nan, nan), ("softplus", 1e30, 1e30), ("softplus", -1e30, 0),
    ("sqrt", 0, 0), ("sqrt", -0.0, -0.0), ("sqrt", inf, inf), ("sqrt", -1, nan), ("sqrt", nan, nan),
    ("sqrt", -inf, nan), ("sqrt", 16, 4),
    ("sinh", 0, 0), ("sinh", -0.0, -0.0), ("sinh", inf, inf), ("sinh", -inf, -inf),
    ("sinh", nan, nan), ("cosh", 0, 1), ("cosh", inf, inf), ("cosh", -inf, inf),
    ("cosh", nan, nan), ("sech", 0, 1), ("sech", inf, 0), ("sech", -inf, 0), ("sech", nan, nan),
    ("sech", 1e30, 0), ("asinh", 0, 0), ("asinh", -0.0, -0.0), ("asinh", inf, inf),
    ("asinh", -inf, -inf), ("asinh", nan, nan), ("atanh", 0, 0), ("atanh", -0.0, -0.0),
    ("atanh", 1, inf), ("atanh", -1, -inf), ("atanh", 2, nan), ("atanh", nan, nan),
    ("erfc", 0, 1), ("erfc", inf, 0), ("erfc", -inf, 2), ("erfc", nan, nan), ("erfc", 1e30, 0),
    ("logcosh", 0, 0), ("logcosh", inf, inf), ("logcosh", -inf, inf), ("logcosh", nan, nan),
    ("log1mexp", 0, -inf), ("log1mexp", -inf, -0.0), ("log1mexp", 1, nan), ("log1mexp", nan, nan),
    ("tanh_rest", 0, 1), ("tanh_rest", inf, 0), ("tanh_rest", -inf, 0), ("tanh_rest", nan, nan),
    ("tanh_rest", 1e30, 0), ("shift", inf, 0), ("shift", -inf, 0), ("shift", nan, 0),
    ("shift", -3, -3),
  ]

  /// Function, argument, value; at f64.
  static let double: [(String, Double, Double)] = [
    ("exp", -745, tiny), ("exp", 709.782712893384, 0x1.fffffffffff2ap1023),
    ("log", tiny, -0x1.74385446d71c3p9), ("log", .greatestFiniteMagnitude, 0x1.62e42fefa39efp9),
    ("expm1", tiny, tiny), ("log1p", -tiny, -tiny), ("tanh", tiny, tiny), ("sin", -tiny, -tiny),
    ("log1p", .greatestFiniteMagnitude, 0x1.62e42fefa39efp9),
    ("expm1", -tiny, -tiny), ("erf", tiny, tiny), ("gelu", tiny, 0), ("cos", tiny, 1),
    ("sigmoid", -746, 0), ("softplus", -746, 0), ("sqrt", tiny, 0x1p-537),
    ("softplus", .greatestFiniteMagnitude, .greatestFiniteMagnitude),
    ("gelu", -.greatestFiniteMagnitude, -0.0), ("silu", -.greatestFiniteMagnitude, -0.0),
    ("gelu_tanh", -.greatestFiniteMagnitude, -0.0),
    ("gelu_tanh", .greatestFiniteMagnitude, .greatestFiniteMagnitude),
    ("asinh", tiny, tiny), ("asinh", 0x1p60, 0x1.52417db067f38p5), ("logcosh", -1e308, 1e308),
    ("atanh", -tiny, -tiny), ("erfc", 30, 0),
    // The number nearest to an odd multiple of π/2.
    ("sin", 0x1.6ac5b262ca1ffp849, 1), ("sin", -0x1.6ac5b262ca1ffp849, -1),
  ]

  /// Function, argument, value; at f32.
  static let single: [(String, Double, Double)] = [
    ("exp", -103, tinySingle), ("exp", 89, inf), ("exp", -105, 0),
    ("log", tinySingle, -0x1.9d1dap6), ("expm1", tinySingle, tinySingle),
    ("log1p", -tinySingle, -tinySingle), ("tanh", tinySingle, tinySingle),
    ("log1p", Double(Float.greatestFiniteMagnitude), 0x1.62e43p6),
    ("asinh", Double(Float.greatestFiniteMagnitude), 0x1.65a9f8p6),
  ]

  /// Weight, value, product: what has no weight counts for nothing.
  static let weighed: [(Double, Double, Double)] = [
    (0, inf, 0), (-0.0, -inf, 0), (0, nan, 0), (0, -3, 0), (2, -inf, -inf), (nan, 0, nan),
    (2, nan, nan), (2, 3, 6), (0.1, 3, 0.1 * 3),
  ]

  static let powers: [(Double, Double, Double)] = [
    (nan, 0, 1), (nan, -0.0, 1), (1, nan, 1), (1, inf, 1), (2, nan, nan), (nan, 2, nan),
    (0, 3, 0), (-0.0, 3, -0.0), (-0.0, 2, 0), (0, 0.5, 0), (0, -1, inf), (-0.0, -1, -inf),
    (-0.0, -2, inf), (-0.0, 0.5, 0), (0, inf, 0), (0, -inf, inf),
    (-1, inf, 1), (-1, -inf, 1), (0.5, inf, 0), (0.5, -inf, inf), (-2, inf, inf), (-2, -inf, 0),
    (inf, 2, inf), (inf, -2, 0), (-inf, 3, -inf), (-inf, 2, inf), (-inf, -3, -0.0),
    (-inf, 0.5, inf), (-8, 1.0 / 3, nan), (-2, 3, -8), (-2, 2, 4), (-2, -1, -0.5), (-1, 0.5, nan),
    (-1, 1e30, 1), (3, 4, 81), (16, 0.25, 2), (2, 5000, inf), (2, -5000, 0),
    (-2, 5001, -inf), (-2, -5001, -0.0), (10, 0, 1),
  ]

  func check(_ value: Double, _ wanted: Double, _ place: String, _ precision: Precision) {
    let rounded = precision.number(precision.word(wanted))
    let isEqual =
      rounded.isNaN ? value.isNaN : value == rounded && value.sign == rounded.sign
    #expect(isEqual, "\(place) at \(precision) is \(value), should be \(rounded)")
  }

  @Test(arguments: Precision.allCases)
  func unaryFunctions(_ precision: Precision) {
    for (name, x, wanted) in Self.both + (precision == .f64 ? Self.double : Self.single) {
      check(compiled(name, precision)(x), wanted, "\(name)(\(x))", precision)
    }
  }

  @Test(arguments: Precision.allCases)
  func powersOfSpecialNumbers(_ precision: Precision) {
    let pow = compiled("pow", precision)
    for (a, b, wanted) in Self.powers { check(pow(a, b), wanted, "pow(\(a), \(b))", precision) }
  }

  @Test(arguments: Precision.allCases)
  func whatHasNoWeightCountsForNothing(_ precision: Precision) {
    let weigh = compiled("weigh", precision)
    for (a, b, wanted) in Self.weighed where precision == .f64 || a != 0.1 {
      check(weigh(a, b), wanted, "weigh(\(a), \(b))", precision)
    }
  }
}
