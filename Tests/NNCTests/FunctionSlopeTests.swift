import NNC
import Testing

private let inf = Double.infinity
/// A subnormal number.
private let tiny = Double.leastNormalMagnitude / 1024

/// The slopes of the functions where their arguments are 0, tiny, huge or infinite.
@Suite struct FunctionSlopeTests {
  /// Function, argument, slope.
  static let slopes: [(String, Double, Double)] = [
    ("exp", 0, 1), ("exp", tiny, 1), ("exp", 1e30, inf), ("exp", -1e30, 0), ("exp", -inf, 0),
    ("log", 0, inf), ("log", 1e200, 1e-200), ("log", inf, 0),
    ("expm1", -0.0, 1), ("expm1", 1e30, inf), ("expm1", -1e30, 0), ("expm1", -inf, 0),
    ("log1p", 0, 1), ("log1p", -1, inf), ("log1p", inf, 0),
    ("tanh", 0, 1), ("tanh", 1e30, 0), ("tanh", -1e30, 0), ("tanh", inf, 0), ("tanh", -inf, 0),
    ("sin", 0, 1), ("sin", tiny, 1), ("sin", 0x1.6ac5b262ca1ffp849, 0), ("cos", 0, 0),
    ("erf", 0, 1.1283791670955126), ("erf", 1e200, 0), ("erf", -inf, 0), ("erf", inf, 0),
    ("sigmoid", 0, 0.25), ("sigmoid", 1e30, 0), ("sigmoid", -1e30, 0), ("sigmoid", inf, 0),
    ("sigmoid", -inf, 0), ("softplus", 0, 0.5), ("softplus", 1e200, 1), ("softplus", -1e200, 0),
    ("softplus", inf, 1), ("softplus", -inf, 0), ("logsigmoid", 1e200, 0),
    ("logsigmoid", -1e200, 1), ("gelu", 0, 0.5), ("gelu", tiny, 0.5), ("gelu", 1e200, 1),
    ("gelu", -1e200, 0), ("gelu_tanh", 0, 0.5), ("gelu_tanh", 1e200, 1), ("gelu_tanh", -1e200, 0),
    ("silu", 0, 0.5), ("silu", 1e200, 1), ("silu", -1e200, 0), ("mish", 1e200, 1),
    ("mish", -1e200, 0), ("sqrt", 0, inf), ("sqrt", inf, 0), ("sqrt", 1e200, 5e-101),
    ("erfc", 0, -1.1283791670955126), ("erfc", 1e200, 0), ("erfc", -inf, 0),
    ("sinh", 0, 1), ("cosh", 0, 0), ("sech", 0, 0), ("sech", inf, 0), ("sech", -1e200, 0),
    ("asinh", 0, 1), ("asinh", inf, 0), ("asinh", -inf, 0), ("atanh", 0, 1), ("atanh", 1, inf),
    ("logcosh", 0, 0), ("logcosh", 1e200, 1), ("logcosh", -1e200, -1), ("logcosh", inf, 1),
    ("log1mexp", -1e30, 0), ("log1mexp", -inf, 0),
    ("asinh", 1e160, 1e-160), ("asinh", -1e300, 1e-300), ("acosh", 1, inf),
    ("acosh", 1e200, 1e-200),
    ("floor", 0.5, 0), ("ceil", 0.5, 0), ("round", 0.5, 0), ("trunc", 0.5, 0), ("floor", 1, 0),
    ("log2", 1, 1.4426950408889634), ("log10", 0, inf), ("exp2", 0, 0.6931471805599453),
    ("asin", 0, 1), ("asin", 1, inf), ("acos", 0, -1), ("atan", 0, 1), ("atan", 1e200, 0),
    ("atan", inf, 0), ("sinc", 0, 0), ("sinc", inf, 0), ("sinc", 1, -1),
    ("lgamma", 1, -0.5772156649015329), ("digamma", 1, 1.6449340668482264),
  ]

  @Test func everySlopeIsTheLimit() throws {
    var workbench = Workbench(try compiled("input 1; relu").checkedNetwork())
    for (name, x, wanted) in Self.slopes {
      try workbench.set("x", [x])
      let slope = try workbench.tensor("diff(sum(\(name)(x)), x)").values[0]
      #expect((slope - wanted).magnitude <= 1e-15 || slope == wanted, "\(name)′(\(x)) is \(slope)")
    }
  }

  /// No function of a NaN, nor its slope, is a number.
  @Test(arguments: [
    "exp", "log", "expm1", "log1p", "tanh", "sin", "cos", "erf", "sigmoid", "softplus", "gelu",
    "gelu_tanh", "silu", "sqrt", "erfc", "sinh", "cosh", "sech", "asinh", "atanh", "logcosh",
    "log1mexp", "log2", "log10", "exp2", "asin", "acos", "atan", "acosh", "sinc", "lgamma",
    "digamma",
  ])
  func nanStaysNaN(_ name: String) throws {
    var workbench = Workbench(try compiled("input 1; relu").checkedNetwork())
    try workbench.set("x", [.nan])
    #expect(try workbench.number("sum(\(name)(x))").isNaN)
    #expect(try workbench.tensor("diff(sum(\(name)(x)), x)").values[0].isNaN)
  }

  /// A product of factors of any size is not multiplied in another order than what was written, where that leaves the range
  /// of numbers.
  @Test func productsStayInRange() throws {
    for (expression, wanted) in [
      ("x*silu(x)", 0.0), ("x*(x*exp(x))", 0), ("(a*exp(-abs(x)))*x", 0), ("(b*a)*x", 1e200),
    ] {
      var workbench = Workbench()
      _ = try workbench.enter("x = -1e200; a = -1e200; b = 1e-200")
      #expect(try workbench.number(expression) == wanted, "\(expression)")
    }
  }
}
