import NNCGraph
import NNCRewriting
import NNCSyntax

/// How an expression was simplified, rule by rule.
public struct DerivationSteps: Sendable {
  /// The rules that fired before derivatives were taken: a derivative is taken of a simplified expression.
  public let beforeDerivatives: [Step]
  /// The expression with its derivatives taken, before further rules.
  public let start: String
  /// The rules that fired, in order.
  public let steps: [Step]
  /// What it came to.
  public let end: String

  /// One firing.
  public struct Step: Hashable, Sendable {
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
    var inner: [TraceStep] = []
    let plain = graph.withoutDerivatives(node, &inner)
    var start = plain
    let work = graph.operationCounts(of: [start]).values.reduce(0, +)
    if graph.shape(node).isEmpty, work <= options.unrollLimit {
      start = graph.expanded([start])[0][0]
    }
    var simplifier = Simplifier(phase: .simplify)
    var end = simplifier.run(&graph, [start])[0]
    var presenter = Simplifier(phase: .present, opensShared: true)
    end = presenter.run(&graph, [end])[0]
    return DerivationSteps(
      beforeDerivatives: steps(inner), start: shown(start),
      steps: steps(simplifier.trace + presenter.trace),
      end: shown(end))
  }

  /// The steps in words, each once.
  private func steps(_ trace: [TraceStep]) -> [DerivationSteps.Step] {
    var known: Set<DerivationSteps.Step> = []
    return trace.map {
      .init(
        rule: $0.rule, keeps: $0.keeps.rawValue, before: shown($0.before), after: shown($0.after))
    }.filter { known.insert($0).inserted }
  }

  private func shown(_ id: NodeID) -> String {
    var printer = GraphPrinter(graph)
    printer.limit = 400
    return printer.formula(of: id).formula
  }

  /// An expression, simplified, in LaTeX for math mode.
  public mutating func latex(of text: String) throws -> String {
    try formula(of: text, style: .latex)
  }

  /// An expression, simplified.
  public mutating func formula(
    of text: String, style: FormulaStyle = .text
  ) throws -> String {
    let node = try node(of: text)
    let simple = simplified(node)
    let (formula, definitions) = formula(of: simple, style: style)
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
