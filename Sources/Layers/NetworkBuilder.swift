import NNCDiagnostics
import NNCGraph

/// Makes a network layer by layer, from values.
///
/// What is wrong is reported, at the place that a value brings with it where there is a source, and the network is nil in
/// the end; it never traps. The reader of the language is one that calls it.
public final class NetworkBuilder {
  let draft: NetworkDraft
  /// The name that generated symbols carry.
  public internal(set) var name: String
  /// The seed of the random initial values.
  public var seed: UInt64 = 0
  /// The file of initial values that the network names.
  public var weights: WeightsStatement?
  /// The update rule.
  public var training: TrainingRule?
  var inputs: [NetworkPort] = []
  var outputs: [NetworkPort] = []
  /// Where each input is stated.
  var places: [String: SourceSpan] = [:]
  var parameters: [Parameter] = []
  var sharedNames: [SharedName] = []
  var parameterCount = 0
  var layers: [LayerSummary] = []
  /// What flows out of the last layer so far.
  var state = State.start
  /// Names of layers, so that none is given twice.
  var taken: Set<String> = []
  /// The labels that layers have been given so far.
  private var labels: Set<String> = []
  /// How often each kind of layer, and each label that is numbered, has stood so far.
  var counts: [String: Int] = [:]
  /// What made the output of the present layer.
  var call: LayerCall?
  /// The blocks that are done for each step of a sequence and are under way.
  var scans: [Scan] = []
  /// The layers' outputs, for the hidden values' names.
  var stages: [Stage] = []
  /// What to offer where the input's shape is missing: its width in the source's words, and where it would stand.
  var inputOffer: () -> (text: String, place: SourceSpan)? = { nil }

  /// What is known of the values that flow on.
  enum State {
    /// No layer and no input has stood yet.
    case start
    /// Something was wrong and has been reported, so nothing is said about widths.
    case unknown
    case known(Flow, Origin)
  }

  /// Where the present width comes from.
  struct Origin: Sendable {
    let span: SourceSpan?
    let text: String
  }

  /// A network without layers so far.
  ///
  /// - Parameter name: what cannot stand in a name of C or Swift becomes `_`.
  public init(name: String) {
    self.name = identifier(name)
    draft = NetworkDraft(graph: Graph(), scope: Scope(isOpen: false))
  }

  /// What was found wrong.
  public var diagnostics: [Diagnostic] { draft.diagnostics }

  /// The graph so far; whoever makes values of its own adds them here.
  public var graph: Graph {
    _read { yield draft.graph }
    _modify { yield &draft.graph }
  }

  var scope: Scope {
    _read { yield draft.scope }
    _modify { yield &draft.scope }
  }

  func report(_ diagnostic: Diagnostic) { draft.report(diagnostic) }

  /// The output of the layer called so, by its label or by its kind and count, or the input; nil where there is none.
  public func output(of layer: String) -> Flow? {
    if layer == "x", let input = scope.input { return Flow(plain: input, training: input) }
    return scope.find(layer, in: scope.values)?.value
  }

  /// Makes a value, a number for each sample, the loss.
  public func loss(_ loss: Flow) {
    graph.name(loss.plain, "loss")
    graph.name(loss.training, "loss")
    scope.loss = loss
  }

  /// The whole network; nil after an error.
  public func network() -> Network? {
    guard !draft.hasErrors, let input = scope.input, let output = scope.output else { return nil }
    return Network(
      name: name, graph: graph, input: input, inputs: inputs, outputs: outputs, target: target,
      output: output.plain, loss: scope.loss?.plain, trainingOutput: output.training,
      trainingLoss: scope.loss?.training, parameters: parameters, sharedNames: sharedNames,
      layers: layers, training: training, seed: seed, weights: weights, scope: scope)
  }

  /// The leaf `t`, where the loss asks for it.
  private var target: NodeID? {
    guard let loss = scope.loss else { return nil }
    let marks = graph.reachable(from: [loss.plain])
    return marks.indices.lazy.filter { marks[$0] }.map { NodeID($0) }
      .first { self.graph.symbol($0)?.role == .target }
  }

  /// The name of a new layer: its label, numbered where it is one of several, or the kind and how many of it there are.
  func newName(_ head: LayerHead) -> String {
    let kind = scope.prefix + head.kind.value
    counts[kind, default: 0] += 1
    if let label = head.label.map({ scope.prefix + $0 }) {
      let isNew = labels.insert(label).inserted
      taken.insert(label)
      return head.isNumbered || !isNew ? numbered(label + ":", label) : label
    }
    var name = "\(kind)\(counts[kind]!)"
    while !taken.insert(name).inserted {
      counts[kind]! += 1
      name = "\(kind)\(counts[kind]!)"
    }
    return name
  }

  /// `base` and a count of its own.
  func numbered(_ counter: String, _ base: String) -> String {
    while true {
      counts[counter, default: 0] += 1
      let name = "\(base)\(counts[counter]!)"
      if taken.insert(name).inserted { return name }
    }
  }
}
