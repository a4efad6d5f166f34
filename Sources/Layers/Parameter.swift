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
  /// What it is to the values that it meets.
  public var kind: ParameterKind
  /// How its elements are called.
  public var elements: ElementNaming
  /// How its numbers begin.
  public var initial: Initial
  /// Whether it has no gradient in training, which leaves it as it is unless there is an ``assignment``.
  public var isFrozen: Bool
  /// What training assigns to it at every step, without a gradient; nil of all but buffers.
  public var assignment: NodeID?
  /// Where the layer that has it stands; nil where there is no source.
  public var span: SourceSpan?

  /// How many numbers it holds.
  public var count: Int { shape.elementCount }

  /// Makes a parameter of its parts.
  public init(
    node: NodeID, name: String, shape: Shape, kind: ParameterKind, elements: ElementNaming,
    initial: Initial, isFrozen: Bool, span: SourceSpan? = nil
  ) {
    self.node = node
    self.name = name
    self.shape = shape
    self.kind = kind
    self.elements = elements
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
