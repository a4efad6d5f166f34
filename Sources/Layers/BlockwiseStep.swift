import NNCAlgebra
import NNCGraph

/// A training step that takes its batch in blocks, so that its memory is that of a block: a call for each block adds to
/// the gradient, and only the call for the last one changes parameters and state.
///
///     sum ← keep · sum + share · g     keep: 0 for the first block, else 1; share: the block's part of the samples
///     v ← v′ of the gradient `sum`, if it is the last; else v
///
/// Whoever calls the step sets the states ``share``, ``keep`` and ``last`` before. It is no step of a network whose training
/// depends on the batch as a whole (``Network/trainingDependsOnBatch``): a block has not what the others add.
public enum BlockwiseStep {
  /// The state that holds the block's part of the batch, its samples over all.
  public static let share = "block_share"
  /// The state that is 0 for the first block of a batch, and 1 for others.
  public static let keep = "block_keep"
  /// The state that is 1 for the last block of a batch, and 0 for others.
  public static let last = "block_last"

  /// What is kept between blocks: as if every batch were one block.
  static func state(for parameters: some Sequence<Parameter>) -> [TrainingRule.StateField] {
    [(share, 1.0), (keep, 0), (last, 1)].map { .init(name: $0, shape: [], initial: $1) }
      + parameters.filter { !$0.isFrozen }.map {
        .init(name: sum(of: $0), shape: $0.shape, initial: 0)
      }
  }

  private static func sum(of parameter: Parameter) -> String { "\(parameter.name).gradient" }

  /// The gradients of all blocks so far, and what keeps them.
  static func adding(
    _ gradients: [NodeID], of trained: [Parameter], in graph: inout Graph
  ) -> [Assignment] {
    zip(trained, gradients).map { parameter, gradient in
      let name = sum(of: parameter)
      let bindings = [
        "g": gradient, "share": graph.scalarState(share), "keep": graph.scalarState(keep),
        "sum": graph.symbol(Symbol(name: name, shape: parameter.shape, role: .state)),
      ]
      return Assignment(name: name, node: graph.instantiate(total, bindings))
    }
  }

  /// The assignments of a step, done only in the last block.
  static func inLastBlock(
    _ assignments: [Assignment], of parameters: [Parameter], in graph: inout Graph
  ) -> [Assignment] {
    let leaves = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.node) })
    return assignments.map { assignment in
      let (name, node) = (assignment.name, assignment.node)
      let old =
        leaves[name]
        ?? graph.symbol(Symbol(name: name, shape: graph.shape(node), role: .state))
      let bindings = ["last": graph.scalarState(last), "new": node, "old": old]
      return Assignment(name: name, node: graph.instantiate(choice, bindings))
    }
  }

  private static let total: Formula = "keep" * "sum" + "share" * "g"
  private static let choice: Formula = .apply("select", .apply("lt", 0, "last"), "new", "old")
}

extension Graph {
  fileprivate mutating func scalarState(_ name: String) -> NodeID {
    symbol(Symbol(name: name, shape: [], role: .state))
  }
}
