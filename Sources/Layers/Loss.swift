import NNCAlgebra

/// A loss that has a name: a row of the table of losses.
public struct Loss: Sendable {
  /// Its name in `loss` and in expressions.
  public let name: String
  /// What it is for one sample, of the output `y` and the target `t`. Its functions are those of
  /// the language: `sum` adds all elements, `logsoftmax` goes along the last axis.
  public let value: Formula
  /// What it is where `t` is the number of a class for each row of `y`; nil where it has no such form.
  public let ofClasses: Formula?
  /// Further arguments and their values where none are given.
  public let arguments: [Argument]

  /// An argument besides `y` and `t`.
  public struct Argument: Sendable, Hashable {
    /// Its name as a key.
    public let name: String
    /// Its value where none is given.
    public let standard: Double
  }

  /// The loss called `name`.
  public init?(_ name: String) {
    guard let row = losses.first(where: { $0.name == name }) else { return nil }
    self = row
  }

  init(
    _ name: String, arguments: [Argument] = [], _ value: Formula, ofClasses: Formula? = nil
  ) {
    self.ofClasses = ofClasses
    self.name = name
    self.value = value
    self.arguments = arguments
  }
}

private let y: Formula = "y"
private let t: Formula = "t"
private let delta: Formula = "delta"

private func sum(_ e: Formula) -> Formula { .apply("sum", e) }
private func abs(_ e: Formula) -> Formula { .apply("abs", e) }
private func square(_ e: Formula) -> Formula { .apply("square", e) }
private func log(_ e: Formula) -> Formula { .apply("log", e) }
private func log1p(_ e: Formula) -> Formula { .apply("log1p", e) }
private func softplus(_ e: Formula) -> Formula { .apply("softplus", e) }
private func mean(_ e: Formula) -> Formula { .apply("mean", e) }
private func pick(_ e: Formula, _ t: Formula) -> Formula { .apply("pick", e, t) }
private func logsoftmax(_ e: Formula) -> Formula { .apply("logsoftmax", e) }
private func weigh(_ weight: Formula, _ e: Formula) -> Formula { .apply("weigh", weight, e) }
private func atLeast(_ bound: Formula, _ e: Formula) -> Formula { .apply("max", e, bound) }

/// The table of losses. They are PyTorch's with `reduction="sum"`; `bce` bounds its logarithms
/// below by -100 as PyTorch does, and `bce_logits` is the stable form. Of class numbers, one for each step of a sequence, a
/// loss is the mean.
public let losses: [Loss] = [
  Loss("mse", sum(square(t - y))),
  Loss("mae", sum(abs(t - y))),
  Loss(
    "huber", arguments: [.init(name: "delta", standard: 1)],
    {
      let error = abs(t - y)
      return sum(
        select(error < delta, 0.5 * square(t - y), delta * (error - 0.5 * delta)))
    }()),
  Loss("bce", -sum(t * atLeast(-100, log(y)) + (1 - t) * atLeast(-100, log1p(-y)))),
  Loss("bce_logits", sum(softplus(y) - t * y)),
  Loss(
    "cross_entropy", -sum(weigh(t, logsoftmax(y))), ofClasses: -mean(pick(logsoftmax(y), t))),
  Loss("nll", -sum(weigh(t, y)), ofClasses: -mean(pick(y, t))),
]
