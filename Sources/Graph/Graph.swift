import Algebra

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
  /// The tensors of numbers, by the index in ``Node/Kind/literal(_:)``.
  public private(set) var literals: [[Double]] = []
  /// What people call a node: a label, a layer's output, an element of a parameter.
  public private(set) var names: [NodeID: String] = [:]

  /// The kind of each node in one number, for quick looks: see ``tag(_:)``.
  private var tags: [Int16] = []
  private var interned: [Node: NodeID] = [:]
  private var symbolNodes: [Symbol: NodeID] = [:]

  /// An empty graph.
  public init() {}

  /// The node at a place.
  public subscript(id: NodeID) -> Node { nodes[Int(id.index)] }

  /// The node of this form: the one that is there already, or a new one.
  ///
  /// Products and sums of the same two operands are one node in either order.
  public mutating func demand(_ kind: Node.Kind, _ operands: some Sequence<NodeID>, shape: Shape)
    -> NodeID
  {
    let operands = Operands(operands)
    var isBatched = operands.contains { self[$0].isBatched }
    switch kind {
    case .symbol(let index):
      isBatched = symbols[index].role.differsBetweenSamples
    case .samples: isBatched = false
    default: break
    }
    let node = Node(kind: kind, operands: operands, shape: shape, isBatched: isBatched)
    if let known = interned[node] { return known }
    if case .map(let operation) = kind, operation.row.commutes {
      let mirrored = Node(
        kind: kind, operands: Operands([operands[1], operands[0]]), shape: shape,
        isBatched: isBatched)
      if let known = interned[mirrored] { return known }
    }
    let id = NodeID(nodes.count)
    nodes.append(node)
    tags.append(node.kind.tag)
    interned[node] = id
    return id
  }

  /// The leaf of this name, shape and role.
  public mutating func symbol(_ symbol: Symbol) -> NodeID {
    if let known = symbolNodes[symbol] { return known }
    symbols.append(symbol)
    let id = demand(.symbol(symbols.count - 1), [], shape: symbol.shape)
    symbolNodes[symbol] = id
    return id
  }

  /// The leaf called `name`, where there is one.
  public func leaf(named name: String) -> NodeID? {
    symbolNodes.first { $0.key.name == name }?.value
  }

  /// The number `value`.
  public mutating func constant(_ value: Double) -> NodeID {
    demand(.constant(value.bitPattern), [], shape: [])
  }

  /// The tensor of these numbers in row-major order.
  public mutating func literal(_ values: [Double], shape: Shape) -> NodeID {
    precondition(values.count == shape.elementCount)
    if shape.isEmpty { return constant(values[0]) }
    let known = literals.indices.first {
      literals[$0].elementsEqual(values) { $0.bitPattern == $1.bitPattern }
    }
    if known == nil { literals.append(values) }
    return demand(.literal(known ?? literals.count - 1), [], shape: shape)
  }

  /// Calls a node `name`, unless it has a name already.
  public mutating func name(_ id: NodeID, _ name: String) {
    if names[id] == nil { names[id] = name }
  }
}

extension Graph {
  /// The kind of a node in one number: the index of a map's operation, or a negative number (``Node/Kind/tag``).
  public func tag(_ id: NodeID) -> Int16 { tags[Int(id.index)] }

  /// The number that a node is, or nil.
  public func constantValue(_ id: NodeID) -> Double? {
    guard tag(id) == Node.Kind.constantTag, case .constant(let bits) = self[id].kind else {
      return nil
    }
    return Double(bitPattern: bits)
  }

  /// The leaf that a node is, or nil.
  public func symbol(_ id: NodeID) -> Symbol? {
    guard case .symbol(let index) = self[id].kind else { return nil }
    return symbols[index]
  }

  /// The shape of a node.
  public func shape(_ id: NodeID) -> Shape { self[id].shape }

  /// Which nodes the given ones are made from, themselves included, by index.
  public func reachable(from roots: some Sequence<NodeID>) -> [Bool] {
    var marks = [Bool](repeating: false, count: nodes.count)
    for root in roots { marks[Int(root.index)] = true }
    for index in nodes.indices.reversed() where marks[index] {
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
