private let a: Formula = "a"
private let b: Formula = "b"
private let x: Formula = "x"
private let y: Formula = "y"

private func exp(_ x: Formula) -> Formula { .apply("exp", x) }
private func log(_ x: Formula) -> Formula { .apply("log", x) }
private func tanh(_ x: Formula) -> Formula { .apply("tanh", x) }
private func erf(_ x: Formula) -> Formula { .apply("erf", x) }
private func abs(_ x: Formula) -> Formula { .apply("abs", x) }
private func log1p(_ x: Formula) -> Formula { .apply("log1p", x) }
private func expm1(_ x: Formula) -> Formula { .apply("expm1", x) }
private func sigmoid(_ x: Formula) -> Formula { .apply("sigmoid", x) }
private func softplus(_ x: Formula) -> Formula { .apply("softplus", x) }
private func equal(_ a: Formula, _ b: Formula) -> Formula { .apply("eq", a, b) }
private func gap(_ a: Formula, _ b: Formula) -> Formula { .apply("gap", a, b) }
private func either(_ a: Formula, _ b: Formula) -> Formula { .apply("or", a, b) }
private func clamp(_ x: Formula, _ low: Formula, _ high: Formula) -> Formula {
  select(x < low, low, select(x > high, high, x))
}

/// 2u in gelu_tanh x = x·(1 + tanh u)/2.
private let doubled = x * (1.5957691216057308 + 0.07135481627260025 * (x * x))

/// q = σ(−|x|): σ(x) is q where x < 0 and 1 − q elsewhere.
private let tail = Formula.apply("sigmoid_tail", x)

/// Activations, and what losses are made of.
let activations: [OperationRow] = [
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
    ], arithmetic: Arithmetic.geluTanh
  )
  .computed("x * sigmoid(w), w in more digits than a number has, so that no tail of it loses any.")
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
