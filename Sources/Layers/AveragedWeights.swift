import NNCAlgebra
import NNCGraph

/// A running average of the parameters, which a training rule keeps beside them.
///
///     average ← average + share · (w′ − average)
///
/// `share` is 1 in the first step, so that the average begins with the parameters, and 1 − `ema` from then on: as
/// `torch.optim.swa_utils.AveragedModel` with `get_ema_multi_avg_fn(ema)`. B. Polyak and A. Juditsky, "Acceleration of
/// Stochastic Approximation by Averaging" (1992).
public enum AveragedWeights {
  /// The key that says how much of itself the average keeps.
  static let key = "ema"
  /// The state that holds the new parameters' share.
  static let share = "ema_share"

  /// The state that holds the average of a parameter.
  public static func name(of parameter: String) -> String { "\(parameter).average" }

  /// What is kept.
  static func state(for parameters: some Sequence<Parameter>) -> [TrainingRule.StateField] {
    [.init(name: share, shape: [], initial: 1)]
      + parameters.filter { !$0.isFrozen }.map {
        .init(name: name(of: $0.name), shape: $0.shape, initial: 0)
      }
  }

  /// The new averages of parameters, whose new values are among the assignments.
  static func following(
    _ assignments: [Assignment], of trained: [Parameter], keeping ema: Double,
    in graph: inout Graph
  ) -> [Assignment] {
    let values = Dictionary(uniqueKeysWithValues: assignments.map { ($0.name, $0.node) })
    let share = graph.symbol(Symbol(name: share, shape: [], role: .state))
    graph.bound(share, to: fractions)
    var result = [Assignment(name: Self.share, node: graph.constant(1 - ema))]
    for parameter in trained {
      let name = name(of: parameter.name)
      let average = graph.symbol(Symbol(name: name, shape: parameter.shape, role: .state))
      let bindings = ["average": average, "share": share, "w": values[parameter.name]!]
      result.append(Assignment(name: name, node: graph.instantiate(moved, bindings)))
    }
    return result
  }

  private static let moved: Formula = "average" + "share" * ("w" - "average")
}
