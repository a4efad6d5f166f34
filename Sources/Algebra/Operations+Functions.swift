private let a: Formula = "a"
private let b: Formula = "b"
private let c: Formula = "c"
private let x: Formula = "x"
private let y: Formula = "y"

private func exp(_ x: Formula) -> Formula { .apply("exp", x) }
private func log(_ x: Formula) -> Formula { .apply("log", x) }
private func sin(_ x: Formula) -> Formula { .apply("sin", x) }
private func cos(_ x: Formula) -> Formula { .apply("cos", x) }
private func tanh(_ x: Formula) -> Formula { .apply("tanh", x) }
private func erf(_ x: Formula) -> Formula { .apply("erf", x) }
private func sqrt(_ x: Formula) -> Formula { .apply("sqrt", x) }
private func pow(_ a: Formula, _ b: Formula) -> Formula { .apply("pow", a, b) }
private func equal(_ a: Formula, _ b: Formula) -> Formula { .apply("eq", a, b) }
private func hypot(_ a: Formula, _ b: Formula) -> Formula { .apply("hypot", a, b) }
private func sinc(_ x: Formula) -> Formula { .apply("sinc", x) }

/// r = 1 − tanh |x|.
private let tanhRest = Formula.apply("tanh_rest", x)

/// Exponentials, logarithms, angles and the gamma function.
let elementaryFunctions: [OperationRow] = [
  row(
    "exp", slopes: [y], latex: "e^{$0}", mathml: "<msup><mi>e</mi>$0</msup>",
    arithmetic: Arithmetic.exp
  )
  .computed("e^x = 2^n * e^r, where x = n * ln 2 + r and |r| <= ln 2 / 2.")
  .within { .exponential($0[0]) }.torch(),
  row(
    "log", slopes: [1 / x], latex: "\\ln($0)",
    mathml: "<mrow><mi>ln</mi><mo>&#x2061;</mo><mrow><mo>(</mo>$0<mo>)</mo></mrow></mrow>",
    arithmetic: Arithmetic.log
  )
  .computed("ln x = k * ln 2 + ln m, where x = 2^k * m and m lies between sqrt(1/2) and sqrt(2).")
  .undoing("exp").torch(),
  row("expm1", slopes: [exp(x)], arithmetic: Arithmetic.expm1)
    .computed("e^x - 1 = (2^n * p + 2^n) - 1, where x = n * ln 2 + r and p = e^r - 1.")
    .torch(),
  row("log1p", slopes: [1 / (1 + x)], arithmetic: Arithmetic.log1p)
    .computed("ln(1 + x) as ln m + k * ln 2, where 1 + x = 2^k * m, its rounding made up for.")
    .torch(),
  row("sin", slopes: [cos(x)], latex: "\\sin($0)", arithmetic: Arithmetic.sin)
    .computed("sin r or cos r with a sign, where x = n * pi / 2 + r and |r| <= pi / 4.")
    .within(-1, 1).ofFinite.torch().drawn(),
  row("cos", slopes: [-sin(x)], latex: "\\cos($0)", arithmetic: Arithmetic.cos)
    .computed("cos r or sin r with a sign, where x = n * pi / 2 + r and |r| <= pi / 4.")
    .within(-1, 1).ofFinite.torch().drawn(),
  row(
    "tan", sin(x) / cos(x), slopes: [1 + y * y], latex: "\\tan($0)", arithmetic: Arithmetic.tan
  )
  .computed(
    "sin r/cos r or -cos r/sin r, where x = n * pi / 2 + r, the roundings of both made up for."
  )
  .torch(),
  row("tanh", slopes: [1 - y * y], latex: "\\tanh($0)", arithmetic: Arithmetic.tanh)
    .computed("tanh a = 1 - 2 / (1 + e^(2a)) with a = |x|, a polynomial near 0; then the sign.")
    .within(-1, 1).beside(.apply("tanh_from_rest", x, tanhRest)).torch().drawn(),
  row(
    "erf", slopes: [1.1283791670955126 * exp(-(x * x))], latex: "\\operatorname{erf}($0)",
    arithmetic: Arithmetic.erf
  )
  .computed("erf x = x + x * P(x^2) for |x| < 1, else 1 - 2^L(|x| - 1) with the sign of x.")
  .within(-1, 1).torch(),
  row(
    "erfc", 1 - erf(x), slopes: [-1.1283791670955126 * exp(-(x * x))],
    latex: "\\operatorname{erfc}($0)", arithmetic: Arithmetic.erfc
  )
  .computed(
    "1 - erf x near 0; elsewhere P e^(-x^2) / x for |x|, or 2 less that; -x^2 is taken exactly."
  )
  .within(0, 2).torch(),

  // Logarithms and powers to other bases
  row(
    "log2", 1.4426950408889634 * log(x), slopes: [1.4426950408889634 / x], latex: "\\log_2($0)",
    arithmetic: Arithmetic.log2
  )
  .computed("log2 x as the sum of two numbers, rounded once.")
  .undoing("exp2").costing(30).torch(),
  row(
    "log10", 0.4342944819032518 * log(x), slopes: [0.4342944819032518 / x],
    latex: "\\log_{10}($0)", arithmetic: Arithmetic.log10
  )
  .computed("log10 x = log2 x * log10 2, both as the sum of two numbers.")
  .costing(35).torch(),
  row(
    "exp2", pow(2, x), slopes: [0.6931471805599453 * y], latex: "2^{$0}",
    mathml: "<msup><mn>2</mn>$0</msup>", arithmetic: Arithmetic.exp2
  )
  .computed("2^x = 2^n * 2^f, where x = n + f and |f| <= 1/2.")
  .within { .exponential($0[0]) }.torch(),

  // Angles and lengths
  row("asin", slopes: [1 / sqrt(1 - x * x)], latex: "\\arcsin($0)", arithmetic: Arithmetic.asin)
    .computed("asin a near 0; pi/2 - 2 asin(s) with s = sqrt((1 - a)/2) elsewhere; then the sign.")
    .within { _ in
      Interval(low: -1.5707963267948966, high: 1.5707963267948966, isNumber: false)
    }
    .torch(),
  row("acos", slopes: [-1 / sqrt(1 - x * x)], latex: "\\arccos($0)", arithmetic: Arithmetic.acos)
    .computed(
      "pi/2 - asin x near 0; 2 asin(s) with s = sqrt((1 - a)/2) elsewhere, or pi less that."
    )
    .within { _ in Interval(low: 0, high: 3.141592653589793, isNumber: false) }
    .torch(),
  row("atan", slopes: [1 / (1 + x * x)], latex: "\\arctan($0)", arithmetic: Arithmetic.atan)
    .computed(
      "atan c + atan((a - c)/(1 + c a)) with a = |x| and the nearest of five c; then the sign."
    )
    .within(-1.5707963267948966, 1.5707963267948966).torch().drawn(),
  // At the origin the slopes are PyTorch's.
  row(
    "atan2",
    slopes: [
      select(equal(hypot(a, b), 0), 0, b / hypot(a, b) / hypot(a, b)),
      select(equal(hypot(a, b), 0), 0, -(a / hypot(a, b) / hypot(a, b))),
    ], arguments: [("a", nil), ("b", nil)], latex: "\\operatorname{atan2}($0, $1)",
    arithmetic: Arithmetic.atan2
  )
  .computed("The angle of the point (b, a): atan(a/b) and the quadrant.")
  .within(-3.141592653589793, 3.141592653589793)
  .torch("torch.atan2(torch.as_tensor($0), torch.as_tensor($1))"),
  // At the origin, where it has its least value, the subgradient is 0.
  row(
    "hypot", sqrt(a * a + b * b),
    slopes: [select(equal(y, 0), 0, a / y), select(equal(y, 0), 0, b / y)],
    arguments: [("a", nil), ("b", nil)], latex: "\\sqrt{\\left($0\\right)^2 + \\left($1\\right)^2}",
    mathml: "<msqrt><mrow><msup><mrow><mo>(</mo>$0<mo>)</mo></mrow><mn>2</mn></msup><mo>+</mo>"
      + "<msup><mrow><mo>(</mo>$1<mo>)</mo></mrow><mn>2</mn></msup></mrow></msqrt>",
    arithmetic: Arithmetic.hypot
  )
  .computed("sqrt(a^2 + b^2), both scaled by a power of two where a square would leave the range.")
  .within { .length($0[0], $0[1]) }.costing(20)
  .torch("torch.hypot(torch.as_tensor($0), torch.as_tensor($1))"),
  row(
    "sinc", select(equal(x, 0), 1, sin(3.141592653589793 * x) / (3.141592653589793 * x)),
    slopes: [.apply("sinc_slope", x)], arithmetic: Arithmetic.sinc
  )
  .computed("sin(pi x)/(pi x), pi times what x has over half turns; 1 at 0.")
  .within(-0.25, 1).ofFinite.torch().drawn(),
  // sinc″ = −π²·sinc − 2·sinc′/x, of which the last term tends to −2/3·π² of the first at 0.
  row(
    "sinc_slope",
    select(equal(x, 0), 0, (cos(3.141592653589793 * x) - sinc(x)) / x),
    slopes: [
      select(
        equal(x, 0), -3.289868133696453, -(9.869604401089358 * sinc(x)) - 2 * (y / x))
    ], arithmetic: Arithmetic.sincSlope
  )
  .computed("The derivative of sinc: (cos(pi x) - sinc x)/x, a polynomial near 0.")
  .within(-1.5, 1.5).ofFinite,

  // The gamma function
  row(
    "lgamma", slopes: [.apply("digamma", x)], latex: "\\ln\\left|\\Gamma($0)\\right|",
    arithmetic: Arithmetic.lgamma
  )
  .computed("ln |Gamma(x)|: (v - 1)(v - 2) Q(v) for 1 <= v <= 3, steps by one, Stirling's series.")
  .costing(100).torch(),
  row(
    "digamma", slopes: [.apply("polygamma", 1, x)], latex: "\\psi($0)",
    arithmetic: Arithmetic.digamma
  )
  .computed(
    "psi(x): (v - root) P(v) for 1 <= v <= 3, steps by one, the series of ln x - 1/(2x) beyond."
  )
  .costing(100).torch(),
  row(
    "polygamma", slopes: [0, .apply("polygamma", .symbol("n") + 1, x)],
    arguments: [("n", nil), ("x", nil)], latex: "\\psi^{($0)}($1)",
    arithmetic: Arithmetic.polygamma
  )
  .computed(
    "The n-th derivative of psi: (-1)^(n+1) n! zeta(n + 1, x) by the sum of Euler and Maclaurin."
  )
  .costing(600).torch("torch.polygamma(int($0), torch.as_tensor($1))"),
]
