import NNCDiagnostics
import NNCGraph

/// What an expression was found to be.
public struct ElaboratedExpression: Sendable {
  /// The value; nil if one of the diagnostics is an error.
  public var value: ExpressionValue?
  /// What was wrong, in the order in which it was found.
  public var diagnostics: [Diagnostic]
}

/// What an expression is worth.
public enum ExpressionValue: Hashable, Sendable {
  /// A number or a tensor.
  case node(NodeID)
  /// A tensor for each trained parameter, or for each variable: `grad(e)`.
  case gradients([NamedNode])
}

/// A leaf, or a part of one, that a value can be given to.
public struct AssignmentTarget: Hashable, Sendable {
  /// The leaf.
  public var symbol: Symbol
  /// Where the part begins, one index for each of the leaf's axes.
  public var start: [Int]
  /// The part's extent along each of the leaf's axes.
  public var extent: Shape
  /// The shape that a value for it has.
  public var shape: Shape
}
