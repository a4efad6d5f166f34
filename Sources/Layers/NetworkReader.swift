import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// Reads a syntax tree and has a network made of it: the state that this takes.
final class NetworkReader {
  let tree: SyntaxTree
  let builder: NetworkBuilder
  let elaborator: Elaborator
  /// The blocks around the statement that is under way, the outermost first.
  var blocks: [Block] = []
  /// Where each label stands, those of all layers.
  var labels: [String: SourceSpan] = [:]
  /// The `input` statements, where there are several that begin flows of their own, by their indices.
  var inputs: [Int: Identifier] = [:]
  /// The statements that may stand only once.
  var only: [String: Statement] = [:]
  /// The blocks that `define` names.
  var defines: [String: DefinedBlock] = [:]
  /// The update rules of the user's own.
  var rules: [String: OwnRule] = [:]
  /// How many statements have been gone through.
  var visits = 0
  /// How often the body of a `repeat` is run, by the statement's index.
  var rounds: [Int: Int] = [:]

  struct Block {
    let kind: Kind
    let body: Range<Int>
    let span: SourceSpan
    /// How many messages there were before it.
    let errors: Int

    enum Kind {
      case `repeat`(remaining: Int)
      case residual(entry: NetworkBuilder.State)
      case scan(Scan)
      case defined(DefinedBlock.Use)
    }
  }

  init(_ tree: SyntaxTree, name: String) {
    self.tree = tree
    builder = NetworkBuilder(name: name)
    elaborator = Elaborator(builder.draft, tree)
    builder.inputOffer = { [unowned self] in firstWidth }
  }

  var graph: Graph {
    _read { yield builder.draft.graph }
    _modify { yield &builder.draft.graph }
  }

  var scope: Scope {
    _read { yield builder.draft.scope }
    _modify { yield &builder.draft.scope }
  }

  func report(_ diagnostic: Diagnostic) { elaborator.report(diagnostic) }

  /// The whole network; nil after an error.
  func read() -> Network? {
    collect()
    run()
    finish()
    let isWhole =
      !tree.expressions.contains { $0.kind == .invalid }
      && !tree.statements.contains { if case .invalid = $0.kind { true } else { false } }
    return isWhole ? builder.network() : nil
  }

  /// The width that the first layer which states one asks for, as a guess at the input's.
  private var firstWidth: (text: String, place: SourceSpan)? {
    for statement in tree.statements {
      guard case .layer(let layer) = statement.kind, let row = LayerRow(layer.kind.text),
        let axis = row.widthAxis
      else { continue }
      guard axis == .last, case .arrow(let from?, _) = layer.operands.first else { return nil }
      let start = Int(tree.statements[0].span.start)
      return (tree.source.text(of: tree[from].span), SourceSpan(start, start))
    }
    return nil
  }
}
