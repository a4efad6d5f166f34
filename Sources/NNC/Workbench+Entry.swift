import NNCAlgebra
import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCSyntax

extension Workbench {
  /// Does what a user enters: expressions, assignments and `let`s, divided by `;` or line ends.
  ///
  /// - Parameters:
  ///   - text: what is entered.
  ///   - name: the name of the text in messages.
  public mutating func enter(_ text: String, name: String = "entry") throws -> [Outcome] {
    let source = SourceFile(name: name, text: text)
    let entry = parseEntry(source)
    if entry.diagnostics.contains(where: { $0.severity == .error }) {
      throw WorkbenchError.wrong(source, entry.diagnostics)
    }
    var outcomes: [Outcome] = []
    for item in entry.items {
      switch item {
      case .expression(let id):
        let text = source.text(of: entry.tree[id].span)
        outcomes.append(.values(try evaluate(id, in: entry.tree, text)))
      case .assignment(let target, let value):
        outcomes.append(try assign(target, value, in: entry.tree))
      case .definition(let index):
        outcomes.append(try define(index, in: entry.tree))
      }
    }
    return outcomes
  }

  /// Whether a text needs a further line to be whole.
  public static func isIncomplete(_ text: String) -> Bool {
    parseEntry(SourceFile(name: "entry", text: text)).isIncomplete
  }

  private mutating func evaluate(
    _ id: ExpressionID, in tree: SyntaxTree, _ text: String
  ) throws -> [Evaluation] {
    switch try elaborated(id, in: tree) {
    case .node(let node): return [try evaluation(of: node, expression: text)]
    case .gradients(let nodes):
      return try nodes.map { try evaluation(of: $0.node, expression: text, by: $0.name) }
    }
  }

  /// What an expression of a tree stands for in the graph.
  mutating func elaborated(_ id: ExpressionID, in tree: SyntaxTree) throws -> ExpressionValue {
    let result = scope.elaborate(id, in: tree, graph: &graph)
    guard let value = result.value else {
      throw WorkbenchError.wrong(tree.source, result.diagnostics)
    }
    return value
  }

  private mutating func define(_ index: Int, in tree: SyntaxTree) throws -> Outcome {
    let diagnostics = scope.define(index, in: tree, graph: &graph)
    if diagnostics.contains(where: { $0.severity == .error }) {
      throw WorkbenchError.wrong(tree.source, diagnostics)
    }
    let name: String
    switch tree.statements[index].kind {
    case .function(let function): name = function.name.text
    case .constant(let constant, _): name = constant.text
    default: preconditionFailure("a definition is a function or a constant")
    }
    defined.insert(name)
    ruleKeys.remove(name)
    return .defined(name)
  }
}
