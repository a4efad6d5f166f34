import NNCAlgebra

private let w: Formula = "w"
private let g: Formula = "g"
private let lr: Formula = "lr"
private let eps: Formula = "eps"
private let eps1: Formula = "eps1"
private let step: Formula = "step"
private let mean: Formula = "mean"
private let square: Formula = "square"
private let rows: Formula = "rows"
private let columns: Formula = "columns"
private let rate: Formula = "rate"
private let update: Formula = "update"
private let momentum: Formula = "momentum"
private let velocity: Formula = "velocity"
private let x: Formula = "direction"

private func sqrt(_ x: Formula) -> Formula { .apply("sqrt", x) }
private func sum(_ x: Formula) -> Formula { .apply("sum", x) }
private func greater(_ a: Formula, _ b: Formula) -> Formula { .apply("max", a, b) }
private func norm(_ a: Formula) -> Formula { sqrt(sum(.apply("square", a))) }
private func matmul(_ a: Formula, _ b: Formula) -> Formula { .apply("matmul", a, b) }
private func transpose(_ a: Formula) -> Formula { .apply("transpose", a) }
private func count(_ a: Formula) -> Formula { .apply("count", a) }
/// The mean over the axis so far from the last, which keeps an extent of 1.
private func mean(_ a: Formula, axis: Double) -> Formula {
  .apply("mean", a, Formula(.number(axis)))
}

/// Whether a parameter has two axes or more.
private let isMatrix: UpdateRule.Condition = { $0.shape.count > 1 }
private let isVector: UpdateRule.Condition = { $0.shape.count < 2 }

extension UpdateRule.Setting {
  /// The rows and columns of a parameter as a matrix: its first axis, and all others as one.
  fileprivate var matrix: (rows: Int, columns: Int)? {
    shape.count > 1 ? (shape[0], shape.dropFirst().reduce(1, *)) : nil
  }
}

/// Where the Newton–Schulz iteration goes on with the smaller of X·Xᵀ and Xᵀ·X.
private let isWide: UpdateRule.Condition = { $0.matrix.map { $0.rows <= $0.columns } ?? false }
private let isTall: UpdateRule.Condition = { $0.matrix.map { $0.rows > $0.columns } ?? false }

/// X ← a·X + (b·A + c·A²)·X, A = X·Xᵀ, whose singular values come near 1.
private func orthogonalized(_ gram: Formula, _ product: (Formula) -> Formula) -> Formula {
  "ns_a" * x + product("ns_b" * gram + "ns_c" * matmul(gram, gram))
}

/// How Muon's rate depends on the shape of a matrix, by its key `adjust_lr_fn`.
private let adjustments = ["original", "match_rms_adamw"]

/// Rules that see a matrix in a parameter.
///
/// - `adafactor`: N. Shazeer and M. Stern (2018). Of a parameter with two axes or more the mean squares along the last
///   two are kept, of others all squares. PyTorch's ε₁ is the rounding unit of the parameters' type; here it is that of
///   binary32 unless `eps1` says else.
/// - `muon`: K. Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024); J. Liu et al., "Muon is
///   Scalable for LLM Training" (2025). Everything with two axes or more is a matrix, its first axis against the others.
///   PyTorch leaves vectors to another rule; here they take `adamw`'s step with the same `lr` and `weight_decay`. PyTorch
///   iterates in bfloat16; here the iteration has the program's own precision.
let matrixRules: [UpdateRule] = [
  UpdateRule(
    "adafactor", torch: "Adafactor",
    keys: [
      .init("lr", 0.01), .init("beta2_decay", -0.8, .notPositive), .init("eps1", 0x1p-23),
      .init("eps2", 1e-3), .init("d", 1, .atLeastOne), .init("weight_decay", 0),
    ],
    groups: [.init("eps", "eps1", "eps2")],
    state: [
      .shared("step", within: counts), .each("rows", .without(axis: 1), if: isMatrix),
      .each("columns", .without(axis: 2), if: isMatrix), .each("square", if: isVector),
    ],
    shared: [
      countedStep,
      .set("share", .apply("pow", step, "beta2_decay")),
      .set("rho", .apply("min", lr, 1 / sqrt(step))),
    ],
    steps: [
      .set("rate", greater("eps2", norm(w) / sqrt(count(w))) * "rho"),
      decoupledDecay,
      .set("rows", rows + "share" * (mean(g * g, axis: -1) - rows), if: isMatrix),
      .set("columns", columns + "share" * (mean(g * g, axis: -2) - columns), if: isMatrix),
      .set(
        "variance", rows * columns / greater(mean(rows, axis: -2), eps1), if: isMatrix),
      .set("square", square + "share" * (g * g - square), if: isVector),
      .set("variance", square, if: isVector),
      .set("update", g / sqrt(greater("variance", eps1 * eps1))),
      .set("w", w - rate / greater(1, norm(update) / (sqrt(count(update)) * "d")) * update),
    ],
    drawn: ["", "lr=0.1 weight_decay=0.1"]),
  UpdateRule(
    "muon",
    keys: [
      .init("lr", 0.001), .init("weight_decay", 0.1), .init("momentum", 0.95, .fraction),
      .truth("nesterov", true), .init("ns_a", 3.4445, .finite), .init("ns_b", -4.775, .finite),
      .init("ns_c", 2.0315, .finite), .init("eps", 1e-7, .positive),
      .init("ns_steps", 5, .count(upTo: 99)),
      .init(name: "adjust_lr_fn", standard: 0, domain: .word(adjustments)),
      .init("beta1", 0.9, .fraction), .init("beta2", 0.999, .fraction), .init("adamw_eps", 1e-8),
    ],
    groups: [.init("ns_coefficients", "ns_a", "ns_b", "ns_c"), .init("betas", "beta1", "beta2")],
    state: [
      .shared("beta1_power", from: 1, within: fractions),
      .shared("beta2_power", from: 1, within: fractions),
      .each("velocity", if: isMatrix), .each("mean", if: isVector), .each("square", if: isVector),
    ],
    shared: movedPowers,
    steps: [decoupledDecay]
      + movedMoments.map { .init(name: $0.name, value: $0.value, rounds: nil, isNeeded: isVector) }
      + [
        .set(
          "w",
          w - lr / (1 - "beta1_power") * mean
            / (sqrt(square) / sqrt(1 - "beta2_power") + "adamw_eps"), if: isVector),
        .set("velocity", velocity + (1 - momentum) * (g - velocity), if: isMatrix),
        .set(
          "update", g + momentum * (velocity - g), if: { isMatrix($0) && $0["nesterov"] != 0 }),
        .set("update", velocity, if: { isMatrix($0) && $0["nesterov"] == 0 }),
        .set("direction", .apply("matrix", update / greater(norm(update), eps)), if: isMatrix),
        .set(
          "direction", orthogonalized(matmul(x, transpose(x))) { matmul($0, x) },
          rounds: "ns_steps", if: isWide),
        .set(
          "direction", orthogonalized(matmul(transpose(x), x)) { matmul(x, $0) },
          rounds: "ns_steps", if: isTall),
        .set(
          "scale", sqrt(greater(1, .apply("count", x, 0) / .apply("count", x, 1))),
          if: { isMatrix($0) && $0["adjust_lr_fn"] == 0 }),
        .set(
          "scale", 0.2 * sqrt(greater(.apply("count", x, 0), .apply("count", x, 1))),
          if: { isMatrix($0) && $0["adjust_lr_fn"] == 1 }),
        .set("w", w - lr * "scale" * .apply("like", x, w), if: isMatrix),
      ],
    drawn: ["", "lr=0.02 nesterov=no", "lr=0.01 ns_steps=2 adjust_lr_fn=match_rms_adamw"]),
]
