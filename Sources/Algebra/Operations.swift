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
private func abs(_ x: Formula) -> Formula { .apply("abs", x) }
private func sign(_ x: Formula) -> Formula { .apply("sign", x) }
private func log1p(_ x: Formula) -> Formula { .apply("log1p", x) }
private func expm1(_ x: Formula) -> Formula { .apply("expm1", x) }
private func sigmoid(_ x: Formula) -> Formula { .apply("sigmoid", x) }
private func softplus(_ x: Formula) -> Formula { .apply("softplus", x) }
private func pow(_ a: Formula, _ b: Formula) -> Formula { .apply("pow", a, b) }
private func equal(_ a: Formula, _ b: Formula) -> Formula { .apply("eq", a, b) }
private func either(_ a: Formula, _ b: Formula) -> Formula { .apply("or", a, b) }
private func clamp(_ x: Formula, _ low: Formula, _ high: Formula) -> Formula {
  select(x < low, low, select(x > high, high, x))
}

/// 2u in gelu_tanh x = x·(1 + tanh u)/2.
private let doubled = x * (1.5957691216057308 + 0.07135481627260025 * (x * x))

private func infix(
  _ name: String, _ sign: String, _ binding: Int, slopes: [Formula], unicode: String? = nil,
  latex: String? = nil, right: Bool = false, commutes: Bool = false, isPublic: Bool = false,
  arithmetic: (@Sendable (Precision) -> Formula)? = nil
) -> OperationRow {
  let notation = Notation.infix(
    text: sign, unicode: unicode ?? sign, latex: latex ?? sign, binding: binding, right: right)
  return OperationRow(
    name: name, arguments: [.init(name: "a", standard: nil), .init(name: "b", standard: nil)],
    definition: nil, slopes: slopes, arithmetic: arithmetic, fusedArithmetic: nil,
    notation: notation, isPublic: isPublic, commutes: commutes)
}

private func row(
  _ name: String, _ definition: Formula? = nil, slopes: [Formula]? = nil,
  arguments: [(String, Double?)] = [("x", nil)], latex: String? = nil, mathml: String? = nil,
  isPublic: Bool = true, notation: Notation? = nil,
  arithmetic: (@Sendable (Precision) -> Formula)? = nil,
  fusedArithmetic: (@Sendable (Precision) -> Formula)? = nil
) -> OperationRow {
  let spelled = arguments.indices.map { "$\($0)" }.joined(separator: ", ")
  let operatorName = name.split(separator: "_").joined(separator: "\\_")
  let call = Notation.call(
    latex: latex ?? "\\operatorname{\(operatorName)}(\(spelled))", mathml: mathml)
  return OperationRow(
    name: name, arguments: arguments.map { .init(name: $0, standard: $1) },
    definition: definition, slopes: slopes, arithmetic: arithmetic,
    fusedArithmetic: fusedArithmetic, notation: notation ?? call, isPublic: isPublic,
    commutes: false)
}

/// The table of scalar operations. Subgradients at kinks are PyTorch's.
let operations: [OperationRow] = [
  // Arithmetic
  infix("add", "+", 10, slopes: [1, 1], commutes: true),
  infix("sub", "-", 10, slopes: [1, -1], unicode: "−"),
  infix("mul", "*", 20, slopes: [b, a], unicode: "·", latex: "\\,", commutes: true),
  infix("div", "/", 20, slopes: [1 / b, -y / b]),
  infix(
    "pow", "^", 40,
    slopes: [
      select(equal(b, 0), 0, b * pow(a, b - 1)),
      select(.apply("and", equal(a, 0), 0 <= b), 0, y * log(a)),
    ], right: true, isPublic: true, arithmetic: Arithmetic.pow),
  row("neg", slopes: [-1], isPublic: false, notation: .prefix(text: "-", binding: 30)),
  row(
    "abs", slopes: [sign(x)], latex: "\\left|$0\\right|",
    mathml: "<mrow><mo>|</mo>$0<mo>|</mo></mrow>"),
  row("sqrt", slopes: [0.5 / y], latex: "\\sqrt{$0}", mathml: "<msqrt>$0</msqrt>"),
  row("square", x * x, slopes: [2 * x], notation: .power(2)),
  row("sign", select(x < 0, -1, select(x > 0, 1, x)), slopes: [0]),
  row("detach", x, slopes: [0]),

  // Comparison and choice: 1 where it holds, else 0
  infix("lt", "<", 5, slopes: [0, 0]),
  infix("le", "<=", 5, slopes: [0, 0], unicode: "≤", latex: "\\le"),
  infix("eq", "==", 5, slopes: [0, 0], unicode: "=", latex: "=", commutes: true),
  infix("ne", "!=", 5, slopes: [0, 0], unicode: "≠", latex: "\\ne", commutes: true),
  infix(
    "and", "and", 3, slopes: [0, 0], unicode: "∧", latex: "\\land", commutes: true, isPublic: true),
  infix(
    "or", "or", 2, slopes: [0, 0], unicode: "∨", latex: "\\lor", commutes: true, isPublic: true),
  row("not", slopes: [0], latex: "\\lnot $0"),
  row(
    "select", slopes: [0, select(c, 1, 0), select(c, 0, 1)],
    arguments: [("c", nil), ("a", nil), ("b", nil)],
    latex: "\\begin{cases} $1 & $0 \\\\ $2 & \\text{else} \\end{cases}",
    mathml: "<mrow><mo>{</mo><mtable><mtr><mtd>$1</mtd><mtd><mtext>if </mtext>$0</mtd></mtr>"
      + "<mtr><mtd>$2</mtd><mtd><mtext>else</mtext></mtd></mtr></mtable></mrow>", isPublic: false),
  row(
    "max", select(either(a < b, .apply("ne", b, b)), b, a),
    slopes: [
      select(equal(a, b), 0.5, select(b < a, 1, 0)), select(equal(a, b), 0.5, select(a < b, 1, 0)),
    ],
    arguments: [("a", nil), ("b", nil)], latex: "\\max($0, $1)", isPublic: false),
  row(
    "min", select(either(b < a, .apply("ne", b, b)), b, a),
    slopes: [
      select(equal(a, b), 0.5, select(a < b, 1, 0)), select(equal(a, b), 0.5, select(b < a, 1, 0)),
    ],
    arguments: [("a", nil), ("b", nil)], latex: "\\min($0, $1)", isPublic: false),

  // Transcendental functions
  row(
    "exp", slopes: [y], latex: "e^{$0}", mathml: "<msup><mi>e</mi>$0</msup>",
    arithmetic: Arithmetic.exp),
  row(
    "log", slopes: [1 / x], latex: "\\ln($0)",
    mathml: "<mrow><mi>ln</mi><mo>&#x2061;</mo><mrow><mo>(</mo>$0<mo>)</mo></mrow></mrow>",
    arithmetic: Arithmetic.log),
  row("expm1", slopes: [exp(x)], arithmetic: Arithmetic.expm1),
  row("log1p", slopes: [1 / (1 + x)], arithmetic: Arithmetic.log1p),
  row("sin", slopes: [cos(x)], latex: "\\sin($0)", arithmetic: Arithmetic.sin),
  row("cos", slopes: [-sin(x)], latex: "\\cos($0)", arithmetic: Arithmetic.cos),
  row("tan", sin(x) / cos(x), slopes: [1 + y * y], latex: "\\tan($0)"),
  row("tanh", slopes: [1 - y * y], latex: "\\tanh($0)", arithmetic: Arithmetic.tanh),
  row(
    "erf", slopes: [1.1283791670955126 * exp(-(x * x))], latex: "\\operatorname{erf}($0)",
    arithmetic: Arithmetic.erf),

  // Activations
  row(
    "sigmoid", 1 / (1 + exp(-x)), slopes: [y * (1 - y)], latex: "\\sigma($0)",
    mathml: "<mrow><mi>σ</mi><mo>&#x2061;</mo><mrow><mo>(</mo>$0<mo>)</mo></mrow></mrow>",
    arithmetic: Arithmetic.sigmoid, fusedArithmetic: Arithmetic.fusedSigmoid),
  row(
    "sigmoid_tail", 1 / (1 + exp(abs(x))), isPublic: false, arithmetic: Arithmetic.sigmoidTail,
    fusedArithmetic: Arithmetic.fusedSigmoidTail),
  row(
    "logsigmoid", log(sigmoid(x)), slopes: [sigmoid(-x)], latex: "\\ln\\sigma($0)",
    arithmetic: { _ in -softplus(-x) }),
  row(
    "softplus", log(1 + exp(x)), slopes: [sigmoid(x)],
    arithmetic: { _ in select(x < 0, 0, x) + log1p(exp(-abs(x))) }),
  row("relu", select(x <= 0, 0, x), slopes: [select(x <= 0, 0, 1)]),
  row("relu6", clamp(x, 0, 6), slopes: [select(either(x <= 0, 6 <= x), 0, 1)]),
  row(
    "leaky_relu", select(x > 0, x, .symbol("slope") * x),
    slopes: [select(x > 0, 1, .symbol("slope")), select(x > 0, 0, x)],
    arguments: [("x", nil), ("slope", 0.01)]),
  row(
    "elu", select(x <= 0, .symbol("alpha") * expm1(x), x),
    slopes: [select(x <= 0, .symbol("alpha") * exp(x), 1), select(x <= 0, expm1(x), 0)],
    arguments: [("x", nil), ("alpha", 1)]),
  row(
    "selu", select(x <= 0, 1.7580993408473766 * expm1(x), 1.0507009873554805 * x),
    slopes: [select(x <= 0, 1.7580993408473766 * exp(x), 1.0507009873554805)]),
  row(
    "gelu", 0.5 * x * (1 + erf(x * 0.7071067811865476)),
    slopes: [
      0.5 * (1 + erf(x * 0.7071067811865476)) + x * (0.3989422804014327 * exp(-0.5 * (x * x)))
    ], arithmetic: Arithmetic.gelu),
  // (1 + tanh u)/2 = σ(2u) does not cancel left of 0. Its slope is 0 or 1 long before x² = 1024, where x² is held so that
  // no infinity meets the 0.
  row(
    "gelu_tanh", 0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * (x * x * x)))),
    slopes: [
      sigmoid(doubled) + y * (1 - sigmoid(doubled))
        * (1.5957691216057308 + 0.21406444881780076 * select(x * x < 1024, x * x, 1024))
    ], arithmetic: { _ in x * sigmoid(doubled) }),
  row("silu", x * sigmoid(x), slopes: [sigmoid(x) + y * (1 - sigmoid(x))]),
  row("mish", x * tanh(softplus(x))),
  row("softsign", x / (1 + abs(x)), slopes: [1 / ((1 + abs(x)) * (1 + abs(x)))]),
  row(
    "hardtanh", clamp(x, .symbol("min"), .symbol("max")),
    slopes: [
      select(either(x <= .symbol("min"), .symbol("max") <= x), 0, 1),
      select(x < .symbol("min"), 1, 0), select(.symbol("max") < x, 1, 0),
    ], arguments: [("x", nil), ("min", -1), ("max", 1)]),
  row(
    "hardsigmoid", clamp(x + 3, 0, 6) / 6,
    slopes: [select(either(x <= -3, 3 <= x), 0, 0.16666666666666666)]),
  row(
    "hardswish", x * clamp(x + 3, 0, 6) / 6,
    slopes: [select(x <= -3, 0, select(x < 3, x / 3 + 0.5, 1))]),
]
