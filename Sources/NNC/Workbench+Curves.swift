import NNCExplanation
import NNCGraph
import NNCLayers
import NNCLowering
import NNCProgram
import NNCRewriting
import NNCSyntax

extension Workbench {
  /// The values of an expression, a number, as one name takes each of some values.
  ///
  /// The name is a variable, or with a network a parameter's element (`w5`), the input or the target or an element of
  /// one. Everything else has the value that it has here, and the name keeps its own.
  public mutating func values(
    of text: String, as name: String, at points: [Double]
  ) throws -> [Double] {
    let place = try numberPlace(name)
    let node = try expressionNode(of: text)
    guard graph.shape(node).elementCount == 1 else {
      throw WorkbenchError.refused("`\(text)` is no single number")
    }
    let computed = simplified(node).computed[0]
    let root = graph.unrolling([computed])[0]
    var known: [NodeID: [Double]] = [:]
    let marks = graph.reachable(from: [root])
    var variable: (leaf: NodeID, place: Int)?
    for index in marks.indices where marks[index] {
      let leaf = NodeID(index)
      guard let symbol = graph.symbol(leaf) else { continue }
      var numbers: [Double]?
      switch symbol.role {
      case .parameter:
        let field = fields!.place(of: symbol.name).1
        numbers = Array(parameters[field.offset..<(field.offset + field.count)])
      case .sampleCount: numbers = [1]
      default: numbers = values[symbol.name]?.values
      }
      let count = symbol.shape.elementCount
      if symbol.name == place.symbol.name {
        variable = (leaf, place.number)
        numbers = numbers ?? (count == 1 ? [0] : nil)
      }
      guard let numbers else {
        throw WorkbenchError.refused("`\(text)` has no value yet: `\(symbol.name)` not set")
      }
      guard numbers.count == count else {
        throw WorkbenchError.refused("`\(symbol.name)` holds several samples; a curve is of one")
      }
      known[leaf] = numbers
    }
    var evaluator = GraphValues<Double>()
    return points.map { point in
      if let variable { known[variable.leaf]![variable.place] = point }
      return evaluator.value(of: root, in: graph) { known[$0] }[0]
    }
  }

  /// The leaf and the place in it that a name means, which must be one number.
  private mutating func numberPlace(_ name: String) throws -> (symbol: Symbol, number: Int) {
    let source = SourceFile(name: "entry", text: name)
    let parsed = parseExpression(source)
    if parsed.diagnostics.contains(where: { $0.severity == .error }) {
      throw WorkbenchError.wrong(source, parsed.diagnostics)
    }
    let (target, diagnostics) = scope.target(parsed.root, in: parsed.tree, graph: &graph)
    guard let target else { throw WorkbenchError.wrong(source, diagnostics) }
    guard target.extent.elementCount == 1 else {
      throw WorkbenchError.refused("`\(name)` is no single number: name an element of it")
    }
    let number = zip(target.start, target.symbol.shape).reduce(0) { $0 * $1.1 + $1.0 }
    return (target.symbol, number)
  }

  private mutating func expressionNode(of text: String) throws -> NodeID {
    let source = SourceFile(name: "entry", text: text)
    let parsed = parseExpression(source)
    if parsed.diagnostics.contains(where: { $0.severity == .error }) {
      throw WorkbenchError.wrong(source, parsed.diagnostics)
    }
    guard case .node(let node) = try elaborated(parsed.root, in: parsed.tree) else {
      throw WorkbenchError.refused("`\(text)` has several values")
    }
    return node
  }
}
