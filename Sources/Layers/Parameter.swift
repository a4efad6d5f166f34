import NNCDiagnostics
import NNCGraph

/// A tensor of numbers that a network has learned, or will learn.
public struct Parameter: Sendable {
  /// Its leaf in the network's graph.
  public var node: NodeID
  /// Its name, `linear1.weight`.
  public var name: String
  /// Its shape.
  public var shape: Shape
  /// How its numbers begin.
  public var initial: Initial
  /// Whether training leaves it as it is.
  public var isFrozen: Bool
  /// The layer that has it.
  public var span: SourceSpan

  /// How many numbers it holds.
  public var count: Int { shape.elementCount }

  /// Makes a parameter of its parts.
  public init(
    node: NodeID, name: String, shape: Shape, initial: Initial, isFrozen: Bool, span: SourceSpan
  ) {
    self.node = node
    self.name = name
    self.shape = shape
    self.initial = initial
    self.isFrozen = isFrozen
    self.span = span
  }
}

/// How the numbers of a parameter begin.
public enum Initial: Hashable, Sendable {
  /// These numbers, in row-major order.
  case literal([Double])
  /// This number everywhere.
  case fill(Double)
  /// Uniform on [-bound, bound).
  case uniform(bound: Double)
  /// Normal with mean 0 and this standard deviation.
  case normal(deviation: Double)
}
