import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// Turns expressions into nodes: the state that this takes.
final class Elaborator {
  /// What the nodes and the messages are added to.
  let draft: NetworkDraft
  /// The tree whose spans messages are about.
  let tree: SyntaxTree

  /// For how many more mistakes a repair is looked for.
  var suggestionsLeft = 50

  /// Whether names mean their values in training.
  var isTraining = false
  /// Whether something was made that is another in training, whatever names mean.
  var differsInTraining = false
  /// The functions and constants whose expansion is under way.
  var frames: [Frame] = []
  /// What functions gave for arguments that they have had before.
  var known: [Expansion: Value] = [:]
  /// The layer that is under way, for messages about functions that it calls.
  var layerSpan: SourceSpan?
  /// How many operations of functions have been written out, in the expression under way and in
  /// all. Functions that call each other several times grow beyond every bound, so these have one.
  var steps = (inExpression: 0, inAll: 0)

  /// The most operations of functions in one expression, and in a whole network.
  static let maximumSteps = Limits.operations

  init(_ draft: NetworkDraft, _ tree: SyntaxTree) {
    self.draft = draft
    self.tree = tree
  }

  var graph: Graph {
    _read { yield draft.graph }
    _modify { yield &draft.graph }
  }

  var scope: Scope {
    _read { yield draft.scope }
    _modify { yield &draft.scope }
  }

  /// Adds a message, unless the same stands already at the same place.
  func report(_ diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    if let frame = frames.last { place(&diagnostic, frame) }
    draft.report(diagnostic)
  }

  /// Says of a message about a function's body where the function was called; where the body
  /// stands in another source, the call is the place of the message.
  private func place(_ diagnostic: inout Diagnostic, _ frame: Frame) {
    guard let definition = frame.definition else { return }
    guard let call = frames[0].definition == nil ? frames[0].currentSpan : layerSpan else {
      return
    }
    if definition.generation != scope.generation {
      diagnostic.secondary = []
      diagnostic.fixes = []
      diagnostic.primary = .init(call, "in `\(definition.name.text)`")
    } else if diagnostic.primary.span != call {
      diagnostic.secondary.append(.init(call, "asked for here"))
    }
  }
}

/// What an expression is worth.
enum Value {
  /// What has been reported: whatever depends on it stays silent.
  case invalid
  case node(NodeID)
  case gradients([NamedNode])
  /// What is no tensor by itself, a text or a list of tensors of several shapes, but an argument of some functions; and
  /// the message where a tensor is asked for.
  case unfit(Diagnostic)

  var node: NodeID? {
    guard case .node(let node) = self else { return nil }
    return node
  }
}

/// An expansion of a function or constant.
struct Expansion: Hashable {
  let name: String
  let arguments: [NodeID]
  let isTraining: Bool
}

/// An expression under way: the expressions from `first` to `next` have their values.
struct Frame {
  let tree: SyntaxTree
  let first: Int
  let root: Int
  var next: Int
  var values: [Value] = []
  var bindings: [String: NodeID] = [:]
  /// What is being expanded; nil for an expression of its own.
  var definition: Definition?
  var expansion: Expansion?
  var generation: Int

  init(_ tree: SyntaxTree, _ root: ExpressionID, generation: Int) {
    self.tree = tree
    self.first = Int(tree[root].first.index)
    self.root = Int(root.index)
    self.next = first
    self.generation = generation
    values.reserveCapacity(self.root - first + 1)
  }

  /// Where the operation that is under way stands.
  var currentSpan: SourceSpan { tree.expressions[Swift.min(next, root)].span }

  subscript(id: ExpressionID) -> Value { values[Int(id.index) - first] }
}

/// A node and what it is called.
public struct NamedNode: Hashable, Sendable {
  /// The name: a parameter's.
  public let name: String
  /// The node.
  public let node: NodeID
}
