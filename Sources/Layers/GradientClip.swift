import NNCAlgebra
import NNCGraph

/// A bound on the gradient of a training step.
public enum GradientClip: Hashable, Sendable {
  /// The norm of the whole gradient, over all parameters together, stays at most about this.
  case norm(Double)
  /// Every element stays between minus this and this.
  case value(Double)

  /// The bound that a rule's keys state, of which 0 is none.
  init?(_ values: [String: Double]) {
    if let bound = values["clip_norm"], bound != 0 {
      self = .norm(bound)
    } else if let bound = values["clip_value"], bound != 0 {
      self = .value(bound)
    } else {
      return nil
    }
  }

  /// The gradients within the bound, as `torch.nn.utils` has it:
  ///
  ///     norm c:   g · min(1, c / (‖g‖ + 10⁻⁶)),  ‖g‖² = Σ over all parameters of Σ g²
  ///     value c:  min(c, max(−c, g))
  ///
  /// R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks" (2013).
  func apply(to gradients: [NodeID], in graph: inout Graph) -> [NodeID] {
    var result: [NodeID] = []
    switch self {
    case .value(let bound):
      for gradient in gradients {
        result.append(graph.instantiate(Self.bounded, ["g": gradient, "c": graph.constant(bound)]))
      }
    case .norm(let bound):
      guard var total = gradients.first.map({ graph.instantiate(Self.square, ["g": $0]) }) else {
        return []
      }
      for gradient in gradients.dropFirst() {
        let square = graph.instantiate(Self.square, ["g": gradient])
        total = graph.map(.add, total, square)
      }
      let limit = graph.constant(bound)
      let factor = graph.instantiate(Self.factor, ["total": total, "c": limit])
      for gradient in gradients { result.append(graph.map(.mul, gradient, factor)) }
    }
    return result
  }

  private static let square: Formula = .apply("sum", .apply("square", "g"))
  private static let factor: Formula = .apply("min", 1, "c" / (.apply("sqrt", "total") + 1e-6))
  private static let bounded: Formula = .apply("min", "c", .apply("max", .apply("neg", "c"), "g"))
}
