import NNCAlgebra
import NNCGraph

extension Operation {
  /// The work of one application, in additions: what its row says, else 1 for a machine operation, as much as its
  /// definition for what has one, and 20 for a function that has none.
  var work: Double { Self.works[Int(index)] }

  /// The same, by the operation's tag.
  static func work(_ tag: Int16) -> Double { works[Int(tag)] }

  /// The tag of nodes that are this operation.
  var tag: Int16 { Int16(index) }

  private static let works: [Double] = Operation.all.map { work(of: $0, depth: 0) }

  private static func work(of operation: Operation, depth: Int) -> Double {
    if let known = operation.row.work { return known }
    if operation.primitive != nil { return 1 }
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
  /// The work of one node alone, in additions, for one sample; in a loop that of all turns.
  func work(of id: NodeID) -> Double { workOfOneTurn(id) * Double(turns(of: id)?.count ?? 1) }

  private func workOfOneTurn(_ id: NodeID) -> Double {
    let tag = tag(id)
    if tag >= 0 { return Operation.work(tag) * Double(elementCount(id)) }
    switch self[id].kind {
    case .contract(let contraction):
      return Double(operands(id).count) * Double(extent(of: contraction, id))
    case .maximum: return Double(elementCount(operands(id)[0]))
    case .samples: return Double(elementCount(id))
    default: return 0
    }
  }

  /// The work of everything that the roots are made from, each node once.
  func work(of roots: [NodeID]) -> Double {
    let marks = reachable(from: roots)
    var total = 0.0
    for index in marks.indices where marks[index] { total += work(of: NodeID(index)) }
    return total
  }

  /// How many products, or elements, a contraction goes through: the elements of the first operand, each for every
  /// place along the axes that only the second has.
  private func extent(of contraction: Contraction, _ id: NodeID) -> Int {
    let operands = operands(id)
    var extent = elementCount(operands[0])
    if operands.count == 1 { return extent }
    let shape = self[operands[1]].shape
    for (axis, label) in contraction.inputs[1].enumerated()
    where !contraction.inputs[0].contains(label) {
      extent *= shape[axis]
    }
    // Of what a number in memory says there is one.
    return extent / (chosen(in: id)?.count ?? 1)
  }

  /// How often each operation is done for everything that the roots are made from, each node once.
  public func operationCounts(of roots: [NodeID]) -> [String: Int] {
    var counts = Operation.all.map { _ in 0 }
    let marks = reachable(from: roots)
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      let turns = turns(of: id)?.count ?? 1
      let elements = elementCount(id) * turns
      switch nodes[index].kind {
      case .map(let operation): counts[Int(operation.index)] += elements
      case .contract(let contraction):
        let extent = extent(of: contraction, id) * turns
        if operands(id).count == 2 { counts[Int(Operation.mul.index)] += extent }
        if extent > elements { counts[Int(Operation.add.index)] += extent - elements }
      case .maximum: counts[Int(Operation.max.index)] += elementCount(operands(id)[0]) * turns
      case .samples: counts[Int(Operation.add.index)] += elements
      default: break
      }
    }
    let named = zip(Operation.all, counts).filter { $1 > 0 }.map { ($0.name, $1) }
    return Dictionary(uniqueKeysWithValues: named)
  }
}
