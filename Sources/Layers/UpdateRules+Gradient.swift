import NNCAlgebra

private let w: Formula = "w"
private let g: Formula = "g"
private let lr: Formula = "lr"
private let eps: Formula = "eps"
private let step: Formula = "step"
private let momentum: Formula = "momentum"
private let velocity: Formula = "velocity"
private let alpha: Formula = "alpha"
private let rho: Formula = "rho"
private let square: Formula = "square"
private let mean: Formula = "mean"
private let root: Formula = "root"
private let total: Formula = "total"
private let change: Formula = "change"
private let update: Formula = "update"
private let previous: Formula = "previous"
private let turn: Formula = "turn"
private let stepSize: Formula = "step_size"
private let ax: Formula = "ax"

private func sqrt(_ x: Formula) -> Formula { .apply("sqrt", x) }
private func pow(_ a: Formula, _ b: Formula) -> Formula { .apply("pow", a, b) }
private func greater(_ a: Formula, _ b: Formula) -> Formula { .apply("max", a, b) }
private func smaller(_ a: Formula, _ b: Formula) -> Formula { .apply("min", a, b) }

/// Whether the first gradient goes into the velocity whole, and later ones damped.
private let isDamped: UpdateRule.Condition = { $0["momentum"] != 0 && $0["dampening"] != 0 }

/// Rules that scale the gradient by its own history, or not at all.
///
/// - `sgd`: I. Sutskever et al., "On the importance of initialization and momentum in deep learning" (2013).
/// - `rmsprop`: T. Tieleman and G. Hinton, lecture 6.5 (2012); centered: A. Graves, "Generating Sequences" (2013).
/// - `adagrad`: J. Duchi, E. Hazan, Y. Singer (2011). `adadelta`: M. Zeiler (2012).
/// - `rprop`: M. Riedmiller and H. Braun (1993), with PyTorch's step back: none. `lr` is the first step's size alone.
/// - `asgd`: B. Polyak and A. Juditsky (1992); `ax` is the average, which nothing else asks for.
let gradientRules: [UpdateRule] = [
  UpdateRule(
    "sgd", torch: "SGD",
    keys: [
      .init("lr", 0.001), .init("momentum", 0), .init("dampening", 0), .truth("nesterov"),
      .init("weight_decay", 0),
    ],
    state: [
      .shared("step", within: counts, if: isDamped), .each("velocity", if: uses("momentum")),
    ],
    shared: [
      .set("step", step + 1, if: isDamped),
      .set("gain", select(step < 2, 1, 1 - "dampening"), if: isDamped),
    ],
    steps: [
      penalty,
      .set(
        "velocity", momentum * velocity + g,
        if: { $0["momentum"] != 0 && $0["dampening"] == 0 }),
      .set("velocity", momentum * velocity + "gain" * g, if: isDamped),
      .set("g", velocity, if: { $0["momentum"] != 0 && $0["nesterov"] == 0 }),
      .set("g", g + momentum * velocity, if: uses("nesterov")),
      .set("w", w - lr * g),
    ],
    drawn: [
      "lr=0.3", "lr=0.1 momentum=0.9", "lr=0.1 momentum=0.9 dampening=0.3",
      "lr=0.1 momentum=0.9 nesterov=yes weight_decay=0.01", "lr=0.1 clip_norm=0.5 ema=0.9",
    ]),
  UpdateRule(
    "rmsprop", torch: "RMSprop",
    keys: [
      .init("lr", 0.01), .init("alpha", 0.99, .fraction), .init("eps", 1e-8), .init("momentum", 0),
      .truth("centered"), .init("weight_decay", 0),
    ],
    state: [
      .each("square"), .each("mean", if: uses("centered")), .each("velocity", if: uses("momentum")),
    ],
    steps: [
      penalty,
      .set("square", alpha * square + (1 - alpha) * (g * g)),
      .set("mean", mean + (1 - alpha) * (g - mean), if: uses("centered")),
      .set("root", sqrt(square) + eps, if: { $0["centered"] == 0 }),
      .set("root", sqrt(square - mean * mean) + eps, if: uses("centered")),
      .set("velocity", momentum * velocity + g / root, if: uses("momentum")),
      .set("w", w - lr * velocity, if: uses("momentum")),
      .set("w", w - lr * g / root, if: { $0["momentum"] == 0 }),
    ],
    drawn: ["", "momentum=0.5 lr=0.01", "centered=yes", "clip_value=0.1 lr=0.02"]),
  UpdateRule(
    "adagrad", torch: "Adagrad",
    keys: [
      .init("lr", 0.01), .init("lr_decay", 0), .init("eps", 1e-10),
      .init("initial_accumulator_value", 0), .init("weight_decay", 0),
    ],
    state: [
      .shared("step", within: counts, if: uses("lr_decay")),
      .each("total", from: "initial_accumulator_value"),
    ],
    shared: [
      .set("rate", lr / (1 + step * "lr_decay"), if: uses("lr_decay")),
      .set("step", step + 1, if: uses("lr_decay")),
    ],
    steps: [
      penalty, .set("total", total + g * g),
      .set("w", w - "rate" * g / (sqrt(total) + eps), if: uses("lr_decay")),
      .set("w", w - lr * g / (sqrt(total) + eps), if: { $0["lr_decay"] == 0 }),
    ],
    drawn: ["lr=0.1", "lr=0.1 lr_decay=0.1 initial_accumulator_value=0.2"]),
  UpdateRule(
    "adadelta", torch: "Adadelta",
    keys: [
      .init("lr", 1), .init("rho", 0.9, .fraction), .init("eps", 1e-6), .init("weight_decay", 0),
    ],
    state: [.each("square"), .each("change")],
    steps: [
      penalty,
      .set("square", rho * square + (1 - rho) * (g * g)),
      .set("update", sqrt(change + eps) / sqrt(square + eps) * g),
      .set("change", rho * change + (1 - rho) * (update * update)),
      .set("w", w - lr * update),
    ],
    drawn: ["", "rho=0.8 eps=1e-4"]),
  UpdateRule(
    "rprop", torch: "Rprop",
    keys: [
      .init("lr", 0.01), .init("etaminus", 0.5, .fraction), .init("etaplus", 1.2, .aboveOne),
      .init("step_size_min", 1e-6), .init("step_size_max", 50),
    ],
    groups: [
      .init("etas", "etaminus", "etaplus"),
      .init("step_sizes", "step_size_min", "step_size_max"),
    ],
    state: [.each("previous"), .each("step_size", from: "lr")],
    steps: [
      .set("turn", g * previous),
      .set(
        "step_size",
        smaller(
          greater(
            stepSize * select(0 < turn, "etaplus", select(turn < 0, "etaminus", 1)),
            "step_size_min"), "step_size_max")),
      .set("g", select(turn < 0, 0, g)),
      .set("previous", g),
      .set("w", w - .apply("sign", g) * stepSize),
    ],
    drawn: ["", "lr=0.05 etas=0.4,1.5"]),
  UpdateRule(
    "asgd", torch: "ASGD",
    keys: [
      .init("lr", 0.01), .init("lambd", 1e-4), .init("alpha", 0.75), .init("t0", 1e6),
      .init("weight_decay", 0),
    ],
    state: [.shared("step", within: counts), .each("ax")],
    shared: [
      .set("eta", lr / pow(1 + "lambd" * lr * step, alpha)),
      .set("mu", 1 / greater(1, step - "t0")),
      countedStep,
    ],
    steps: [
      penalty,
      .set("w", w * (1 - "lambd" * "eta")),
      .set("w", w - "eta" * g),
      .set("ax", ax + "mu" * (w - ax)),
    ],
    drawn: ["", "lr=0.1 t0=1"]),
]
