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
private func abs(_ x: Formula) -> Formula { .apply("abs", x) }
private func sign(_ x: Formula) -> Formula { .apply("sign", x) }
private func log1p(_ x: Formula) -> Formula { .apply("log1p", x) }
private func expm1(_ x: Formula) -> Formula { .apply("expm1", x) }
private func sigmoid(_ x: Formula) -> Formula { .apply("sigmoid", x) }
private func sinh(_ x: Formula) -> Formula { .apply("sinh", x) }
private func cosh(_ x: Formula) -> Formula { .apply("cosh", x) }
private func softplus(_ x: Formula) -> Formula { .apply("softplus", x) }
private func pow(_ a: Formula, _ b: Formula) -> Formula { .apply("pow", a, b) }
private func equal(_ a: Formula, _ b: Formula) -> Formula { .apply("eq", a, b) }
private func gap(_ a: Formula, _ b: Formula) -> Formula { .apply("gap", a, b) }
private func either(_ a: Formula, _ b: Formula) -> Formula { .apply("or", a, b) }
private func floor(_ x: Formula) -> Formula { .apply("floor", x) }
private func hypot(_ a: Formula, _ b: Formula) -> Formula { .apply("hypot", a, b) }
private func sinc(_ x: Formula) -> Formula { .apply("sinc", x) }
private func both(_ a: Formula, _ b: Formula) -> Formula { .apply("and", a, b) }
private func clamp(_ x: Formula, _ low: Formula, _ high: Formula) -> Formula {
  select(x < low, low, select(x > high, high, x))
}

/// 2u in gelu_tanh x = x·(1 + tanh u)/2.
private let doubled = x * (1.5957691216057308 + 0.07135481627260025 * (x * x))

/// r = 1 − tanh |x|.
private let tanhRest = Formula.apply("tanh_rest", x)

/// q = σ(−|x|): σ(x) is q where x < 0 and 1 − q elsewhere.
private let tail = Formula.apply("sigmoid_tail", x)

/// The table of scalar operations. Subgradients at kinks are PyTorch's.
let operations: [OperationRow] = [
  // Arithmetic
  infix("add", "+", 10, slopes: [1, 1], commutes: true)
    .within { $0[0] + $0[1] }.cheap.common
    .torch("($0 + $1)")
    .reading("sum rule", "(f + g)′ = f′ + g′"),
  infix("sub", "-", 10, slopes: [1, -1], unicode: "−")
    .within { $0[0] - $0[1] }.cheap.common
    .torch("($0 - $1)")
    .reading("difference rule", "(f − g)′ = f′ − g′"),
  infix("mul", "*", 20, slopes: [b, a], unicode: "·", latex: "\\,", commutes: true)
    .within { $0[0] * $0[1] }.cheap.common
    .torch("($0 * $1)")
    .reading("product rule", "(f g)′ = f′ g + f g′"),
  infix("div", "/", 20, slopes: [1 / b, -y / b])
    .within { $0[0] / $0[1] }.costing(4).common
    .torch("($0 / $1)")
    .reading("quotient rule", "(f / g)′ = (f′ g − f g′) / g²"),
  infix(
    "pow", "^", 40,
    slopes: [
      // 0 only where both are: beside it the slope goes on, and its own slopes are right.
      select(.apply("and", equal(a, 0), equal(b, 0)), 0, b * pow(a, b - 1)),
      select(.apply("and", equal(a, 0), 0 <= b), 0, y * log(a)),
    ], right: true, isPublic: true, arithmetic: Arithmetic.pow
  )
  .computed("a^b = 2^(b * log2 a), log2 a as the sum of two numbers.")
  .costing(40)
  .torch("($0 ** $1)"),
  row("neg", slopes: [-1], isPublic: false, notation: .prefix(text: "-", binding: 30))
    .within { -$0[0] }.cheap.common
    .torch("(-$0)")
    .reading("sign rule", "(−f)′ = −f′"),
  row(
    "abs", slopes: [sign(x)], latex: "\\left|$0\\right|",
    mathml: "<mrow><mo>|</mo>$0<mo>|</mo></mrow>"
  )
  .within(0, .infinity).cheap.torch(),
  row("sqrt", slopes: [0.5 / y], latex: "\\sqrt{$0}", mathml: "<msqrt>$0</msqrt>")
    .within { .root($0[0]) }.costing(6).torch(),
  // √x of a sum of squares, which has its least value at 0: the subgradient there is 0.
  row(
    "length", .apply("sqrt", x), slopes: [select(equal(x, 0), 0, 0.5 / y)], latex: "\\sqrt{$0}",
    mathml: "<msqrt>$0</msqrt>", isPublic: false
  )
  .called("sqrt").within { .root($0[0]) }
  .reading("root", "(√f)′ = f′ / (2√f), and 0 where f is"),
  row("square", x * x, slopes: [2 * x], notation: .power(2))
    .within(0, .infinity)
    .torch("($0 ** 2)")
    .reading("power rule", "(fⁿ)′ = n fⁿ⁻¹ f′"),
  row("sign", select(x < 0, -1, select(x > 0, 1, x)), slopes: [0])
    .within(-1, 1).torch(),
  row("detach", x, slopes: [0], notation: .operand)
    .within { $0[0] }.costing(0)
    .torch("torch.as_tensor($0).detach()")
    .reading("held fixed", "detach(f)′ = 0"),
  // What is taken from exponents so that none is large: any number is right, and 0 stands for an infinity, whose
  // difference from itself is no number. x − x is 0 where x is finite.
  row(
    "shift", x, slopes: [0], isPublic: false, notation: .operand,
    arithmetic: { _ in select(equal(x - x, 0), x, 0) }
  )
  .torch("torch.nan_to_num(torch.as_tensor($0).detach(), nan=torch.nan, posinf=0, neginf=0)")
  .reading("held fixed", "detach(f)′ = 0"),

  // Whole numbers: steps, whose slope is 0 wherever they have one
  row(
    "floor", slopes: [0], latex: "\\lfloor $0\\rfloor",
    mathml: "<mrow><mo>⌊</mo>$0<mo>⌋</mo></mrow>", arithmetic: Arithmetic.floor
  )
  .computed(
    "The nearest whole number, less 1 where that is greater: 2^52 is added to |x| and taken away."
  )
  .within { $0[0].rounded(.down) }.costing(8).torch(),
  row(
    "ceil", slopes: [0], latex: "\\lceil $0\\rceil",
    mathml: "<mrow><mo>⌈</mo>$0<mo>⌉</mo></mrow>", arithmetic: Arithmetic.ceil
  )
  .computed(
    "The nearest whole number, plus 1 where that is less: 2^52 is added to |x| and taken away."
  )
  .within { $0[0].rounded(.up) }.costing(8).torch(),
  row("round", slopes: [0], arithmetic: Arithmetic.round)
    .computed("The nearest whole number, of two the even one: 2^52 is added to |x| and taken away.")
    .within { $0[0].rounded(.toNearestOrEven) }.costing(5).torch(),
  row("trunc", slopes: [0], arithmetic: Arithmetic.trunc)
    .computed("The whole number next to x toward 0: 2^52 is added to |x| and taken away.")
    .within { $0[0].rounded(.towardZero) }.costing(7).torch(),
  row(
    "mod", a - b * floor(a / b), slopes: [1, -floor(a / b)], arguments: [("a", nil), ("b", nil)],
    arithmetic: Arithmetic.mod
  )
  .computed(
    "What |a| leaves over |b|, exactly, with the sign of a; plus b where b has the other sign."
  )
  .costing(30)
  .torch("torch.remainder(torch.as_tensor($0), torch.as_tensor($1))"),
  row(
    "clamp",
    .apply("min", .apply("max", x, .symbol("min")), .symbol("max")),
    slopes: [
      select(both(.symbol("min") <= x, x <= .symbol("max")), 1, 0),
      select(both(x < .symbol("min"), .symbol("min") < .symbol("max")), 1, 0),
      select(either(.symbol("max") < x, .symbol("max") < .symbol("min")), 1, 0),
    ], arguments: [("x", nil), ("min", nil), ("max", nil)]
  )
  .within { .smaller(.greater($0[0], $0[1]), $0[2]) }
  .torch("torch.clamp(torch.as_tensor($0), torch.as_tensor($1), torch.as_tensor($2))")
  .reading("bounds", "the derivative of f between its bounds, of the bound beyond"),

  // Comparison and choice: 1 where it holds, else 0
  infix("lt", "<", 5, slopes: [0, 0])
    .within(0, 1).cheap.common
    .torch("torch.as_tensor($0 < $1).to(torch.get_default_dtype())"),
  infix("le", "<=", 5, slopes: [0, 0], unicode: "≤", latex: "\\le")
    .within(0, 1).cheap.common
    .torch("torch.as_tensor($0 <= $1).to(torch.get_default_dtype())"),
  infix("eq", "==", 5, slopes: [0, 0], unicode: "=", latex: "=", commutes: true)
    .within(0, 1).cheap.common
    .torch("torch.as_tensor($0 == $1).to(torch.get_default_dtype())"),
  infix("ne", "!=", 5, slopes: [0, 0], unicode: "≠", latex: "\\ne", commutes: true)
    .within(0, 1).cheap.common
    .torch("torch.as_tensor($0 != $1).to(torch.get_default_dtype())"),
  infix(
    "and", "and", 3, slopes: [0, 0], unicode: "∧", latex: "\\land", commutes: true, isPublic: true
  )
  .common
  .torch("(($0 != 0) & ($1 != 0)).to(torch.get_default_dtype())"),
  infix(
    "or", "or", 2, slopes: [0, 0], unicode: "∨", latex: "\\lor", commutes: true, isPublic: true
  )
  .common
  .torch("(($0 != 0) | ($1 != 0)).to(torch.get_default_dtype())"),
  row("not", slopes: [0], latex: "\\lnot $0")
    .cheap.common
    .torch("($0 == 0).to(torch.get_default_dtype())"),
  row(
    "select", slopes: [0, select(c, 1, 0), select(c, 0, 1)],
    arguments: [("c", nil), ("a", nil), ("b", nil)],
    latex: "\\begin{cases} $1 & $0 \\\\ $2 & \\text{else} \\end{cases}",
    mathml: "<mrow><mo>{</mo><mtable><mtr><mtd>$1</mtd><mtd><mtext>if\u{A0}</mtext>$0</mtd></mtr>"
      + "<mtr><mtd>$2</mtd><mtd><mtext>else</mtext></mtd></mtr></mtable></mrow>", isPublic: false
  )
  .called("where").within { $0[1].union($0[2]) }.common
  .torch("torch.where(torch.as_tensor($0) != 0, torch.as_tensor($1), torch.as_tensor($2))")
  .reading("choice", "the derivative of the branch that is taken"),
  row(
    "max", select(either(a < b, .apply("ne", b, b)), b, a),
    slopes: [
      select(b <= a, select(equal(a, b), 0.5, 1), 0),
      select(a <= b, select(equal(a, b), 0.5, 1), 0),
    ],
    arguments: [("a", nil), ("b", nil)], latex: "\\max($0, $1)", isPublic: false
  )
  .within { .greater($0[0], $0[1]) }
  .torch("torch.maximum(torch.as_tensor($0), torch.as_tensor($1))")
  .reading("maximum", "the derivative of the greater; of equal ones half of each"),
  // As `max`, but of equal ones the first is taken: what pooling is made of.
  row(
    "first_max", select(either(a < b, .apply("ne", b, b)), b, a),
    slopes: [select(b <= a, 1, 0), select(b <= a, 0, 1)],
    arguments: [("a", nil), ("b", nil)], latex: "\\max($0, $1)", isPublic: false
  )
  .called("max").within { .greater($0[0], $0[1]) }
  .torch("torch.where(torch.as_tensor($1 <= $0), $0, $1)")
  .reading("maximum", "the derivative of the greater; of equal ones that of the first"),
  row(
    "min", select(either(b < a, .apply("ne", b, b)), b, a),
    slopes: [
      select(a <= b, select(equal(a, b), 0.5, 1), 0),
      select(b <= a, select(equal(a, b), 0.5, 1), 0),
    ],
    arguments: [("a", nil), ("b", nil)], latex: "\\min($0, $1)", isPublic: false
  )
  .within { .smaller($0[0], $0[1]) }
  .torch("torch.minimum(torch.as_tensor($0), torch.as_tensor($1))")
  .reading("minimum", "the derivative of the smaller; of equal ones half of each"),

  // Transcendental functions
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
  row("tan", sin(x) / cos(x), slopes: [1 + y * y], latex: "\\tan($0)")
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
    "1 - erf x near 0; elsewhere 2 (1 - Phi(a)) with a = sqrt(2) |x|, of which -x^2 is taken exactly."
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

  // Hyperbolic functions, and logarithms of what cancels
  // With p = e^(x/2) − 1 and q = e^(−x/2) − 1, sinh x = 2·sinh(x/2)·cosh(x/2): no term cancels, none overflows early.
  row(
    "sinh", 0.5 * exp(x) - 0.5 * exp(-x), slopes: [cosh(x)], latex: "\\sinh($0)",
    arithmetic: { _ in
      let (p, q) = (expm1(0.5 * x), expm1(-(0.5 * x)))
      return (p - q) * (0.5 * (p + q) + 1)
    }
  )
  .computed("sinh x = (p - q) * ((p + q) / 2 + 1) with p = e^(x/2) - 1, q = e^(-x/2) - 1.")
  .torch(),
  row(
    "cosh", 0.5 * exp(x) + 0.5 * exp(-x), slopes: [sinh(x)], latex: "\\cosh($0)",
    arithmetic: { _ in
      let e = exp(0.5 * abs(x))
      // By way of bits, so that ½·e comes first wherever this is written out.
      return Arithmetic.real(Arithmetic.bits(0.5 * e)) * e + 0.5 / (e * e)
    }
  )
  .computed("cosh x = e^2 / 2 + 1 / (2 e^2) with e = e^(|x|/2).")
  .within(1, .infinity).torch(),
  row(
    "sech", 1 / cosh(x), slopes: [-y * tanh(x)],
    arithmetic: { _ in
      let e = exp(-abs(x))
      return 2 * e / (1 + e * e)
    }
  )
  .computed("1 / cosh x = 2 e / (1 + e^2) with e = e^-|x|.")
  .within(0, 1),
  row(
    "asinh", log(x + sqrt(x * x + 1)), slopes: [1 / sqrt(x * x + 1)],
    latex: "\\operatorname{arsinh}($0)",
    arithmetic: { _ in
      let (a, r) = (abs(x), 1 / abs(x))
      // 1 and the root's 1 do not count beside 2^60, and 2a may be out of range.
      let isFar = 0x1p60 < a
      let near = a + a / (r + sqrt(1 + r * r))
      return sign(x) * (log1p(select(isFar, a, near)) + select(isFar, 0.6931471805599453, 0))
    }
  )
  .computed(
    "asinh a = ln(1 + a + a / (1/a + sqrt(1 + 1/a^2))) with a = |x|, ln a + ln 2 far out; then the sign."
  )
  .torch(),
  row(
    "acosh", log(x + sqrt(x * x - 1)), slopes: [1 / (sqrt(x - 1) * sqrt(x + 1))],
    latex: "\\operatorname{arcosh}($0)",
    arithmetic: { _ in
      // 1 does not count beside 2^60, and 2x may be out of range.
      let (t, isFar) = (x - 1, 0x1p60 < x)
      let near = select(x < 1, Arithmetic.notANumber, t + sqrt(2 * t + t * t))
      return log1p(select(isFar, x, near)) + select(isFar, 0.6931471805599453, 0)
    }
  )
  .computed("acosh x = ln(1 + t + sqrt(2 t + t^2)) with t = x - 1, ln x + ln 2 far out.")
  .torch(),
  row(
    "atanh", 0.5 * log((1 + x) / (1 - x)), slopes: [1 / (1 - x * x)],
    latex: "\\operatorname{artanh}($0)",
    arithmetic: { _ in sign(x) * (0.5 * log1p(2 * abs(x) / (1 - abs(x)))) }
  )
  .computed("atanh a = ln(1 + 2 a / (1 - a)) / 2 with a = |x|; then the sign.")
  .torch(),
  row(
    "log1mexp", log(1 - exp(x)), slopes: [exp(x) / expm1(x)],
    arithmetic: { _ in select(-0.6931471805599453 < x, log(-expm1(x)), log1p(-exp(x))) }
  )
  .computed("ln(1 - e^x) as ln(-(e^x - 1)) near 0, as ln(1 + -(e^x)) elsewhere."),
  row(
    "logcosh", log(cosh(x)), slopes: [tanh(x)], arithmetic: Arithmetic.logcosh
  )
  .computed("x^2 / 2 + x^4 P(x^2) near 0, |x| - ln 2 + ln(1 + e^(-2|x|)) elsewhere.")
  .within(0, .infinity),
  // The slope of tanh for the machine, computed together with tanh: where that is near 1 the difference cancels. From
  // r = 1 − tanh |x| it is r·(2 − r), where nothing does.
  row(
    "tanh_slope", 1 - .symbol("tanh") * .symbol("tanh"), arguments: [("x", nil), ("tanh", nil)],
    isPublic: false, arithmetic: { _ in tanhRest * (2 - tanhRest) }
  )
  .within {
    Interval(low: -1, high: 1).contains($0[1])
      ? Interval(low: 0, high: 1, isNumber: false) : .everything
  }
  .costing(2),
  row(
    "tanh_rest", 2 / (1 + exp(2 * abs(x))), isPublic: false, arithmetic: Arithmetic.tanhRest
  )
  .computed("1 - tanh a = 2 / (1 + e^(2a)) with a = |x|.")
  .within(0, 1).costing(20),
  row(
    "tanh_from_rest", sign(x) * (1 - .symbol("rest")), arguments: [("x", nil), ("rest", nil)],
    isPublic: false, arithmetic: { Arithmetic.tanh($0, rest: .symbol("rest")) }
  )
  .computed("tanh a = 1 - rest with a = |x|, a polynomial near 0; then the sign.")
  .within {
    Interval(low: 0, high: 1).contains($0[1])
      ? Interval(low: -1, high: 1, isNumber: false) : .everything
  }
  .costing(8),

  // Activations
  row(
    "sigmoid", 1 / (1 + exp(-x)), slopes: [y * (1 - y)], latex: "\\sigma($0)",
    mathml: "<mrow><mi>σ</mi><mo>&#x2061;</mo><mrow><mo>(</mo>$0<mo>)</mo></mrow></mrow>",
    arithmetic: Arithmetic.sigmoid, fusedArithmetic: Arithmetic.fusedSigmoid
  )
  .within(0, 1).shared(select(x < 0, tail, 1 - tail)).torch().drawn(),
  row(
    "sigmoid_tail", 1 / (1 + exp(abs(x))), isPublic: false, arithmetic: Arithmetic.sigmoidTail,
    fusedArithmetic: Arithmetic.fusedSigmoidTail
  )
  .computed("1 / (1 + e^|x|): the smaller of sigmoid(x) and 1 - sigmoid(x).")
  .within(0, 1).costing(20),
  row(
    "logsigmoid", log(sigmoid(x)), slopes: [sigmoid(-x)], latex: "\\ln\\sigma($0)",
    arithmetic: { _ in -softplus(-x) }
  )
  .computed("ln sigmoid(x) = -(max(-x, 0) + ln(1 + e^-|x|)).")
  .within(-.infinity, 0).torch(in: "torch.nn.functional").drawn(),
  row(
    "softplus", log(1 + exp(x)), slopes: [sigmoid(x)],
    arithmetic: { _ in select(x < 0, 0, x) + log1p(exp(-abs(x))) }
  )
  .computed("ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|).")
  .within(0, .infinity).torch(in: "torch.nn.functional").drawn(),
  // a − b, and 0 where both are the same infinity.
  row(
    "gap", a - b, slopes: [1, -1], arguments: [("a", nil), ("b", nil)], isPublic: false,
    notation: .infix(text: "-", unicode: "−", latex: "-", binding: 10, right: false),
    arithmetic: { _ in select(equal(a, b), 0, a - b) }),
  // a·b, and 0 where a is: what has no weight counts for nothing, whatever it is.
  row(
    "weigh", a * b, slopes: [b, a], arguments: [("a", nil), ("b", nil)], isPublic: false,
    notation: .infix(text: "*", unicode: "·", latex: "\\,", binding: 20, right: false),
    arithmetic: { _ in select(equal(a, 0), 0, a * b) }
  )
  .torch("($0 * $1)")
  .reading("product rule", "(f g)′ = f′ g + f g′"),
  // The slopes are smooth, as the function is.
  row(
    "logaddexp", log(exp(a) + exp(b)), slopes: [sigmoid(gap(a, b)), sigmoid(gap(b, a))],
    arguments: [("a", nil), ("b", nil)],
    arithmetic: { _ in .apply("max", a, b) + log1p(exp(-abs(gap(a, b)))) }
  )
  .torch(),
  row("relu", select(x <= 0, 0, x), slopes: [select(x <= 0, 0, 1)])
    .within(0, .infinity).torch(in: "torch.nn.functional").drawn(),
  row("relu6", clamp(x, 0, 6), slopes: [select(either(x <= 0, 6 <= x), 0, 1)])
    .within(0, 6).torch(in: "torch.nn.functional").drawn(),
  row(
    "leaky_relu", select(x > 0, x, .symbol("slope") * x),
    slopes: [select(x > 0, 1, .symbol("slope")), select(x > 0, 0, x)],
    arguments: [("x", nil), ("slope", 0.01)]
  )
  .torch(in: "torch.nn.functional").drawn("slope=0.2"),
  row(
    "elu", select(x <= 0, .symbol("alpha") * expm1(x), x),
    slopes: [select(x <= 0, .symbol("alpha") * exp(x), 1), select(x <= 0, expm1(x), 0)],
    arguments: [("x", nil), ("alpha", 1)]
  )
  .torch(in: "torch.nn.functional").drawn("alpha=0.7"),
  row(
    "selu", select(x <= 0, 1.7580993408473766 * expm1(x), 1.0507009873554805 * x),
    slopes: [select(x <= 0, 1.7580993408473766 * exp(x), 1.0507009873554805)]
  )
  .torch(in: "torch.nn.functional").drawn(),
  row(
    "gelu", 0.5 * x * (1 + erf(x * 0.7071067811865476)),
    slopes: [
      0.5 * (1 + erf(x * 0.7071067811865476)) + x * (0.3989422804014327 * exp(-0.5 * (x * x)))
    ], arithmetic: Arithmetic.gelu
  )
  .computed("x * Phi(x), Phi the normal distribution, without cancellation in its left tail.")
  .torch(in: "torch.nn.functional").drawn(),
  // (1 + tanh u)/2 = σ(2u) does not cancel left of 0. Its slope is 0 or 1 long before x² = 1024, where x² is held so that
  // no infinity meets the 0.
  row(
    "gelu_tanh", 0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * (x * x * x)))),
    slopes: [
      sigmoid(doubled) + y * (1 - sigmoid(doubled))
        * (1.5957691216057308 + 0.21406444881780076 * select(x * x < 1024, x * x, 1024))
    ], arithmetic: { _ in x * sigmoid(doubled) }
  )
  .torch("torch.nn.functional.gelu($0, approximate=\"tanh\")").drawn(),
  row("silu", x * sigmoid(x), slopes: [sigmoid(x) + y * (1 - sigmoid(x))])
    .torch(in: "torch.nn.functional").drawn(),
  row("mish", x * tanh(softplus(x)))
    .torch(in: "torch.nn.functional").drawn(),
  row("softsign", x / (1 + abs(x)), slopes: [1 / ((1 + abs(x)) * (1 + abs(x)))])
    .torch(in: "torch.nn.functional").drawn(),
  row(
    "hardtanh", clamp(x, .symbol("min"), .symbol("max")),
    slopes: [
      select(either(x <= .symbol("min"), .symbol("max") <= x), 0, 1),
      select(x < .symbol("min"), 1, 0), select(.symbol("max") < x, 1, 0),
    ], arguments: [("x", nil), ("min", -1), ("max", 1)]
  )
  .torch(in: "torch.nn.functional").drawn(),
  row(
    "hardsigmoid", clamp(x + 3, 0, 6) / 6,
    slopes: [select(either(x <= -3, 3 <= x), 0, 0.16666666666666666)]
  )
  .within(0, 1).torch(in: "torch.nn.functional").drawn(),
  row(
    "hardswish", x * clamp(x + 3, 0, 6) / 6,
    slopes: [select(x <= -3, 0, select(x < 3, x / 3 + 0.5, 1))]
  )
  .torch(in: "torch.nn.functional").drawn(),
]
