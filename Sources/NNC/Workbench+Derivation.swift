import Graph
import Rewriting
import Syntax

/// How an expression was simplified, rule by rule.
public struct DerivationSteps: Sendable {
  /// The expression with its derivatives taken, before any rule.
  public let start: String
  /// The rules that fired, in order.
  public let steps: [Step]
  /// What it came to.
  public let end: String

  /// One firing.
  public struct Step: Sendable {
    /// The rule's name.
    public let rule: String
    /// What it keeps: `exact`, `stable` or `real`.
    public let keeps: String
    /// What was rewritten.
    public let before: String
    /// What it became.
    public let after: String
  }
}

extension Workbench {
  /// How an expression is simplified.
  public mutating func derivation(of text: String) throws -> DerivationSteps {
    let node = try node(of: text)
    let plain = graph.withoutDerivatives(node)
    let one = graph.forOneSample([plain])[0]
    var simplifier = Simplifier(phase: .simplify)
    let simple = simplified(one, &simplifier)
    var printer = GraphPrinter(graph)
    printer.limit = 60
    func shown(_ id: NodeID) -> String { printer.formula(of: id).formula }
    return DerivationSteps(
      start: shown(one),
      steps: simplifier.trace.map {
        .init(
          rule: $0.rule, keeps: $0.keeps.rawValue, before: shown($0.before), after: shown($0.after))
      }, end: shown(simple.shown))
  }

  /// An expression, simplified, in LaTeX for math mode.
  public mutating func latex(of text: String) throws -> String {
    let node = try node(of: text)
    let simple = simplified(node)
    let (formula, definitions) = formula(of: simple, style: .latex)
    return ([formula] + definitions.map { "  where \($0.name) = \($0.formula)" })
      .joined(separator: "\n")
  }

  private mutating func node(of text: String) throws -> NodeID {
    let source = SourceFile(name: "entry", text: text)
    let parsed = parseExpression(source)
    if parsed.diagnostics.contains(where: { $0.severity == .error }) {
      throw WorkbenchError.wrong(source, parsed.diagnostics)
    }
    guard case .node(let node) = try elaborated(parsed.root, in: parsed.tree) else {
      throw WorkbenchError.refused(
        "`\(text)` has several values: ask for one derivative with `diff`")
    }
    return node
  }
}
