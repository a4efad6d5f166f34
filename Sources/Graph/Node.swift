import NNCAlgebra

/// The place of a node in its graph.
public struct NodeID: Hashable, Comparable, Sendable {
  /// The index into the graph's nodes.
  public let index: Int32

  /// The node at an index.
  @inlinable
  public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

  @usableFromInline
  init(number: Int32) { index = number }

  /// Operands stand before the nodes that use them.
  @inlinable
  public static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
}

/// One value of the expression graph.
public struct Node: Hashable, Sendable {
  /// What makes the value.
  public let kind: Kind
  /// What it is made from.
  public let operands: Operands
  /// Its shape, for one sample.
  public let shape: Shape
  /// Whether it differs from sample to sample.
  public let isBatched: Bool

  /// The primitive operations on tensors. The set is closed under differentiation.
  public enum Kind: Hashable, Sendable {
    /// A number, kept as its bits so that -0 is not 0.
    case constant(UInt64)
    /// A tensor of numbers written in the source: an index into the graph's literals.
    case literal(Int)
    /// A leaf: an index into the graph's symbols.
    case symbol(Int)
    /// A scalar operation, element by element. Operands have the result's shape, or are scalars.
    case map(Operation)
    /// Products summed over the index labels that the result does not have.
    case contract(Contraction)
    /// The greatest element over these axes.
    case maximum([Int])
    /// Repetition: the operand's axis i becomes the result's axis `axes[i]`.
    case broadcast([Int])
    /// The result's axis i is the operand's axis `axes[i]`.
    case permute([Int])
    /// The same numbers in row-major order, under another shape.
    case reshape
    /// A box of the operand that starts here.
    case slice([Int])
    /// The elements of the operand that a view shows.
    case view(View)
    /// The operand inside a box of zeros: its elements stand `steps` apart, the first at `start`.
    case pad(start: [Int], steps: [Int])
    /// The second operand after the first along an axis.
    case concat(Int)
    /// For each whole number k of the operand a row along a new last axis of this extent: 1 at place k, 0 elsewhere.
    case oneHot(Int)
    /// The sum over the samples of a batch.
    case samples
    /// The operand's row at a loop's turn: its first axis is counted by the turns, from the last row on if `reversed`.
    case row(GraphLoop, reversed: Bool)
    /// What the operand is at each turn of a loop, along a new first axis. The second operand is the loop's last recurrence.
    case rows(GraphLoop, reversed: Bool)
    /// What a carried value begins with, what a turn makes of it, and the recurrence of the one before; its place among them.
    case recurrence(GraphLoop, Int)
    /// A derivative that is yet to be taken.
    case derivative(Derivative)
  }
}

extension Node {
  /// Whether it makes one-hot rows.
  public var isOneHot: Bool { if case .oneHot = kind { true } else { false } }
}

extension Node.Kind {
  /// The tag of constants.
  public static let constantTag: Int16 = -1
  /// The tag of contractions.
  public static let contractTag: Int16 = -2
  /// The tag of maxima over axes.
  public static let maximumTag: Int16 = -3
  /// The tag of what shows elements of one operand, or zeros beside them: broadcast, permute, reshape, slice, view, pad.
  public static let viewTag: Int16 = -4

  /// The kind in one number: the index of a map's operation, one of the named tags, or -5.
  public var tag: Int16 {
    switch self {
    case .map(let operation): Int16(operation.index)
    case .constant: Self.constantTag
    case .contract: Self.contractTag
    case .maximum: Self.maximumTag
    case .broadcast, .permute, .reshape, .slice, .view, .pad: Self.viewTag
    default: -5
    }
  }
}

/// A leaf of the graph.
public struct Symbol: Hashable, Sendable {
  /// Its name: `x`, `linear1.weight`.
  public let name: String
  /// Its shape, for one sample.
  public let shape: Shape
  /// What it stands for.
  public let role: Role
  /// Whether its elements are whole numbers, such as tokens and classes.
  public let isWhole: Bool

  /// What a leaf stands for.
  public enum Role: Hashable, Sendable {
    /// The input of one sample.
    case input
    /// The target of one sample.
    case target
    /// A parameter of the network.
    case parameter
    /// A value that the update rule keeps from step to step.
    case state
    /// Uniform random numbers in [0, 1), drawn anew for each sample of each training step.
    case noise
    /// The number of samples in the batch.
    case sampleCount
    /// What the turn before left: a carried value of a loop, by its place among them.
    case carried(GraphLoop, Int)
    /// One step of the input, where that is taken step by step.
    case frame
    /// What a step keeps for the next.
    case memory
    /// A variable of the user's own.
    case free

    /// Whether it has one value for each sample.
    public var differsBetweenSamples: Bool {
      switch self {
      case .input, .target, .noise, .carried, .frame, .memory: true
      case .parameter, .state, .sampleCount, .free: false
      }
    }
  }

  /// Makes a symbol.
  public init(name: String, shape: Shape, role: Role, isWhole: Bool = false) {
    self.name = name
    self.shape = shape
    self.role = role
    self.isWhole = isWhole
  }
}
