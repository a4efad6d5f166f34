import NNCDiagnostics
import NNCGraph

/// A network on the way: its graph, what names mean in it, and what was found wrong. Whoever makes layers and whoever
/// reads expressions work on the same one.
final class NetworkDraft {
  var graph: Graph
  var scope: Scope
  private(set) var diagnostics: [Diagnostic] = []
  private var reported: Set<Report> = []

  private struct Report: Hashable {
    let code: String
    let span: SourceSpan?
    /// What it says, where it has no place.
    let message: String
  }

  init(graph: Graph, scope: Scope) {
    self.graph = graph
    self.scope = scope
  }

  /// The most messages about one source.
  static let maximumMessages = Limits.messages

  /// Whether there are so many messages that reading on is of no use.
  var isExhausted: Bool { diagnostics.count > Self.maximumMessages }

  /// Whether something keeps the network from being made.
  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Adds a message, unless the same stands already at the same place.
  func report(_ diagnostic: Diagnostic) {
    if diagnostics.count >= Self.maximumMessages {
      if !isExhausted { diagnostics.append(.tooManyMessages(Self.maximumMessages)) }
      return
    }
    let span = diagnostic.primary.span
    let key = Report(
      code: diagnostic.code, span: span, message: span == nil ? diagnostic.message : "")
    if reported.insert(key).inserted { diagnostics.append(diagnostic) }
  }

  /// A value of this shape that stands for one that is not known, after an error.
  func placeholder(_ shape: Shape) -> Flow {
    let symbol = Symbol(name: "unknown \(graph.nodes.count)", shape: shape, role: .free)
    let node = graph.symbol(symbol)
    return Flow(plain: node, training: node)
  }
}
