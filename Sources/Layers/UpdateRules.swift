import NNCAlgebra

/// The table of update rules: keys, defaults and order of operations are those of `torch.optim`, but for `lion` and
/// `lamb`, which are their papers'.
public let updateRules: [UpdateRule] = gradientRules + momentRules + matrixRules

/// The keys of every update rule.
///
/// - `maximize`: the loss is made greater: every gradient is turned around, as the rule sees it.
/// - `clip_norm`, `clip_value`: the gradient is bounded before the rule sees it, by ``GradientClip``; 0 for no bound.
/// - `ema`: the share of itself that a running average of the parameters keeps at a step, by ``AveragedWeights``; 0
///   for none.
public let commonKeys: [UpdateRule.Key] = [
  .truth("maximize"), .init("clip_norm", 0), .init("clip_value", 0), .init("ema", 0, .fraction),
]

/// g ← g + λ·w, the gradient of the penalty λ/2·Σw².
let penalty: UpdateRule.Step = .set("g", "g" + "weight_decay" * "w", if: uses("weight_decay"))

/// w ← w·(1 − lr·λ), apart from the gradient. I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization" (2019).
let decoupledDecay: UpdateRule.Step = .set(
  "w", "w" * (1 - "lr" * "weight_decay"), if: uses("weight_decay"))

/// Either of both, by the key `decoupled_weight_decay`.
let eitherDecay: [UpdateRule.Step] = [
  .set(
    "g", "g" + "weight_decay" * "w",
    if: { $0["weight_decay"] != 0 && $0["decoupled_weight_decay"] == 0 }),
  .set(
    "w", "w" * (1 - "lr" * "weight_decay"),
    if: { $0["weight_decay"] != 0 && $0["decoupled_weight_decay"] != 0 }),
]

/// The number of the step, from 1.
let countedStep: UpdateRule.Step = .set("step", "step" + 1)
