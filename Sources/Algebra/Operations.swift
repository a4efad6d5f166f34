private let a: Formula = "a"
private let b: Formula = "b"
private let c: Formula = "c"
private let x: Formula = "x"
private let y: Formula = "y"

private func log(_ x: Formula) -> Formula { .apply("log", x) }
private func sqrt(_ x: Formula) -> Formula { .apply("sqrt", x) }
private func sign(_ x: Formula) -> Formula { .apply("sign", x) }
private func pow(_ a: Formula, _ b: Formula) -> Formula { .apply("pow", a, b) }
private func equal(_ a: Formula, _ b: Formula) -> Formula { .apply("eq", a, b) }
private func either(_ a: Formula, _ b: Formula) -> Formula { .apply("or", a, b) }
private func floor(_ x: Formula) -> Formula { .apply("floor", x) }
private func both(_ a: Formula, _ b: Formula) -> Formula { .apply("and", a, b) }

/// The table of scalar operations. Subgradients at kinks are PyTorch's.
let operations: [OperationRow] =
  arithmetic + elementaryFunctions + hyperbolicFunctions + activations

/// Arithmetic, comparison and choice.
private let arithmetic: [OperationRow] = [
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
]
