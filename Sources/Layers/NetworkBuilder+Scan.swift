import NNCDiagnostics
import NNCGraph

/// A block of layers that is done for each step of a sequence and is under way.
public struct Scan: Sendable {
  /// What a step finds of what the step before left.
  struct Carried: Sendable {
    let name: Given<String>
    let flow: Flow
  }

  let name: String
  let span: SourceSpan?
  /// The loops, which are one where what flows in is the same in training.
  let turns: (plain: GraphLoop, training: GraphLoop)
  let carried: [Carried]
  /// What the names of what is carried meant before.
  let outer: [String: Flow]
  /// What flowed in came from here.
  let origin: NetworkBuilder.Origin
  /// How many layers and hidden values there were before.
  let layers: Int
  let stages: Int
}

// h(t), y(t) = block(x(t), h(t − 1)), with h(−1) = 0. Inside, what flows in is one step, and a carried name is what the step
// before left under that name; a label of that name says what this one leaves. Outside, a label in the block is what it
// labels at every step.
extension NetworkBuilder {
  /// Begins a block that is done for each step of the sequence that flows in, whose layers carry values of these shapes;
  /// nil where it cannot be, which has been reported.
  public func openScan(_ carried: [(name: Given<String>, shape: Shape)], span: SourceSpan?) -> Scan?
  {
    guard let x = inflow(Given("scan", span)), case .known(_, let origin) = state else {
      return nil
    }
    let shape = graph.shape(x.plain)
    let source: Diagnostic.Source = (origin.text, origin.span)
    if let outer = scans.last {
      report(.scan("a `scan` cannot stand in another", at: span, ("the other", outer.span)))
    } else if shape.count < 2 {
      report(.scan("`scan` takes the steps of a sequence, steps x features", at: span, source))
    } else if wholeBound(x.plain) != nil {
      report(.scan("`scan` takes numbers; an `embedding` before it makes them", at: span, source))
    } else {
      let plain = graph.loop(of: shape[0])
      let training = x.plain == x.training ? plain : graph.loop(of: shape[0])
      let row = Flow(
        plain: graph.row(x.plain, plain), training: graph.row(x.training, training))
      var outer: [String: Flow] = [:]
      var entered: [Scan.Carried] = []
      for (place, item) in carried.enumerated() {
        let name = scope.prefix + item.name.value
        func leaf(_ turns: GraphLoop) -> NodeID {
          graph.carried(name, shape: item.shape, turns, place: place)
        }
        let flow = Flow(plain: leaf(plain), training: leaf(training))
        outer[name] = scope.values[name]
        scope.values[name] = flow
        entered.append(.init(name: Given(name, item.name.span), flow: flow))
      }
      let scan = Scan(
        name: numbered("scan", "scan"), span: span, turns: (plain, training), carried: entered,
        outer: outer, origin: origin, layers: layers.count, stages: stages.count)
      scans.append(scan)
      state = .known(row, Origin(span: span, text: "a step is \(graph.shape(row.plain).numbers)"))
      return scan
    }
    return nil
  }

  /// Ends such a block: what flows out is what flowed out of it at every step.
  public func closeScan(_ scan: Scan) {
    scans.removeLast()
    defer {
      for item in scan.carried { scope.values[item.name.value] = scan.outer[item.name.value] }
    }
    guard case .known(let end, _) = state else { return }
    var next: [Flow] = []
    for item in scan.carried {
      let left = scope.values[item.name.value]!
      let isLeft = left.plain != item.flow.plain
      let value = isLeft || scan.carried.count > 1 ? left : end
      if !isLeft, scan.carried.count > 1 {
        report(.leavesNothing(item.name.value, at: item.name.span))
        state = .unknown
        return
      }
      let (found, made) = (graph.shape(item.flow.plain), graph.shape(value.plain))
      guard found == made else {
        report(.carriedShape(item.name.value, found, made, at: item.name.span))
        state = .unknown
        return
      }
      next.append(value)
    }
    graph.begin(.init(layer: scan.name, kind: "scan"))
    defer { graph.begin(nil) }
    func last(_ isTraining: Bool) -> NodeID? {
      let turns = isTraining ? scan.turns.training : scan.turns.plain
      var result: NodeID?
      for (place, value) in next.enumerated() {
        let zero = graph.constant(0)
        let zeros = graph.broadcast(zero, to: graph.shape(value.plain), axes: [])
        result = graph.recurrence(
          turns, place: place, first: zeros, next: value[isTraining], after: result)
      }
      return result
    }
    let recurrences = (plain: last(false), training: last(true))
    func gathered(_ flow: Flow) -> Flow {
      Flow(
        plain: graph.rows(of: flow.plain, scan.turns.plain, recurrences.plain),
        training: graph.rows(of: flow.training, scan.turns.training, recurrences.training))
    }
    for (name, flow) in scope.values where graph.turns(of: flow.plain) == scan.turns.plain {
      scope.values[name] = gathered(flow)
    }
    for index in scan.layers..<layers.count
    where graph.turns(of: layers[index].output) == scan.turns.plain {
      let output = layers[index].output
      layers[index].output = graph.rows(of: output, scan.turns.plain, recurrences.plain)
      layers[index].call = nil
    }
    for index in scan.stages..<stages.count
    where graph.turns(of: stages[index].flow.plain) == scan.turns.plain {
      stages[index].flow = gathered(stages[index].flow)
    }
    let flow = gathered(end)
    scope.values[scan.name] = flow
    state = .known(
      flow, Origin(span: scan.span, text: "this gives \(graph.shape(flow.plain).numbers)"))
  }
}

extension Diagnostic {
  static func scan(_ message: String, at span: SourceSpan?, _ source: Source) -> Diagnostic {
    Diagnostic(
      "N0223", message, at: span, label: "not here", secondary: labels(source))
  }

  static func leavesNothing(_ name: String, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0223", "the block leaves nothing under the name `\(name)`", at: span,
      label: "this is carried from step to step",
      notes: ["a layer with the label `\(name):` says what the next step finds"])
  }

  static func carriedShape(
    _ name: String, _ found: Shape, _ left: Shape, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      "N0223", "a step finds \(found.numbers) as `\(name)` and leaves \(left.numbers)", at: span,
      label: "what is carried keeps its shape")
  }

  static func asksBeyondStep(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0223", "`\(name)` cannot stand in a `scan`", at: span,
      label: "a step knows its own values, no derivatives and no other samples",
      notes: ["behind the block, or in the loss, it may be asked for"])
  }

  static func differsInScan(_ kind: String, at span: SourceSpan?, scan: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0223", "`\(kind)` cannot stand in a `scan`", at: span,
      label: "it goes through steps itself, or does something else in training",
      secondary: labels(("the block", scan)), notes: ["it may stand before the block or behind it"])
  }
}
