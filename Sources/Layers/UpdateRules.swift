import NNCAlgebra

private let w: Formula = "w"
private let g: Formula = "g"
private let lr: Formula = "lr"
private let eps: Formula = "eps"
private let momentum: Formula = "momentum"
private let velocity: Formula = "velocity"
private let alpha: Formula = "alpha"
private let beta1: Formula = "beta1"
private let beta2: Formula = "beta2"
private let beta1Power: Formula = "beta1_power"
private let beta2Power: Formula = "beta2_power"
private let mean: Formula = "mean"
private let square: Formula = "square"
private let root: Formula = "root"
private let total: Formula = "total"
private let decay: Formula = "weight_decay"

private func sqrt(_ x: Formula) -> Formula { .apply("sqrt", x) }

private func key(
  _ name: String, _ standard: Double, _ domain: UpdateRule.Domain = .notNegative
) -> UpdateRule.Key {
  UpdateRule.Key(name: name, standard: standard, domain: domain)
}

private func state(
  _ name: String, from initial: Double = 0, within range: Interval = .numbers, shared: Bool = false,
  if isNeeded: @escaping UpdateRule.Condition = { _ in true }
) -> UpdateRule.State {
  UpdateRule.State(
    name: name, initial: initial, range: range, isShared: shared, isNeeded: isNeeded)
}

private func step(
  _ name: String, _ value: Formula, if isNeeded: @escaping UpdateRule.Condition = { _ in true }
) -> UpdateRule.Step {
  UpdateRule.Step(name: name, value: value, isNeeded: isNeeded)
}

private func uses(_ key: String) -> UpdateRule.Condition { { $0[key] != 0 } }

/// g ← g + λ·w, the gradient of the penalty λ/2·Σw².
private let penalty = step("g", g + decay * w, if: uses("weight_decay"))

/// The steps that Adam and AdamW share. D. Kingma and J. Ba, Adam (2015); ε is added to the
/// corrected root, and the first moment's correction is taken into the step's length.
private let adam: [UpdateRule.Step] = [
  step("mean", mean + (1 - beta1) * (g - mean)),
  step("square", beta2 * square + (1 - beta2) * (g * g)),
  step("w", w - lr / (1 - beta1Power) * mean / (sqrt(square) / sqrt(1 - beta2Power) + eps)),
]

private let powers: [UpdateRule.Step] = [
  step("beta1_power", beta1Power * beta1), step("beta2_power", beta2Power * beta2),
]

/// Powers of a fraction.
private let fractions = Interval(low: 0, high: 1)

private let moments: [UpdateRule.State] = [
  state("mean"), state("square"), state("beta1_power", from: 1, within: fractions, shared: true),
  state("beta2_power", from: 1, within: fractions, shared: true),
]

private func adamKeys(decay: Double) -> [UpdateRule.Key] {
  [
    key("lr", 0.001), key("beta1", 0.9, .fraction), key("beta2", 0.999, .fraction),
    key("eps", 1e-8), key("weight_decay", decay),
  ]
}

/// The table of update rules: keys, defaults and order of operations are those of `torch.optim`.
public let updateRules: [UpdateRule] = [
  UpdateRule(
    "sgd",
    keys: [
      key("lr", 0.001), key("momentum", 0), key("nesterov", 0, .truth), key("weight_decay", 0),
    ],
    state: [state("velocity", if: uses("momentum"))],
    steps: [
      penalty,
      step("velocity", momentum * velocity + g, if: uses("momentum")),
      step("g", velocity, if: { $0["momentum"] != 0 && $0["nesterov"] == 0 }),
      step("g", g + momentum * velocity, if: uses("nesterov")),
      step("w", w - lr * g),
    ]),
  UpdateRule(
    "adam", keys: adamKeys(decay: 0), state: moments, shared: powers, steps: [penalty] + adam),
  UpdateRule(
    "adamw", keys: adamKeys(decay: 0.01), state: moments, shared: powers,
    steps: [step("w", w * (1 - lr * decay), if: uses("weight_decay"))] + adam),
  UpdateRule(
    "rmsprop",
    keys: [
      key("lr", 0.01), key("alpha", 0.99, .fraction), key("eps", 1e-8), key("momentum", 0),
      key("weight_decay", 0),
    ],
    state: [state("square"), state("velocity", if: uses("momentum"))],
    steps: [
      penalty,
      step("square", alpha * square + (1 - alpha) * (g * g)),
      step("root", sqrt(square) + eps),
      step("velocity", momentum * velocity + g / root, if: uses("momentum")),
      step("w", w - lr * velocity, if: uses("momentum")),
      step("w", w - lr * g / root, if: { $0["momentum"] == 0 }),
    ]),
  UpdateRule(
    "adagrad", keys: [key("lr", 0.01), key("eps", 1e-10), key("weight_decay", 0)],
    state: [state("total")],
    steps: [
      penalty, step("total", total + g * g), step("w", w - lr * g / (sqrt(total) + eps)),
    ]),
]
