import NNCAlgebra
import NNCGraph

/// Makes the nodes of one step.
///
/// What is wanted of a node is its part at the present step along one of its axes, or all of it as it is at the end of a
/// sequence. Who makes one asks for those of its operands; what is not there yet is made first, without recursion.
struct StreamBuilder {
  var graph: Graph
  let input: NodeID
  let axis: Int
  /// How many steps the whole input has.
  let steps: Int
  let frame: NodeID
  var kept: [StreamStep.Kept] = []
  /// By node: the axes along which its elements come from different steps, as bits.
  let times: [UInt32]
  /// Whether something counts the steps.
  var countsSteps = false
  /// The layer that first looks at steps that have not come.
  var firstAhead: String?
  /// What is made of values before their time, by pairs of axes.
  var later = LaterValues()

  private var known: [Wanted: Part] = [:]
  /// By a sum of products: the one in the whole network.
  private var origins: [NodeID: NodeID] = [:]
  private var missing: [Wanted] = []
  var places: [Kept: Int] = [:]
  var names: Set<String> = []
  /// The node of which a part is being made.
  private(set) var reader: NodeID?

  /// What is wanted of a node.
  struct Wanted: Hashable {
    let id: NodeID
    let form: Form

    enum Form: Hashable {
      /// Its elements at the newest index along this axis that a step can know.
      case newest(Int)
      /// All of it, at the end of a sequence.
      case whole
      /// Its value at the present turn of a loop.
      case turn(GraphLoop)
    }
  }

  /// A node's part at a step.
  struct Part {
    var node: NodeID
    /// How many steps its index along the axis is behind the present one.
    var lag = 0
    /// Whether it is the same at each step, so that it is at every lag.
    var isSteady = false
    /// Axes along which it has places for all steps, of which those that have not come are not filled.
    var open: Set<Int> = []
  }

  init(_ graph: Graph, input: NodeID, axis: Int, _ roots: [NodeID]) {
    self.graph = graph
    self.input = input
    self.axis = axis
    let shape = graph.shape(input)
    steps = shape[axis]
    times = graph.times(of: roots, input: input, axis: axis)
    var own = shape
    own.remove(at: axis)
    let whole = graph.symbol(input)!
    frame = self.graph.symbol(
      Symbol(name: whole.name, shape: own, role: .frame, isWhole: whole.isWhole))
  }

  /// The step that gives these values.
  mutating func step(_ roots: [NodeID]) throws(StreamProblem) -> StreamStep {
    var parts: [(node: NodeID, axis: Int?, part: Part)] = []
    for root in roots {
      let axes = timeAxes(root)
      if axes.isEmpty {
        parts.append((root, nil, try make(Wanted(id: root, form: .whole))))
        continue
      }
      var problem: StreamProblem?
      let found = parts.count
      for axis in axes where parts.count == found {
        do throws(StreamProblem) {
          let part = try make(Wanted(id: root, form: .newest(axis)))
          guard part.open.isEmpty else {
            throw StreamProblem(reason: "gives a row for each pair of steps", layer: layer(root))
          }
          guard max(0, part.lag) + graph.shape(root)[axis] <= steps else {
            throw ahead(root, by: part.lag + graph.shape(root)[axis] - steps)
          }
          parts.append((root, axis, part))
        } catch {
          if problem == nil { problem = error }
        }
      }
      if parts.count == found { throw problem! }
    }
    let delay = parts.map { $0.axis == nil ? 0 : max(0, $0.part.lag) }.max() ?? 0
    var outputs: [NodeID] = []
    for (root, axis, part) in parts {
      guard let axis, part.lag != delay, !part.isSteady else {
        outputs.append(part.node)
        continue
      }
      let row = try window(root, axis, delay...delay, of: part)
      outputs.append(graph.reshape(row, to: graph.shape(part.node)))
    }
    graph.begin(nil)
    return StreamStep(
      axis: self.axis, frame: frame, outputs: outputs, outputAxes: parts.map(\.axis), kept: kept,
      origins: origins, maximumSteps: countsSteps ? steps : nil, delay: delay)
  }

  /// Whether the whole input is kept as it is.
  var keepsInput: Bool { places[.past(input, axis: axis, rows: steps - 1)] != nil }

  /// How many nodes are computed for all steps at each step.
  var wholeCount: Int { known.keys.count { $0.form == .whole && graph[$0.id].isBatched } }

  /// Makes what is wanted and whatever it is made from.
  private mutating func make(_ root: Wanted) throws(StreamProblem) -> Part {
    var pending = [root]
    while let wanted = pending.last {
      if known[wanted] != nil {
        pending.removeLast()
        continue
      }
      missing = []
      reader = wanted.id
      graph.begin(like: wanted.id)
      if let part = try attempt(wanted) {
        known[wanted] = part
        if graph.tag(wanted.id) == Node.Kind.contractTag, origins[part.node] == nil {
          origins[part.node] = wanted.id
        }
        pending.removeLast()
      } else {
        precondition(!missing.isEmpty, "a part of a step waits for nothing")
        pending += missing
      }
    }
    return known[root]!
  }

  /// What is wanted, if it is there; if not, the attempt under way comes to nothing and is made again.
  mutating func ask(_ id: NodeID, _ form: Wanted.Form) -> Part? {
    let wanted = Wanted(id: id, form: form)
    if let part = known[wanted] { return part }
    missing.append(wanted)
    return nil
  }

  private mutating func attempt(_ wanted: Wanted) throws(StreamProblem) -> Part? {
    let id = wanted.id
    switch wanted.form {
    case .turn(let turns): return try turn(id, turns)
    case .whole: return try whole(id)
    case .newest(let axis):
      return graph[id].isBatched ? try newest(id, axis) : try steady(id, axis)
    }
  }

  /// The axes of a node along which its elements come from different steps.
  func timeAxes(_ id: NodeID) -> [Int] {
    let bits = Int(id.index) < times.count ? times[Int(id.index)] : 0
    return graph.shape(id).indices.filter { bits & 1 << UInt32($0) != 0 }
  }

  func layer(_ id: NodeID) -> String? { graph.site(of: id)?.layer }

  func ahead(_ id: NodeID, by count: Int) -> StreamProblem {
    StreamProblem(
      reason:
        "looks at \(count == 1 ? "the step" : "\(count) steps") that come\(count == 1 ? "s" : "") after the present one",
      layer: firstAhead ?? layer(id))
  }
}
