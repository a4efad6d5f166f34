import NNCGraph

/// A network worked out by hand: a list of small formulas, each of names that stand before it, with its numbers.
///
/// Small networks are written element by element (`net_h1 = w1 * x1 + w2 * x2 + b1`), larger ones in tensors
/// (`net_h = W1 @ x + b1`). In the worksheet's graph every name is a leaf, so that a formula goes no further than
/// its names.
public struct Worksheet: Sendable {
  /// The network's name.
  public let name: String
  /// Holds all formulas.
  public internal(set) var graph: Graph
  /// Whether each name is one number.
  public let isScalar: Bool
  /// Whether bounds that the numbers do not reach are left out of the formulas.
  public internal(set) var leavesOutBounds = false
  /// What is given: the input, the target, the parameters.
  public internal(set) var given: [Given] = []
  /// The forward pass, in order; the loss comes last.
  public internal(set) var forward: [Definition] = []
  /// The adjoints that have a name, from the loss back.
  public internal(set) var backward: [Definition] = []
  /// The gradient by each trained parameter, in the order of the parameters.
  public internal(set) var gradients: [Definition] = []
  /// The values of parameters, and of what the update rule keeps, after a step.
  public internal(set) var updates: [Definition] = []
  /// The numbers of every name's leaf.
  public internal(set) var values: [NodeID: [Double]] = [:]
  /// The leaves that stand for a derivative and are written as one.
  public internal(set) var ratios: [NodeID: Ratio] = [:]
  /// How each adjoint and gradient follows, by its leaf.
  public internal(set) var derivations: [NodeID: [Step]] = [:]

  /// A value that nothing is said about but its numbers.
  public struct Given: Sendable {
    /// Its name in formulas: `x1`, `w5`, `W1`.
    public let name: String
    /// The leaf that stands for it.
    public let leaf: NodeID
    /// What it is.
    public let role: Role
    /// What the network calls it: `linear2.weight[0, 0]`.
    public let fullName: String
  }

  /// What a given value is.
  public enum Role: Hashable, Sendable {
    /// A part of the input.
    case input
    /// A part of the target.
    case target
    /// A parameter, and whether training changes it.
    case parameter(isTrained: Bool)
    /// What the update rule keeps.
    case state
  }

  /// A name and its formula.
  public struct Definition: Sendable {
    /// The name in formulas.
    public let name: String
    /// The leaf that stands for it in other formulas.
    public let leaf: NodeID
    /// The formula.
    public let node: NodeID
    /// The same with nothing but values of the forward pass in it; nil where that is too long or the same.
    public var closed: NodeID?
    /// For adjoints and gradients the name by which the loss is differentiated.
    public var by: String?
  }

  /// ∂of/∂by. The loss is called `loss` here as everywhere, and E where it is printed.
  public struct Ratio: Hashable, Sendable {
    /// What is differentiated.
    public let of: String
    /// By what.
    public let by: String
  }

  /// One equation of a derivation, with what makes it true. It holds for the numbers of the worksheet.
  public struct Step: Sendable {
    /// The rule's name.
    public let rule: String
    /// What the rule rests on, or what it keeps.
    public let ground: String
    /// The left side.
    public let left: NodeID
    /// The right side.
    public let right: NodeID
    /// How deep it stands: a step of level 1 proves a part of the step of level 0 before it.
    public let level: Int
  }

  /// The definition of a name, if any.
  public func definition(of name: String) -> Definition? {
    (forward + backward + gradients + updates).first { $0.name == name || $0.by == name }
  }
}

/// Why there is no explanation: a mistake in the compiler, not in the user's network.
public struct ExplanationError: Error, CustomStringConvertible, Sendable {
  /// What does not hold.
  public let description: String
}
