import NNCAlgebra
import NNCGraph

/// A number that expressions can be evaluated in.
public protocol GraphNumber: Sendable {
  /// The number of that value.
  init(_ value: Double)
  /// The sum.
  static func + (a: Self, b: Self) -> Self
  /// The product.
  static func * (a: Self, b: Self) -> Self
  /// Whether the first is less.
  static func < (a: Self, b: Self) -> Bool
  /// An operation's value for its arguments.
  static func function(of operation: Operation) -> @Sendable ([Self]) -> Self
}

extension Double: GraphNumber {
  /// The operation by the very arithmetic that every compiled form of a network uses.
  public static func function(of operation: Operation) -> @Sendable ([Double]) -> Double {
    let names = operation.row.arguments.map(\.name)
    let formula = Formula(.apply(operation.name, names.map { .symbol($0) }))
    let evaluator = FormulaEvaluator(formula, of: names, precision: .f64)
    return { evaluator($0) }
  }
}

/// The numbers of expressions, given those of their leaves, for one sample.
public struct GraphValues<Number: GraphNumber> {
  private var functions: [Operation: @Sendable ([Number]) -> Number] = [:]

  /// An evaluator that has seen nothing yet.
  public init() {}

  /// The values of `root` in row-major order; `known` are those of leaves, and of any other node that is not to be
  /// computed. A leaf that is not known is not a number.
  public mutating func value(
    of root: NodeID, in graph: Graph, _ known: (NodeID) -> [Number]?
  ) -> [Number] {
    var values: [NodeID: [Number]] = [:]
    for id in graph.subgraph(of: root, endingAt: { known($0) != nil }) {
      if let given = known(id) {
        values[id] = given
      } else {
        let operands = graph[id].operands
        values[id] = value(
          graph[id], operands.map { values[$0]! }, operands.map { graph.shape($0) }, graph)
      }
    }
    return values[root]!
  }

  private mutating func value(
    _ node: Node, _ operands: [[Number]], _ shapes: [Shape], _ graph: Graph
  ) -> [Number] {
    let count = node.shape.elementCount
    func gather(_ element: ([Int]) -> Number) -> [Number] {
      (0..<count).map { element(node.shape.place(of: $0)) }
    }
    switch node.kind {
    case .constant(let bits): return [Number(Double(bitPattern: bits))]
    case .literal(let index): return graph.literals[index].map { Number($0) }
    case .symbol: return [Number](repeating: Number(.nan), count: count)
    case .map(let operation):
      let function = function(operation)
      return (0..<count).map { k in function(operands.map { $0.count == 1 ? $0[0] : $0[k] }) }
    case .contract(let contraction): return contract(contraction, node.shape, operands, shapes)
    case .maximum(let axes):
      var result = [Number](repeating: Number(-.infinity), count: count)
      let kept = shapes[0].indices.filter { !axes.contains($0) }
      for (k, value) in operands[0].enumerated() {
        let place = shapes[0].place(of: k)
        let target = node.shape.number(of: kept.map { place[$0] })
        if result[target] < value || isNaN(value) { result[target] = value }
      }
      return result
    case .broadcast, .permute, .slice, .view:
      let view = node.kind.view!
      return gather { operands[0][shapes[0].number(of: view.source(of: $0))] }
    case .reshape, .samples: return operands[0]
    case .pad(let start, let steps):
      var result = [Number](repeating: Number(0), count: count)
      for (k, value) in operands[0].enumerated() {
        let place = shapes[0].place(of: k).enumerated().map { start[$0] + steps[$0] * $1 }
        result[node.shape.number(of: place)] = value
      }
      return result
    case .concat(let axis):
      return gather { place in
        var place = place
        if place[axis] < shapes[0][axis] { return operands[0][shapes[0].number(of: place)] }
        place[axis] -= shapes[0][axis]
        return operands[1][shapes[1].number(of: place)]
      }
    case .oneHot(let extent):
      let isEqual = function(.eq)
      return operands[0].flatMap { whole in
        (0..<extent).map { isEqual([whole, Number(Double($0))]) }
      }
    case .row, .rows, .recurrence, .derivative:
      return [Number](repeating: Number(.nan), count: count)
    }
  }

  /// Σ over the labels that the result does not have, in the order of their indices.
  private func contract(
    _ contraction: Contraction, _ shape: Shape, _ operands: [[Number]], _ shapes: [Shape]
  ) -> [Number] {
    var extents: [UInt8: Int] = [:]
    for (labels, shape) in zip(contraction.inputs, shapes) {
      for (label, extent) in zip(labels, shape) { extents[label] = extent }
    }
    let summed = extents.keys.filter { !contraction.output.contains($0) }.sorted()
    let inner = summed.map { extents[$0]! }
    // How far each operand moves when a label's index grows by one.
    func strides(_ labels: [UInt8]) -> [[Int]] {
      zip(contraction.inputs, shapes).map { own, shape in
        labels.map { label in
          guard let axis = own.firstIndex(of: label) else { return 0 }
          return shape[(axis + 1)...].reduce(1, *)
        }
      }
    }
    // Where the factors of element k and of term j lie in each operand: at the sum of both places.
    func places(_ labels: [UInt8], _ extents: Shape) -> [[Int]] {
      strides(labels).map { steps in
        (0..<extents.elementCount).map { number in
          zip(steps, extents.place(of: number)).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
    }
    let starts = places(contraction.output, shape)
    let steps = places(summed, inner)
    return (0..<shape.elementCount).map { k in
      var total = Number(0)
      for term in 0..<inner.elementCount {
        var product = Number(1)
        for (which, operand) in operands.enumerated() {
          product = product * operand[starts[which][k] + steps[which][term]]
        }
        total = total + product
      }
      return total
    }
  }

  private func isNaN(_ value: Number) -> Bool { !(value < Number(.infinity) || Number(0) < value) }

  private mutating func function(_ operation: Operation) -> @Sendable ([Number]) -> Number {
    if let known = functions[operation] { return known }
    let function = Number.function(of: operation)
    functions[operation] = function
    return function
  }
}
