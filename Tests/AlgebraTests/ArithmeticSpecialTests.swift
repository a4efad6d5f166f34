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
    ("floor", 0, 0), ("floor", -0.0, -0.0), ("floor", 0.75, 0), ("floor", -0.25, -1),
    ("floor", 2.5, 2), ("floor", -3, -3), ("floor", 1e30, 1e30), ("floor", inf, inf),
    ("floor", -inf, -inf), ("floor", nan, nan), ("ceil", 0, 0), ("ceil", -0.0, -0.0),
    ("ceil", 0.25, 1), ("ceil", -0.75, -0.0), ("ceil", -2.5, -2), ("ceil", 7, 7),
    ("ceil", nan, nan),
    ("ceil", inf, inf), ("round", 0.5, 0), ("round", -0.5, -0.0), ("round", 1.5, 2),
    ("round", 2.5, 2), ("round", -3.5, -4), ("round", 8_388_609, 8_388_609), ("round", nan, nan),
    ("round", -inf, -inf), ("trunc", 1.75, 1), ("trunc", -1.75, -1), ("trunc", -0.75, -0.0),
    ("trunc", 1e30, 1e30), ("trunc", nan, nan), ("trunc", inf, inf),
    ("log2", 0, -inf), ("log2", -0.0, -inf), ("log2", 8, 3), ("log2", 0x1p-100, -100),
    ("log2", inf, inf), ("log2", -1, nan), ("log2", nan, nan), ("log10", 0, -inf),
    ("log10", 1000, 3), ("log10", 1e10, 10), ("log10", 1, 0), ("log10", inf, inf),
    ("log10", -inf, nan), ("log10", nan, nan), ("exp2", 0, 1), ("exp2", 10, 1024),
    ("exp2", -3, 0.125), ("exp2", inf, inf), ("exp2", -inf, 0), ("exp2", 1e30, inf),
    ("exp2", -1e30, 0), ("exp2", nan, nan),
    ("asin", 0, 0), ("asin", -0.0, -0.0), ("asin", 1, 1.5707963267948966),
    ("asin", -1, -1.5707963267948966), ("asin", 1.5, nan), ("asin", -inf, nan), ("asin", nan, nan),
    ("acos", 1, 0), ("acos", -1, 3.141592653589793), ("acos", 0, 1.5707963267948966),
    ("acos", -2, nan), ("acos", inf, nan), ("acos", nan, nan),
    ("atan", 0, 0), ("atan", -0.0, -0.0), ("atan", inf, 1.5707963267948966),
    ("atan", -inf, -1.5707963267948966), ("atan", nan, nan), ("atan", 1, 0.7853981633974483),
    ("acosh", 1, 0), ("acosh", inf, inf), ("acosh", 0.5, nan), ("acosh", -1, nan),
    ("acosh", -inf, nan), ("acosh", nan, nan),
    ("sinc", 0, 1), ("sinc", -0.0, 1), ("sinc", 3, 0), ("sinc", inf, 0), ("sinc", -inf, 0),
    ("sinc", nan, nan), ("sinc_slope", 0, -0.0), ("sinc_slope", inf, 0), ("sinc_slope", nan, nan),
    ("lgamma", 1, 0), ("lgamma", 2, 0), ("lgamma", 0, inf), ("lgamma", -0.0, inf),
    ("lgamma", -3, inf), ("lgamma", inf, inf), ("lgamma", -inf, inf), ("lgamma", nan, nan),
    ("lgamma", 3, 0.6931471805599453),
    ("digamma", 0, -inf), ("digamma", -0.0, inf), ("digamma", -2, nan), ("digamma", inf, inf),
    ("digamma", nan, nan),
  ]

  /// Function, arguments, value.
  static let pairs: [(String, Double, Double, Double)] = [
    ("mod", 7, 3, 1), ("mod", -7, 3, 2), ("mod", 7, -3, -2), ("mod", -7, -3, -1), ("mod", 6, 3, 0),
    ("mod", -6, 3, 0), ("mod", 6, -3, -0.0), ("mod", 5, 0, nan), ("mod", inf, 3, nan),
    ("mod", 5, inf, 5), ("mod", -5, inf, inf), ("mod", 0, 3, 0), ("mod", nan, 3, nan),
    ("mod", 3, nan, nan), ("mod", 1e30, 3, 1e30.truncatingRemainder(dividingBy: 3)),
    ("mod", 0.5, 0.75, 0.5), ("mod", 5.5, 1, 0.5),
    ("atan2", 0, 0, 0), ("atan2", -0.0, 0, -0.0), ("atan2", 0, -0.0, 3.141592653589793),
    ("atan2", -0.0, -0.0, -3.141592653589793), ("atan2", 0, -1, 3.141592653589793),
    ("atan2", 1, 0, 1.5707963267948966), ("atan2", -1, 0, -1.5707963267948966),
    ("atan2", inf, inf, 0.7853981633974483), ("atan2", inf, -inf, 2.356194490192345),
    ("atan2", 1, inf, 0), ("atan2", 1, -inf, 3.141592653589793), ("atan2", nan, 1, nan),
    ("atan2", 0, nan, nan), ("atan2", 1, 1, 0.7853981633974483),
    ("hypot", 3, 4, 5), ("hypot", 0, 0, 0), ("hypot", -3, 0, 3), ("hypot", inf, nan, inf),
    ("hypot", nan, -inf, inf), ("hypot", nan, 1, nan), ("hypot", 3e30, 4e30, 5e30),
    ("hypot", 0x3p-140, 0x4p-140, 0x5p-140),
    ("polygamma", 0.5, 1, nan), ("polygamma", -1, 1, nan), ("polygamma", 1, 0, inf),
    ("polygamma", 1, inf, 0), ("polygamma", 2, 0, -inf), ("polygamma", 1, nan, nan),
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
    ("atanh", -tiny, -tiny), ("erfc", 30, 0), ("sinc", .greatestFiniteMagnitude, 0),
    ("sinc", -0x1.cp1022, 0), ("lgamma", 0x1.754d9278b51a8p+1014, inf),
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
    ("lgamma", 0x1.895f1cp121, inf), ("sinc", Double(Float.greatestFiniteMagnitude), 0),
    ("sinc", 0x1.45f308p126, 0),
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

  @Test(arguments: Precision.allCases)
  func functionsOfTwo(_ precision: Precision) {
    for (name, a, b, wanted) in Self.pairs where precision == .f64 || abs(a) < 1e29 {
      check(compiled(name, precision)(a, b), wanted, "\(name)(\(a), \(b))", precision)
    }
  }
}
