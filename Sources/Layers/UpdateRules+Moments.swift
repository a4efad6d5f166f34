import NNCAlgebra

private let w: Formula = "w"
private let g: Formula = "g"
private let lr: Formula = "lr"
private let eps: Formula = "eps"
private let step: Formula = "step"
private let beta1: Formula = "beta1"
private let beta2: Formula = "beta2"
private let beta1Power: Formula = "beta1_power"
private let beta2Power: Formula = "beta2_power"
private let mean: Formula = "mean"
private let square: Formula = "square"
private let root: Formula = "root"
private let update: Formula = "update"
private let momentumDecay: Formula = "momentum_decay"
private let mu: Formula = "mu"
private let next: Formula = "mu_next"
private let product: Formula = "mu_product"
private let rho: Formula = "rho"
private let rhoMost: Formula = "rho_most"
private let ages: Formula = "ages"
private let weights: Formula = "weights"

private func sqrt(_ x: Formula) -> Formula { .apply("sqrt", x) }
private func pow(_ a: Formula, _ b: Formula) -> Formula { .apply("pow", a, b) }
private func norm(_ a: Formula) -> Formula { sqrt(.apply("sum", .apply("square", a))) }

/// The steps that Adam and its kin share: m ← m + (1 − β₁)(g − m), v ← β₂·v + (1 − β₂)·g².
let movedMoments: [UpdateRule.Step] = [
  .set("mean", mean + (1 - beta1) * (g - mean)),
  .set("square", beta2 * square + (1 - beta2) * (g * g)),
]

/// Adam's step: ε is added to the corrected root, and the first moment's correction is taken into the step's length.
private let adam: [UpdateRule.Step] =
  movedMoments + [
    .set("most", .apply("max", "most", square), if: uses("amsgrad")),
    .set(
      "w", w - lr / (1 - beta1Power) * mean / (sqrt("most") / sqrt(1 - beta2Power) + eps),
      if: uses("amsgrad")),
    .set(
      "w", w - lr / (1 - beta1Power) * mean / (sqrt(square) / sqrt(1 - beta2Power) + eps),
      if: { $0["amsgrad"] == 0 }),
  ]

private let firstPower: UpdateRule.Step = .set("beta1_power", beta1Power * beta1)
let movedPowers: [UpdateRule.Step] = [firstPower, .set("beta2_power", beta2Power * beta2)]

private let firstPowerState: UpdateRule.State = .shared("beta1_power", from: 1, within: fractions)
private let secondPowerState: UpdateRule.State = .shared("beta2_power", from: 1, within: fractions)

private let moments: [UpdateRule.State] = [
  .each("mean"), .each("square"), .each("most", if: uses("amsgrad")), firstPowerState,
  secondPowerState,
]

private func keys(
  lr: Double, betas: (Double, Double) = (0.9, 0.999), eps: Double? = 1e-8, decay: Double
) -> [UpdateRule.Key] {
  [
    .init("lr", lr), .init("beta1", betas.0, .fraction), .init("beta2", betas.1, .fraction),
  ] + (eps.map { [.init("eps", $0)] } ?? []) + [.init("weight_decay", decay)]
}

private let betas = [UpdateRule.Group("betas", "beta1", "beta2")]

/// How much RAdam's length of memory must have grown before the second moment is used.
private let leastRho: Formula = 5

/// Rules with running means of the gradient and of its square, or its greatest.
///
/// - `adam`, `adamax`: D. Kingma and J. Ba (2015); `amsgrad`: S. Reddi, S. Kale, S. Kumar (2018).
/// - `adamw`: I. Loshchilov and F. Hutter (2019). `nadam`: T. Dozat (2016).
/// - `radam`: L. Liu et al. (2020). The length of the mean's memory, ρ = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ), is computed as
///   2·Σᵢ (i + 1)·β₂ⁱ / Σᵢ β₂ⁱ − 1, which loses no digits.
/// - `lion`: X. Chen et al., "Symbolic Discovery of Optimization Algorithms" (2023).
/// - `lamb`: Y. You et al., "Large Batch Optimization for Deep Learning" (2020), with corrected moments and φ(z) = z; where
///   either norm is 0 its ratio is 1.
let momentRules: [UpdateRule] = [
  UpdateRule(
    "adam", torch: "Adam",
    keys: keys(lr: 0.001, decay: 0) + [.truth("amsgrad"), .truth("decoupled_weight_decay")],
    groups: betas, state: moments, shared: movedPowers, steps: eitherDecay + adam,
    drawn: ["", "lr=0.01 weight_decay=0.1", "amsgrad=yes", "lr=0.01 ema=0.99 maximize=yes"]),
  UpdateRule(
    "adamw", torch: "AdamW", keys: keys(lr: 0.001, decay: 0.01) + [.truth("amsgrad")],
    groups: betas, state: moments, shared: movedPowers, steps: [decoupledDecay] + adam,
    drawn: ["lr=0.02"]),
  UpdateRule(
    "adamax", torch: "Adamax", keys: keys(lr: 0.002, decay: 0), groups: betas,
    state: [.each("mean"), .each("most"), firstPowerState], shared: [firstPower],
    steps: [
      penalty,
      .set("mean", mean + (1 - beta1) * (g - mean)),
      .set("most", .apply("max", beta2 * "most", .apply("abs", g) + eps)),
      .set("w", w - lr / (1 - beta1Power) * mean / "most"),
    ],
    drawn: ["", "lr=0.02 weight_decay=0.1"]),
  UpdateRule(
    "nadam", torch: "NAdam",
    keys: keys(lr: 0.002, decay: 0) + [
      .init("momentum_decay", 0.004), .truth("decoupled_weight_decay"),
    ],
    groups: betas,
    state: [
      .each("mean"), .each("square"), .shared("step", within: counts), secondPowerState,
      .shared("mu_product", from: 1, within: fractions),
    ],
    shared: [
      countedStep,
      .set("beta2_power", beta2Power * beta2),
      .set("mu", beta1 * (1 - 0.5 * pow(0.96, step * momentumDecay))),
      .set("mu_next", beta1 * (1 - 0.5 * pow(0.96, (step + 1) * momentumDecay))),
      .set("mu_product", product * mu),
    ],
    steps: eitherDecay + movedMoments + [
      .set("root", sqrt(square / (1 - beta2Power)) + eps),
      .set(
        "update",
        lr * (1 - mu) / (1 - product) * g / root + lr * next / (1 - product * next) * mean / root),
      .set("w", w - update),
    ],
    drawn: ["", "lr=0.01 weight_decay=0.1 decoupled_weight_decay=yes"]),
  UpdateRule(
    "radam", torch: "RAdam", keys: keys(lr: 0.001, decay: 0) + [.truth("decoupled_weight_decay")],
    groups: betas,
    state: [
      .each("mean"), .each("square"), .shared("step", within: counts), firstPowerState,
      secondPowerState, .shared("ages", within: counts), .shared("weights", within: counts),
    ],
    shared: [
      countedStep,
      .set("ages", ages + step * beta2Power),
      .set("weights", weights + beta2Power),
      firstPower,
      .set("beta2_power", beta2Power * beta2),
      .set("rho", 2 * ages / weights - 1),
      .set("rho_most", 2 / (1 - beta2) - 1),
      .set(
        "rectifier",
        sqrt(
          (rho - 4) * (rho - 2) * rhoMost / ((rhoMost - 4) * (rhoMost - 2) * rho)
            * ((1 - beta2) * weights))),
    ],
    steps: eitherDecay + movedMoments + [
      .set(
        "update", select(leastRho < rho, mean * "rectifier" / (sqrt(square) + eps), mean)),
      .set("w", w - lr / (1 - beta1Power) * update),
    ],
    drawn: ["", "lr=0.01 betas=0.8,0.9"]),
  UpdateRule(
    "lion", keys: keys(lr: 1e-4, betas: (0.9, 0.99), eps: nil, decay: 0), groups: betas,
    state: [.each("mean")],
    steps: [
      .set("update", .apply("sign", beta1 * mean + (1 - beta1) * g)),
      .set("mean", beta2 * mean + (1 - beta2) * g),
      decoupledDecay,
      .set("w", w - lr * update),
    ],
    drawn: ["", "lr=0.01 weight_decay=0.1"]),
  UpdateRule(
    "lamb", keys: keys(lr: 0.001, eps: 1e-6, decay: 0.01), groups: betas,
    state: [.each("mean"), .each("square"), firstPowerState, secondPowerState],
    shared: movedPowers,
    steps: movedMoments + [
      .set("update", mean / (1 - beta1Power) / (sqrt(square / (1 - beta2Power)) + eps)),
      .set("update", update + "weight_decay" * w, if: uses("weight_decay")),
      .set("length", norm(w)),
      .set("reach", norm(update)),
      .set("trust", select(.apply("and", 0 < "length", 0 < "reach"), "length" / "reach", 1)),
      .set("w", w - lr * "trust" * update),
    ],
    drawn: ["", "lr=0.01 weight_decay=0"]),
]
