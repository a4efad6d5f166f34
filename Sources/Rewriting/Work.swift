import Algebra
import Graph

extension Operation {
  /// The work of one application, in additions: a division counts 4, a transcendental function 20, and what has a
  /// definition as much as its definition.
  var work: Double { Self.works[Int(index)] }

  private static let works: [Double] = Operation.all.map { work(of: $0, depth: 0) }
  private static let heavy: [String: Double] = ["div": 4, "sqrt": 6, "pow": 40, "detach": 0]

  private static func work(of operation: Operation, depth: Int) -> Double {
    if let known = heavy[operation.name] { return known }
    if Primitive(named: operation.name) != nil { return 1 }
    guard let definition = operation.row.definition, depth < 4 else { return 20 }
    var seen: Set<ObjectIdentifier> = []
    func total(_ formula: Formula) -> Double {
      guard case .apply(let name, let arguments) = formula.kind,
        seen.insert(ObjectIdentifier(formula)).inserted
      else { return 0 }
      return work(of: Operation(name)!, depth: depth + 1)
        + arguments.reduce(0) { $0 + total($1) }
    }
    return total(definition)
  }
}

extension Graph {
  /// The work of one node alone, in additions, for one sample.
  func work(of id: NodeID) -> Double {
    let node = self[id]
    let count = Double(node.shape.elementCount)
    switch node.kind {
    case .map(let operation): return operation.work * count
    case .contract(let contraction):
      return Double(node.operands.count) * Double(extent(of: contraction, node))
    case .maximum: return Double(self[node.operands[0]].shape.elementCount)
    case .samples: return count
    default: return 0
    }
  }

  /// The work of everything that the roots are made from, each node once.
  func work(of roots: [NodeID]) -> Double {
    let marks = reachable(from: roots)
    return marks.indices.reduce(0) { marks[$1] ? $0 + work(of: NodeID($1)) : $0 }
  }

  /// How many products, or elements, a contraction goes through.
  private func extent(of contraction: Contraction, _ node: Node) -> Int {
    var extents: [UInt8: Int] = [:]
    for (labels, operand) in zip(contraction.inputs, node.operands) {
      for (label, extent) in zip(labels, self[operand].shape) { extents[label] = extent }
    }
    return extents.values.reduce(1, *)
  }

  /// How often each operation is done for everything that the roots are made from, each node once.
  public func operationCounts(of roots: [NodeID]) -> [String: Int] {
    var counts: [String: Int] = [:]
    let marks = reachable(from: roots)
    for index in marks.indices where marks[index] {
      let node = nodes[index]
      let elements = node.shape.elementCount
      switch node.kind {
      case .map(let operation): counts[operation.name, default: 0] += elements
      case .contract(let contraction):
        let extent = extent(of: contraction, node)
        if node.operands.count == 2 { counts["mul", default: 0] += extent }
        if extent > elements { counts["add", default: 0] += extent - elements }
      case .maximum: counts["max", default: 0] += self[node.operands[0]].shape.elementCount
      case .samples: counts["add", default: 0] += elements
      default: break
      }
    }
    return counts
  }
}
