import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// Makes a network of a syntax tree: the state that this takes.
final class NetworkBuilder {
  let tree: SyntaxTree
  let elaborator: Elaborator
  var name: String
  var seed: UInt64 = 0
  var weights: WeightsStatement?
  var parameters: [Parameter] = []
  var parameterCount = 0
  var layers: [LayerSummary] = []
  var training: TrainingRule?
  /// What flows out of the last layer so far.
  var state = State.start
  /// The blocks around the statement that is under way, the outermost first.
  var blocks: [Block] = []
  /// Names of layers, so that none is given twice.
  var taken: Set<String> = []
  /// Where each label stands, those of all layers.
  var labels: [String: SourceSpan] = [:]
  /// How often each kind of layer, and each label in a `repeat`, has stood so far.
  var counts: [String: Int] = [:]
  /// The statements that may stand only once.
  var only: [String: Statement] = [:]
  /// The layers' outputs, for the hidden values' names.
  var stages: [Stage] = []
  /// How often the body of a `repeat` is run, by the statement's index.
  var rounds: [Int: Int] = [:]

  /// What is known of the values that flow on.
  enum State {
    /// No layer and no `input` has stood yet.
    case start
    /// Something was wrong and has been reported, so nothing is said about widths.
    case unknown
    case known(Flow, Origin)
  }

  /// Where the present width comes from.
  struct Origin {
    let span: SourceSpan
    let text: String
  }

  struct Block {
    let kind: Kind
    let body: Range<Int>
    let span: SourceSpan
    /// How many errors there were before it.
    let errors: Int

    enum Kind {
      case `repeat`(remaining: Int)
      case residual(entry: State)
    }
  }

  init(_ tree: SyntaxTree, name: String) {
    self.tree = tree
    self.name = identifier(name)
    elaborator = Elaborator(graph: Graph(), scope: Scope(isOpen: false), tree: tree)
  }

  var graph: Graph {
    _read { yield elaborator.graph }
    _modify { yield &elaborator.graph }
  }

  var scope: Scope {
    _read { yield elaborator.scope }
    _modify { yield &elaborator.scope }
  }

  func report(_ diagnostic: Diagnostic) { elaborator.report(diagnostic) }

  /// The whole network; nil after an error.
  func build() -> Network? {
    collect()
    run()
    finish()
    let isWhole =
      !tree.expressions.contains { $0.kind == .invalid }
      && !tree.statements.contains { if case .invalid = $0.kind { true } else { false } }
    guard isWhole, !elaborator.diagnostics.contains(where: { $0.severity == .error }),
      let input = scope.input, let output = scope.output
    else { return nil }
    let target = self.target
    return Network(
      name: name, graph: graph, input: input, target: target,
      output: output.plain, loss: scope.loss?.plain, trainingOutput: output.training,
      trainingLoss: scope.loss?.training, parameters: parameters, layers: layers,
      training: training, seed: seed, weights: weights, scope: scope)
  }

  /// The leaf `t`, where the loss asks for it.
  private var target: NodeID? {
    guard let loss = scope.loss, let node = elaborator.network("t") else { return nil }
    return graph.reachable(from: [loss.plain])[Int(node.index)] ? node : nil
  }
}
