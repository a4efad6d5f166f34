import NNCAlgebra

private let y: Formula = "y"
private let t: Formula = "t"
private let a: Formula = "a"
private let b: Formula = "b"
private let v: Formula = "var"
private let q: Formula = "q"
private let p: Formula = "p"
private let eps: Formula = "eps"
private let beta: Formula = "beta"
private let delta: Formula = "delta"
private let margin: Formula = "margin"
private let smoothing: Formula = "smoothing"
private let ignore: Formula = "ignore"

private func sum(_ e: Formula) -> Formula { .apply("sum", e) }
private func abs(_ e: Formula) -> Formula { .apply("abs", e) }
private func square(_ e: Formula) -> Formula { .apply("square", e) }
private func exp(_ e: Formula) -> Formula { .apply("exp", e) }
private func log(_ e: Formula) -> Formula { .apply("log", e) }
private func log1p(_ e: Formula) -> Formula { .apply("log1p", e) }
private func sqrt(_ e: Formula) -> Formula { .apply("sqrt", e) }
private func pow(_ a: Formula, _ b: Formula) -> Formula { .apply("pow", a, b) }
private func equal(_ a: Formula, _ b: Formula) -> Formula { .apply("eq", a, b) }
private func softplus(_ e: Formula) -> Formula { .apply("softplus", e) }
private func logsoftmax(_ e: Formula) -> Formula { .apply("logsoftmax", e) }
private func weigh(_ weight: Formula, _ e: Formula) -> Formula { .apply("weigh", weight, e) }
private func mean(_ e: Formula) -> Formula { .apply("mean", e) }
private func pick(_ e: Formula, _ t: Formula) -> Formula { .apply("pick", e, t) }
private func count(_ e: Formula) -> Formula { .apply("count", e) }
private func atLeast(_ bound: Formula, _ e: Formula) -> Formula { .apply("max", e, bound) }

/// e times the argument `weight`, where it is given.
private func weighted(_ e: Formula) -> Formula { .apply("given", "weight", "weight" * e, e) }

/// e, or 0 where it is below; its derivative at 0 is 1, as that of PyTorch's `clamp_min`.
private func clamped(_ e: Formula) -> Formula { select(e < 0, 0, e) }

/// The same, but that its derivative at 0 is 0, as in PyTorch's losses of several classes.
private func positive(_ e: Formula) -> Formula { select(0 < e, e, 0) }

/// e to the power of the key `p`.
private func raised(_ e: Formula) -> Formula {
  select(equal(p, 1), e, select(equal(p, 2), square(e), pow(e, p)))
}

private let error = t - y

/// How many steps have another class than that which is to be ignored: in training of the whole batch, over their number of
/// samples, so that the mean over a batch is one over all its steps, as PyTorch's; 1 where there are none.
private let keptCount: Formula = {
  let count: Formula = .apply("inTraining", .apply("batchmean", sum(isKept)), sum(isKept))
  return select(0 < count, count, 1)
}()

/// For each step 1, or 0 where its class is to be ignored.
private let isKept = pick(.apply("others", y, ignore), t)

/// The mean over the steps of the numbers in e that their classes pick.
private func meanOfKept(_ e: Formula) -> Formula {
  let kept = sum(pick(select(.apply("others", y, ignore), e, 0), t)) / keptCount
  return select(ignore < 0, mean(pick(e, t)), kept)
}

/// The mean over the steps that are not ignored of all numbers in e.
private func meanOfKept(mean e: Formula) -> Formula {
  sum(isKept * .apply("rowsums", e)) / (keptCount * .apply("count", y, -1))
}

/// Losses of numbers.
private let lossesOfNumbers: [Loss] = [
  Loss("mse", arguments: [.optional("weight")], sum(weighted(square(error)))),
  Loss("mae", arguments: [.optional("weight")], sum(weighted(abs(error)))),
  Loss(
    "huber", arguments: [.number("delta", 1), .optional("weight")],
    sum(
      weighted(
        select(
          abs(error) < delta, 0.5 * square(error), delta * (abs(error) - 0.5 * delta))))),
  Loss(
    "smooth_l1", arguments: [.number("beta", 1)],
    select(
      beta <= 0, sum(abs(error)),
      sum(
        select(abs(error) < beta, 0.5 * square(error) / beta, abs(error) - 0.5 * beta)))),
  // R. Koenker and G. Bassett, "Regression Quantiles" (1978); PyTorch has none.
  Loss(
    "quantile", arguments: [.number("q", 0.5)],
    sum(select(error < 0, (q - 1) * error, q * error))),
  Loss(
    "poisson_nll",
    arguments: [.truth("log_input", true), .truth("full"), .number("eps", 1e-8)],
    {
      let plain = select("log_input", exp(y) - t * y, y - t * log(y + eps))
      let stirling = select(1 < t, t * log(t) - t + 0.5 * log(2 * .pi * t), 0)
      return sum(plain + select("full", stirling, 0))
    }()),
  // The variance is bounded from below, though not for its derivative.
  Loss(
    "gaussian_nll", of: [.init("y"), .init("t"), .init("var")],
    arguments: [.truth("full"), .number("eps", 1e-6)],
    {
      let bounded = v + .apply("detach", atLeast(eps, v) - v)
      let plain = 0.5 * (log(bounded) + square(y - t) / bounded)
      return sum(plain + select("full", 0.5 * log(2 * .pi), 0))
    }()),
]

/// Losses of probabilities and classes.
private let lossesOfClasses: [Loss] = [
  Loss(
    "bce", arguments: [.optional("weight")],
    -sum(weighted(t * atLeast(-100, log(y)) + (1 - t) * atLeast(-100, log1p(-y))))),
  Loss(
    "bce_logits", arguments: [.optional("weight"), .optional("pos_weight")],
    {
      let plain = softplus(y) - t * y
      return sum(
        weighted(
          .apply(
            "given", "pos_weight", plain + ("pos_weight" - 1) * t * softplus(-y), plain)))
    }()),
  Loss(
    "cross_entropy",
    arguments: [.optional("weight"), .number("smoothing", 0), .number("ignore", -1)],
    -sum(
      weigh(
        weighted(
          select(
            0 < smoothing, t * (1 - smoothing) + smoothing / .apply("count", t, -1), t)),
        logsoftmax(y))),
    ofClasses: {
      let logarithms = weighted(logsoftmax(y))
      let plain = meanOfKept(logarithms)
      let all = select(ignore < 0, mean(logarithms), meanOfKept(mean: logarithms))
      return -select(0 < smoothing, (1 - smoothing) * plain + smoothing * all, plain)
    }()),
  Loss(
    "nll", arguments: [.optional("weight"), .number("ignore", -1)], -sum(weigh(weighted(t), y)),
    ofClasses: -meanOfKept(weighted(y))),
  Loss(
    "kl_div", arguments: [.truth("log_target")],
    select("log_target", sum(exp(t) * (t - y)), sum(weigh(t, log(t)) - weigh(t, y)))),
  Loss(
    "multi_margin", arguments: [.number("p", 1), .number("margin", 1), .optional("weight")],
    {
      let gaps = raised(positive(margin - sum(t * y) + y))
      let total = sum((1 - t) * gaps) / count(y)
      return .apply("given", "weight", sum(t * "weight") * total, total)
    }(),
    told: "sum(t * weight) * sum((1 - t) * max(0, margin - sum(t * y) + y)^p) / count(y)"),
  Loss(
    "multilabel_margin",
    sum(.apply("outer", 1 - t, t) * positive(1 + .apply("differences", y))) / count(y)),
  Loss(
    "multilabel_soft_margin", arguments: [.optional("weight")],
    sum(weighted(softplus(y) - t * y)) / count(y)),
]

/// Losses of signs: the target is 1 or −1.
private let lossesOfSigns: [Loss] = [
  Loss("hinge", arguments: [.number("margin", 1)], sum(clamped(margin - t * y))),
  Loss(
    "hinge_embedding", arguments: [.number("margin", 1)],
    sum(select(equal(t, 1), 0, clamped(margin - y)) + select(equal(t, -1), 0, y))),
  Loss("soft_margin", sum(softplus(-(t * y)))),
  Loss(
    "margin_ranking", of: [.init("a"), .init("b"), .init("t")], arguments: [.number("margin", 0)],
    sum(clamped(margin - t * (a - b)))),
  Loss(
    "cosine_embedding", of: [.init("a"), .init("b"), .init("t", isNumber: true)],
    arguments: [.number("margin", 0)],
    {
      let least: Formula = 1e-12
      let lengths = (sum(square(a)) + least) * (sum(square(b)) + least)
      let cosine = sum(a * b) / sqrt(lengths)
      return select(equal(t, 1), 1 - cosine, 0)
        + select(equal(t, -1), clamped(cosine - margin), 0)
    }(),
    told: "1 - c where t is 1, max(0, c - margin) where it is -1, "
      + "c = sum(a * b) / sqrt((sum(a^2) + 1e-12) * (sum(b^2) + 1e-12))"),
  Loss(
    "triplet_margin", of: [.init("anchor"), .init("positive"), .init("negative")],
    arguments: [.number("margin", 1), .number("p", 2), .number("eps", 1e-6), .truth("swap")],
    {
      let apart = distance("anchor", "negative")
      let other = distance("positive", "negative")
      return clamped(
        margin + distance("anchor", "positive")
          - select("swap", .apply("min", apart, other), apart))
    }(),
    told: "max(0, margin + d(anchor, positive) - d(anchor, negative)), d(a, b) the p-norm of "
      + "a - b + eps; with swap the lesser of d(anchor, negative) and d(positive, negative)"),
]

/// The table of losses. They are PyTorch's with `reduction="sum"`; `bce` bounds its logarithms below by -100 as PyTorch
/// does, `bce_logits` is the stable form, classes are one-hot as in `cross_entropy`, and `hinge` and `quantile` are the
/// textbooks'. Of class numbers, one for each step of a sequence, a loss is the mean.
public let losses: [Loss] = lossesOfNumbers + lossesOfClasses + lossesOfSigns

extension Formula {
  /// π.
  fileprivate static var pi: Formula { Formula(.number(Double.pi)) }
}
