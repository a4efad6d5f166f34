import NNCAlgebra

/// An expression graph for one sample of a network: interned nodes in topological order.
///
/// Equal expressions are one node, operands stand before their users, and nothing is ever removed. Batches do not
/// occur in it: a node that depends on the input or the target is *batched*, has one value for each sample, and
/// only ``Node/Kind/samples`` crosses samples.
public struct Graph: Sendable {
  /// The nodes, operands first.
  public private(set) var nodes: [Node] = []
  /// The leaves, by the index in ``Node/Kind/symbol(_:)``.
  public private(set) var symbols: [Symbol] = []
  /// What people call a node: a label, a layer's output, an element of a parameter.
  public private(set) var names: [NodeID: String] = [:]
  /// Which nodes are known to be derivatives, and by what.
  public private(set) var adjoints: [NodeID: Adjoint] = [:]

  /// Where the values of leaves lie, of which that is known.
  public private(set) var bounds: [NodeID: Interval] = [:]

  // The nodes again, in columns of plain numbers: what is asked for most.
  @usableFromInline private(set) var tags: [Int16] = []
  @usableFromInline private(set) var shapeNumbers: [Int32] = []

  /// By node: the number of the loop that it is part of, or 0.
  @usableFromInline private(set) var loops: [Int32] = []
  /// How many loops were made.
  var loopCount: Int32 = 0
  private(set) var turnsByLoop: [Int32: GraphLoop] = [:]

  var sites = Sites()
  private var table = NodeTable()
  private var forms = FormTable()
  private var shapeTable = ShapeTable()
  private var literalTable = LiteralTable()
  private var symbolNodes: [Symbol: NodeID] = [:]

  /// An empty graph.
  public init() {}

  /// The tensors of numbers, by the index in ``Node/Kind/literal(_:)``.
  public var literals: [[Double]] { literalTable.values }

  /// The node at a place.
  @inlinable
  public subscript(id: NodeID) -> Node { nodes[Int(id.index)] }

  /// The node of this form: the one that is there already, or a new one.
  ///
  /// Products and sums of the same two operands are one node in either order.
  @inlinable
  public mutating func demand(_ kind: Node.Kind, _ operands: some Sequence<NodeID>, shape: Shape)
    -> NodeID
  {
    demand(kind, Operands(operands), shape: shape)
  }

  /// The node of this form: the one that is there already, or a new one.
  public mutating func demand(_ kind: Node.Kind, _ operands: Operands, shape: Shape) -> NodeID {
    let shape = shapeTable.number(of: shape)
    return intern(kind, forms.number(of: kind), operands, shape)
  }

  /// A node like `id`, of the same kind and shape, with other operands.
  public mutating func remake(_ id: NodeID, _ operands: Operands) -> NodeID {
    let key = table.keys[Int(id.index)]
    return intern(nodes[Int(id.index)].kind, key.form, operands, key.shape)
  }

  /// A scalar operation of operands of this shape, or scalars.
  public mutating func demand(
    _ operation: Operation, _ operands: Operands, shapeNumber: Int32
  ) -> NodeID {
    intern(.map(operation), Int32(operation.index), operands, shapeNumber)
  }

  /// A commuting operation with its operands in the order in which they are to be read, which may be another than
  /// that of the node that is there already.
  public mutating func inOrder(_ operation: Operation, _ a: NodeID, _ b: NodeID) -> NodeID {
    let operands = Operands(a, b)
    let shape = commonShape(of: operands)
    let usual = demand(operation, operands, shapeNumber: shape)
    if self[usual].operands == operands { return usual }
    // Its key has a form of its own, below those of all others.
    return intern(.map(operation), -2 - Int32(operation.index), operands, shape)
  }

  private mutating func intern(
    _ kind: Node.Kind, _ form: Int32, _ operands: Operands, _ shape: Int32
  ) -> NodeID {
    var key = NodeKey(form: form, operands: operands, shape: shape)
    if form >= 0, case .map(let operation) = kind, operation.commutes {
      key.operands = operands.ascending
    }
    if let known = table.index(of: key) { return NodeID(known) }
    let isBatched =
      switch kind {
      case .symbol(let index): symbols[index].role.differsBetweenSamples
      case .samples: false
      case .rows: nodes[Int(operands[0].index)].isBatched
      default: operands.contains { nodes[Int($0.index)].isBatched }
      }
    let id = NodeID(nodes.count)
    loops.append(loop(of: kind, operands))
    nodes.append(
      Node(
        kind: kind, operands: operands, shape: shapeTable.shapes[Int(shape)], isBatched: isBatched))
    sites.append()
    tags.append(kind.tag)
    shapeNumbers.append(shape)
    table.append(key)
    return id
  }

  /// The number of the loop that a new node is part of, or 0.
  private mutating func loop(of kind: Node.Kind, _ operands: Operands) -> Int32 {
    var turns: GraphLoop?
    switch kind {
    case .symbol(let index): if case .carried(let own, _) = symbols[index].role { turns = own }
    case .row(let own, _): turns = own
    case .rows, .recurrence: return 0
    default:
      var result: Int32 = 0
      for operand in operands {
        let other = loops[Int(operand.index)]
        precondition(result == 0 || other == 0 || result == other, "a node of two loops")
        if other != 0 { result = other }
      }
      return result
    }
    guard let turns else { return 0 }
    turnsByLoop[turns.number] = turns
    loopCount = max(loopCount, turns.number)
    return turns.number
  }

  /// The leaf of this name, shape and role.
  public mutating func symbol(_ symbol: Symbol) -> NodeID {
    if let known = symbolNodes[symbol] { return known }
    symbols.append(symbol)
    let id = demand(.symbol(symbols.count - 1), Operands(), shape: symbol.shape)
    symbolNodes[symbol] = id
    return id
  }

  /// The leaf called `name`, where there is one.
  public func leaf(named name: String) -> NodeID? {
    symbolNodes.first { $0.key.name == name }?.value
  }

  /// The number `value`.
  public mutating func constant(_ value: Double) -> NodeID {
    demand(.constant(value.bitPattern), Operands(), shape: [])
  }

  /// The tensor of these numbers in row-major order.
  public mutating func literal(_ values: [Double], shape: Shape) -> NodeID {
    precondition(values.count == shape.elementCount)
    if shape.isEmpty { return constant(values[0]) }
    return demand(.literal(literalTable.number(of: values)), Operands(), shape: shape)
  }

  /// Holds for certain that a leaf lies within an interval.
  public mutating func bound(_ leaf: NodeID, to interval: Interval) { bounds[leaf] = interval }

  /// Calls a node `name`, unless it has a name already.
  public mutating func name(_ id: NodeID, _ name: String) {
    if names[id] == nil { names[id] = name }
  }

  /// Tells what derivative a node is, unless that is known or it is none at all: a leaf.
  mutating func note(_ id: NodeID, _ adjoint: Adjoint) {
    if adjoints[id] == nil, !operands(id).isEmpty { adjoints[id] = adjoint }
  }
}

extension Graph {
  /// The kind of a node in one number: the index of a map's operation, or a negative number (``Node/Kind/tag``).
  @inlinable
  public func tag(_ id: NodeID) -> Int16 { tags[Int(id.index)] }

  /// What a node is made from.
  @inlinable
  public func operands(_ id: NodeID) -> Operands { nodes[Int(id.index)].operands }

  /// A number for the shape of a node, the same for equal shapes; 0 for a scalar.
  @inlinable
  public func shapeNumber(_ id: NodeID) -> Int32 { shapeNumbers[Int(id.index)] }

  /// Whether a node is a tensor of rank 0.
  @inlinable
  public func isScalar(_ id: NodeID) -> Bool { shapeNumbers[Int(id.index)] == 0 }

  /// How many numbers a node is.
  public func elementCount(_ id: NodeID) -> Int {
    shapeTable.elementCounts[Int(shapeNumbers[Int(id.index)])]
  }

  /// The number that a node is, or nil.
  public func constantValue(_ id: NodeID) -> Double? {
    guard tag(id) == Node.Kind.constantTag, case .constant(let bits) = nodes[Int(id.index)].kind
    else { return nil }
    return Double(bitPattern: bits)
  }

  /// The leaf that a node is, or nil.
  public func symbol(_ id: NodeID) -> Symbol? {
    guard case .symbol(let index) = self[id].kind else { return nil }
    return symbols[index]
  }

  /// The shape of a node.
  @inlinable
  public func shape(_ id: NodeID) -> Shape { self[id].shape }

  /// Which nodes the given ones are made from, themselves included, by index.
  public func reachable(from roots: some Sequence<NodeID>) -> [Bool] {
    var marks = [Bool](repeating: false, count: nodes.count)
    var end = 0
    for root in roots {
      marks[Int(root.index)] = true
      end = max(end, Int(root.index) + 1)
    }
    for index in (0..<end).reversed() where marks[index] {
      for operand in nodes[index].operands { marks[Int(operand.index)] = true }
    }
    return marks
  }

  /// How often each node is used by the nodes that make up the given ones; a root counts as one use.
  public func useCounts(of roots: some Sequence<NodeID>) -> [Int32] {
    let roots = Array(roots)
    let marks = reachable(from: roots)
    var counts = [Int32](repeating: 0, count: nodes.count)
    for root in roots { counts[Int(root.index)] += 1 }
    for index in nodes.indices where marks[index] {
      for operand in nodes[index].operands { counts[Int(operand.index)] += 1 }
    }
    return counts
  }
}
