private let a: Formula = "a"
private let x: Formula = "x"
private let y: Formula = "y"

private func exp(_ x: Formula) -> Formula { .apply("exp", x) }
private func log(_ x: Formula) -> Formula { .apply("log", x) }
private func tanh(_ x: Formula) -> Formula { .apply("tanh", x) }
private func sqrt(_ x: Formula) -> Formula { .apply("sqrt", x) }
private func abs(_ x: Formula) -> Formula { .apply("abs", x) }
private func sign(_ x: Formula) -> Formula { .apply("sign", x) }
private func log1p(_ x: Formula) -> Formula { .apply("log1p", x) }
private func expm1(_ x: Formula) -> Formula { .apply("expm1", x) }
private func sinh(_ x: Formula) -> Formula { .apply("sinh", x) }
private func cosh(_ x: Formula) -> Formula { .apply("cosh", x) }

/// r = 1 − tanh |x|.
private let tanhRest = Formula.apply("tanh_rest", x)

/// Hyperbolic functions, and logarithms of what cancels.
let hyperbolicFunctions: [OperationRow] = [
  row(
    "sinh", 0.5 * exp(x) - 0.5 * exp(-x), slopes: [cosh(x)], latex: "\\sinh($0)",
    arithmetic: Arithmetic.sinh
  )
  .computed("x + x^3 P(x^2) near 0; elsewhere (e^a - e^-a) / 2 with a = |x|; then the sign.")
  .torch(),
  row(
    "cosh", 0.5 * exp(x) + 0.5 * exp(-x), slopes: [sinh(x)], latex: "\\cosh($0)",
    arithmetic: Arithmetic.cosh
  )
  .computed("cosh x = (e^a + e^-a) / 2 with a = |x|.")
  .within(1, .infinity).torch(),
  row("sech", 1 / cosh(x), slopes: [-y * tanh(x)], arithmetic: Arithmetic.sech)
    .computed("1 / cosh x, scaled so that it is in range where cosh x is not.")
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
    latex: "\\operatorname{arcosh}($0)", arithmetic: Arithmetic.acosh
  )
  .computed("acosh x = ln(1 + t + sqrt(2 t + t^2)) with t = x - 1, ln x + ln 2 far out.")
  .torch(),
  row(
    "atanh", 0.5 * log((1 + x) / (1 - x)), slopes: [1 / (1 - x * x)],
    latex: "\\operatorname{artanh}($0)", arithmetic: Arithmetic.atanh
  )
  .computed("atanh a = ln(1 + 2 a + 2 a^2 / (1 - a)) / 2 with a = |x|; then the sign.")
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
]
