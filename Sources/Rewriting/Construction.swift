import NNCAlgebra
import NNCGraph

/// A formula prepared for building nodes of it: its parts in order, each after the parts it is made from.
struct Construction: Sendable {
  private enum Step: Sendable {
    case number(UInt64)
    case apply(Operation, InlineArray<3, Int>, count: Int)
    case sum(Int)
    case maximum(Int)
  }

  /// The steps' values stand behind the values that the symbols are given.
  private var steps: [Step] = []
  private var result = 0
  private let symbolCount: Int

  /// Prepares a formula of these symbols. A part that is shared inside the formula is built once.
  init(_ formula: Formula, of symbols: [String]) {
    symbolCount = symbols.count
    var known: [ObjectIdentifier: Int] = [:]
    var places: [String: Int] = [:]
    for (place, symbol) in symbols.enumerated() { places[symbol] = place }
    result = read(formula, places, &known)
    precondition(symbolCount + steps.count <= Self.limit, "a rule's right side is too large")
  }

  private static let limit = 64

  // Recursion goes to the depth of a table's formula, never of a network.
  private mutating func read(
    _ formula: Formula, _ symbols: [String: Int], _ known: inout [ObjectIdentifier: Int]
  ) -> Int {
    if let place = known[ObjectIdentifier(formula)] { return place }
    var place: Int?
    switch formula.kind {
    case .symbol(let name): place = symbols[name]!
    case .number(let value): steps.append(.number(value.bitPattern))
    case .bits: preconditionFailure("rules are about reals")
    case .apply(let name, let arguments):
      var operands = InlineArray<3, Int>(repeating: 0)
      for (index, argument) in arguments.enumerated() {
        operands[index] = read(argument, symbols, &known)
      }
      switch name {
      case "sum": steps.append(.sum(operands[0]))
      case "maximum": steps.append(.maximum(operands[0]))
      default: steps.append(.apply(Operation(name)!, operands, count: arguments.count))
      }
    }
    let result = place ?? symbolCount + steps.count - 1
    known[ObjectIdentifier(formula)] = result
    return result
  }

  /// The node that the formula stands for where `given` has its symbols' nodes, with constants computed on the way.
  func build(in graph: inout Graph, _ given: (Int) -> NodeID) -> NodeID {
    var values = InlineArray<64, NodeID>(repeating: NodeID(-1))
    for place in 0..<symbolCount { values[place] = given(place) }
    for (index, step) in steps.enumerated() {
      let value: NodeID
      switch step {
      case .number(let bits): value = graph.constant(Double(bitPattern: bits))
      case .sum(let place): value = graph.sum(values[place])
      case .maximum(let place):
        let all = Array(graph[values[place]].shape.indices)
        value = graph.maximum(values[place], axes: all)
      case .apply(let operation, let places, let count):
        var operands = Operands()
        for argument in 0..<count { operands[argument] = values[places[argument]] }
        value = graph.folded(operation, operands, graph.commonShape(of: operands))
      }
      values[symbolCount + index] = value
    }
    return values[result]
  }
}
