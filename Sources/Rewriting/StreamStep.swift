import NNCGraph

/// What a network does with one step of its input, given what it keeps from the steps before.
///
/// With x(t) the step's numbers and m(t) what is kept,
///
///     y(t) = f(x(t), m(t − 1))        m(t) = g(x(t), m(t − 1))
///
/// where y(t) has the numbers that the whole network gives at that place for x(0) … x(T − 1).
public struct StreamStep: Sendable {
  /// A value that is kept from step to step.
  public struct Kept: Sendable {
    /// What it is called: `lstm1.h`, `conv1.past`.
    public let name: String
    /// Its shape.
    public let shape: Shape
    /// The leaf that stands for what the step before left.
    public let leaf: NodeID
    /// What it is before the first step, everywhere.
    public internal(set) var initial: Double
    /// What this step leaves.
    public internal(set) var next: NodeID
  }

  /// The axis of the input along which the steps stand.
  public let axis: Int
  /// The leaf that stands for the step's numbers.
  public let frame: NodeID
  /// What flows out, for each of the outputs that were asked for.
  public let outputs: [NodeID]
  /// The axis of each whole output along which its steps stand; nil where it is what a sequence comes to.
  public let outputAxes: [Int?]
  /// What is kept.
  public let kept: [Kept]
  /// By a sum of products: the one in the whole network with the same terms.
  public let origins: [NodeID: NodeID]
  /// How many steps there may be; nil where there is no bound.
  public let maximumSteps: Int?
  /// How many steps pass before the first output: what a window without a border waits for.
  public let delay: Int
}

/// Why a network cannot take its input step by step.
public struct StreamProblem: Error, Hashable, Sendable {
  /// The reason, as a clause: `looks at later steps`.
  public let reason: String
  /// The layer where it lies, where that is known.
  public let layer: String?

  /// A problem of a layer, or of the whole network.
  public init(reason: String, layer: String?) { (self.reason, self.layer) = (reason, layer) }
}

extension Graph {
  /// What one step computes of values that are made from an input, whose nodes are added to the graph.
  ///
  /// The steps stand along one of the input's axes: one along which outputs stand too and something is kept, if there is any;
  /// else one along which something is made of steps, and not of the whole input alone: of two the one along which less is
  /// computed anew for all steps. Where outputs stand along an axis, but
  /// a step cannot be taken there, the reason is thrown.
  public mutating func streamed(
    _ roots: [NodeID], input: NodeID
  ) throws(StreamProblem) -> StreamStep {
    var best: (graph: Graph, step: StreamStep, rank: Int, work: Int)?
    var problem: (StreamProblem, rank: Int)?
    for axis in shape(input).indices where shape(input)[axis] > 1 {
      var builder = StreamBuilder(self, input: input, axis: axis, roots)
      let isAlong = roots.contains { !builder.timeAxes($0).isEmpty }
      do throws(StreamProblem) {
        let step = try builder.step(roots)
        let rank = step.kept.isEmpty ? 1 : isAlong ? 4 : builder.keepsInput ? 0 : 2
        let work = builder.wholeCount
        if best.map({ ($0.rank, -$0.work) < (rank, -work) }) ?? true {
          best = (builder.graph, step, rank, work)
        }
      } catch {
        let rank = isAlong ? 3 : -1
        if problem.map({ $0.rank < rank }) ?? true { problem = (error, rank) }
      }
    }
    if let best, best.rank > problem?.rank ?? -1 {
      self = best.graph
      return best.step
    }
    throw problem?.0 ?? StreamProblem(reason: "has no steps", layer: nil)
  }
}

extension StreamStep {
  /// Whether it gives each step's part of an output, and makes it of steps before.
  public var followsSequence: Bool { !kept.isEmpty && outputAxes.contains { $0 != nil } }
}
