import NNCAlgebra
import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension BinaryOperator {
  /// The row of the table of operations, and whether its operands are exchanged.
  var operation: (name: String, isMirrored: Bool)? {
    switch self {
    case .add: ("add", false)
    case .subtract: ("sub", false)
    case .multiply: ("mul", false)
    case .divide: ("div", false)
    case .power: ("pow", false)
    case .less: ("lt", false)
    case .lessOrEqual: ("le", false)
    case .greater: ("lt", true)
    case .greaterOrEqual: ("le", true)
    case .equal: ("eq", false)
    case .notEqual: ("ne", false)
    case .matrixProduct: nil
    }
  }
}

extension Elaborator {
  /// `a + b` and so on.
  func binary(
    _ sign: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, _ span: SourceSpan
  ) -> Value {
    let frame = frames[frames.count - 1]
    let a = tensor(frame, left)
    let b = tensor(frame, right)
    guard let a, let b else { return .invalid }
    let result: NodeID?
    if sign == .power, graph.constantValue(b) == 2 {
      result = graph.map(.square, a)
    } else if let (name, isMirrored) = sign.operation {
      result = graph.elementwise(Operation(name)!, isMirrored ? [b, a] : [a, b])
    } else {
      result = graph.matrixProduct(a, b)
    }
    if let result { return .node(result) }
    report(
      .shapesDisagree(
        sign.rawValue,
        [
          (graph.shape(a), frame.tree[left].span), (graph.shape(b), frame.tree[right].span),
        ], at: span))
    return .invalid
  }

  /// `[a, b]`: the elements, which have one shape, one after the other along a new first axis.
  func list(_ elements: [ExpressionID], _ span: SourceSpan) -> Value {
    let frame = frames[frames.count - 1]
    guard !elements.isEmpty else {
      report(.emptyList(at: span))
      return .invalid
    }
    var nodes: [NodeID] = []
    for element in elements {
      guard let node = tensor(frame, element) else { return .invalid }
      nodes.append(node)
    }
    let shape = graph.shape(nodes[0])
    if let other = nodes.indices.first(where: { graph.shape(nodes[$0]) != shape }) {
      return .unfit(
        .raggedList(
          (shape, frame.tree[elements[0]].span),
          (graph.shape(nodes[other]), frame.tree[elements[other]].span)))
    }
    guard ([nodes.count] + shape).checkedCount != nil else {
      report(.tensorTooLarge([nodes.count] + shape, at: span))
      return .invalid
    }
    if let numbers = literal(nodes) {
      return .node(graph.literal(numbers, shape: [nodes.count] + shape))
    }
    return .node(graph.joined(nodes.map { graph.reshape($0, to: [1] + shape) }, axis: 0))
  }

  /// The numbers of constants and literals, one after the other; nil if a node is anything else.
  private func literal(_ nodes: [NodeID]) -> [Double]? {
    var numbers: [Double] = []
    for node in nodes {
      switch graph[node].kind {
      case .constant(let bits): numbers.append(Double(bitPattern: bits))
      case .literal(let index): numbers += graph.literals[index]
      default: return nil
      }
    }
    return numbers
  }
}
