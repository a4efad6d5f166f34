import NNCAlgebra
import NNCGraph

/// Writes one function: the values that its results are made of, operands first.
struct FunctionWriter {
  let module: StableModule
  let function: StableFunction
  let graph: Graph
  let real: Element
  let batch: Int
  /// How often each node is used.
  let uses: [Int32]
  var body: Body
  var values: [NodeID: Value] = [:]
  /// The scalars that are numbers at this size of the batch.
  var numbers: [NodeID: Double] = [:]
  /// The number of the present turn of a loop, and that of the last turn less it.
  var turn: (number: Value, fromLast: Value)?
  /// What nodes are written as, where that is no operation of their own kind.
  var products: [NodeID: Product] = [:]

  init(_ module: StableModule, _ function: StableFunction, _ library: Library) {
    self.module = module
    self.function = function
    graph = module.graph
    real = module.real.element
    batch = module.batch
    uses = graph.useCounts(of: function.results.map(\.node))
    body = Body(library: library)
  }

  /// The function's lines.
  mutating func written(as name: String) -> [String] {
    let aliases = Dictionary(
      function.results.enumerated().compactMap { index, result in
        result.replaces.map { ($0, index) }
      }, uniquingKeysWith: { first, _ in first })
    var lines = ["func.func public @\(name)("]
    for (index, leaf) in function.arguments.enumerated() {
      guard let symbol = graph.symbol(leaf) else { preconditionFailure("an argument is no leaf") }
      let value = body.argument(symbol.name, fullShape(of: leaf), module.element(of: leaf))
      values[leaf] = value
      let alias = aliases[index].map { " {tf.aliasing_output = \($0) : i32}" } ?? ""
      let isLast = index == function.arguments.count - 1
      lines.append("    \(value.name): \(value.type)\(alias)\(isLast ? "" : ",")")
    }
    writeNodes()
    body.location = ""
    var ends = function.results.map { result in
      let kept = result.replaces.map { module.element(of: function.arguments[$0]) }
      return body.convert(value(result.node), to: kept ?? real)
    }
    let assigned = zip(ends, function.results).filter { $0.1.replaces != nil }.map(\.0.name)
    ends = body.outline(for: ends, assigned: Set(assigned))
    lines.append(") -> (")
    for (index, (value, result)) in zip(ends, function.results).enumerated() {
      let isLast = index == ends.count - 1
      lines.append(
        "    \(value.type) {jax.result_info = \"\(result.name)\"}\(isLast ? "" : ",")")
    }
    lines.append(") {")
    lines += body.lines(for: ends).map { "  " + $0 }
    return lines + ["}"]
  }

  /// The shape of a value in the text: with the batch where it has one.
  func fullShape(of id: NodeID) -> Shape {
    graph[id].isBatched ? [batch] + graph.shape(id) : graph.shape(id)
  }

  /// Writes all nodes that are needed, operands first. Those that others see through are not.
  private mutating func writeNodes() {
    var needed = [Bool](repeating: false, count: graph.nodes.count)
    for result in function.results { needed[Int(result.node.index)] = true }
    for index in graph.nodes.indices.reversed() where needed[index] {
      for operand in dependencies(of: NodeID(index)) { needed[Int(operand.index)] = true }
    }
    for stage in graph.stages(of: function.results.map(\.node), needed) {
      switch stage {
      case .node(let id): writeNode(id)
      case .loop(let turns, let nodes): writeLoop(turns, nodes)
      }
    }
  }

  /// Writes a node, unless it is written or a number.
  mutating func writeNode(_ id: NodeID) {
    if values[id] != nil { return }
    if let number = constant(id) {
      numbers[id] = number
      return
    }
    body.location = location(of: id)
    values[id] = write(id, called: graph.names[id])
  }

  func location(of id: NodeID) -> String {
    guard let site = graph.site(of: id) else { return "" }
    return " loc(\"\(site.layer)\(site.way == .backward ? "_backward" : "")\")"
  }

  /// What must be written before a node.
  private mutating func dependencies(of id: NodeID) -> [NodeID] {
    if let product = product(at: id) {
      products[id] = product
      return sources(of: product)
    }
    return Array(graph.operands(id))
  }

  /// The value of a node that is written, or of a number.
  mutating func value(_ id: NodeID) -> Value {
    if let value = values[id] { return value }
    guard let number = numbers[id] else { preconditionFailure("a value is missing") }
    return body.constant(number, [], real)
  }

  mutating func asReal(_ value: Value) -> Value { body.convert(value, to: real) }

  private mutating func write(_ id: NodeID, called name: String?) -> Value {
    if let product = products[id] { return write(product, called: name) }
    let node = graph[id]
    switch node.kind {
    case .constant, .derivative: preconditionFailure("\(node.kind) is no value of its own")
    case .literal(let index): return literal(graph.literals[index], node.shape, called: name)
    case .symbol(let index): return leaf(id, graph.symbols[index], called: name)
    case .map(let operation): return map(operation, id, called: name)
    case .contract: preconditionFailure("a contraction is a product")
    case .maximum(let axes):
      let operand = asReal(value(node.operands[0]))
      let lead = graph[node.operands[0]].isBatched ? 1 : 0
      return body.reduce(
        operand, "maximum", from: -.infinity, axes: axes.map { $0 + lead }, called: name)
    case .broadcast, .permute, .reshape, .slice, .view, .pad, .concat:
      return moved(id, called: name)
    case .oneHot(let count):
      return oneHot(node.operands[0], count, called: name)
    case .samples:
      return body.reduce(
        asReal(value(node.operands[0])), "add", from: 0, axes: [0], called: name)
    case .row(_, let isReversed):
      return row(of: node.operands[0], reversed: isReversed, called: name)
    case .rows, .recurrence: preconditionFailure("\(node.kind) belongs to its loop")
    }
  }

  /// The number that a node is at this size of the batch, where it is one.
  private func constant(_ id: NodeID) -> Double? {
    if let value = graph.constantValue(id) { return value }
    if graph.symbol(id)?.role == .sampleCount { return Double(batch) }
    guard case .map(let operation) = graph[id].kind, graph.isScalar(id) else { return nil }
    let operands = graph.operands(id).compactMap { numbers[$0] }
    return operands.count == graph.operands(id).count ? operation.evaluate(operands) : nil
  }

  private mutating func leaf(_ id: NodeID, _ symbol: Symbol, called name: String?) -> Value {
    switch symbol.role {
    case .noise: return noise(id, called: name)
    default: preconditionFailure("\(symbol.name) is no argument")
    }
  }

  private mutating func literal(
    _ numbers: [Double], _ shape: Shape, called name: String?
  ) -> Value {
    if let first = numbers.first, numbers.allSatisfy({ $0.bitPattern == first.bitPattern }) {
      return body.constant(first, shape, real)
    }
    if shape.count == 1, numbers == numbers.indices.map(Double.init) {
      return body.iota(shape, axis: 0, real)
    }
    var texts = numbers.map { NNCStableHLO.literal($0, real) }
    for extent in shape.reversed() {
      texts = stride(from: 0, to: texts.count, by: max(1, extent)).map {
        "[" + texts[$0..<min(texts.count, $0 + extent)].joined(separator: ", ") + "]"
      }
    }
    return body.add(
      "constant dense<\(texts.joined())>", tensorType(shape, real), shape, real, called: name)
  }
}
