import NNCAlgebra
import NNCGraph
import NNCProgram

/// What is to be lowered: the values that each entry writes, and the layout of the arrays around them.
public struct LoweringRequest: Sendable {
  /// The name that generated symbols carry.
  public var name: String
  /// The precision of every real.
  public var precision: Precision
  /// The kind of machine that the Program is for.
  public var target: Target
  /// The expressions, for one sample.
  public var graph: Graph
  /// The parameter block; leaves of role `parameter` are found here by name.
  public var parameters: [Field]
  /// The optimiser's state; leaves of role `state` are found here by name.
  public var state: [Field]
  /// Numbers in one sample's input.
  public var inputCount: Int
  /// Numbers in one sample's target.
  public var targetCount: Int
  /// Numbers in one sample's output.
  public var outputCount: Int
  /// Of a sample's inputs or targets that are whole numbers: for each the number below which it is.
  public var wholeNumbers: [Entry.Argument: [Int]] = [:]
  /// What steps keep; leaves of role `memory` are found here by name.
  public var stream: [Field] = []
  /// How steps take an input; nil where there is no such entry.
  public var stepping: Stepping?
  /// Of sums in what a step computes: the sum in what `predict` computes that has the same terms, and whose order they keep.
  public var origins: [NodeID: NodeID] = [:]
  /// The most samples that a many-sample entry takes at once.
  public var maximumSamples: Int
  /// The most threads that share a call.
  public var threads: Int
  /// What leaves of role `noise` are drawn from; nil where there are none.
  public var noise: NoiseSource?
  /// The functions to make.
  public var entries: [EntryRequest]

  /// Makes a request.
  public init(
    name: String, precision: Precision, target: Target = .generic, graph: Graph,
    parameters: [Field], state: [Field],
    inputCount: Int, targetCount: Int, outputCount: Int, maximumSamples: Int, threads: Int = 1,
    noise: NoiseSource? = nil, entries: [EntryRequest]
  ) {
    self.name = name
    self.precision = precision
    self.target = target
    self.graph = graph
    self.parameters = parameters
    self.state = state
    self.inputCount = inputCount
    self.targetCount = targetCount
    self.outputCount = outputCount
    self.maximumSamples = maximumSamples
    self.threads = threads
    self.noise = noise
    self.entries = entries
  }
}

/// One function to make: which nodes it writes where.
public struct EntryRequest: Sendable {
  /// What the function does.
  public var kind: Entry.Kind
  /// Whether it takes many samples. Then `samples` nodes add up over them, else they are their operand.
  public var many: Bool
  /// The arrays that the caller gives, in order.
  public var arguments: [Entry.Argument]
  /// What it writes.
  public var results: [Result]

  /// A node and the place it is written to.
  public struct Result: Sendable {
    /// The caller's array.
    public var argument: Entry.Argument
    /// The place of the node's first number there; in a sample's row where the array has one for each sample.
    public var offset: Int
    /// The value.
    public var node: NodeID

    /// Makes a result.
    public init(argument: Entry.Argument, offset: Int, node: NodeID) {
      self.argument = argument
      self.offset = offset
      self.node = node
    }
  }

  /// Makes a request for one function.
  public init(
    kind: Entry.Kind, many: Bool, arguments: [Entry.Argument], results: [Result]
  ) {
    self.kind = kind
    self.many = many
    self.arguments = arguments
    self.results = results
  }
}

extension Entry.Argument {
  /// Whether the array has a row for each sample.
  var isPerSample: Bool { self == .input || self == .target || self == .output }
}
