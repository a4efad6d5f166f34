import Algebra
import Graph

/// The numbers of expressions, given those of their leaves: one sample, in binary64, by the very arithmetic that every
/// compiled form of a network uses.
public struct GraphValues {
  private var functions: [Operation: FormulaEvaluator] = [:]

  /// An evaluator that has seen nothing yet.
  public init() {}

  /// The values of `root` in row-major order; `known` are those of leaves, and of any other node that is not to be
  /// computed. A leaf that is not known is not a number.
  public mutating func value(
    of root: NodeID, in graph: Graph, _ known: (NodeID) -> [Double]?
  ) -> [Double] {
    var values: [NodeID: [Double]] = [:]
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
    _ node: Node, _ operands: [[Double]], _ shapes: [Shape], _ graph: Graph
  ) -> [Double] {
    let count = node.shape.elementCount
    func gather(_ element: ([Int]) -> Double) -> [Double] {
      (0..<count).map { element(place($0, in: node.shape)) }
    }
    switch node.kind {
    case .constant(let bits): return [Double(bitPattern: bits)]
    case .literal(let index): return graph.literals[index]
    case .symbol: return [Double](repeating: .nan, count: count)
    case .map(let operation):
      let function = function(operation)
      return (0..<count).map { k in function(operands.map { $0.count == 1 ? $0[0] : $0[k] }) }
    case .contract(let contraction): return contract(contraction, node.shape, operands, shapes)
    case .maximum(let axes):
      var result = [Double](repeating: -.infinity, count: count)
      let kept = shapes[0].indices.filter { !axes.contains($0) }
      for (k, value) in operands[0].enumerated() {
        let place = place(k, in: shapes[0])
        let target = flat(kept.map { place[$0] }, in: node.shape)
        if value > result[target] || value.isNaN { result[target] = value }
      }
      return result
    case .broadcast(let axes):
      return gather { place in operands[0][flat(axes.map { place[$0] }, in: shapes[0])] }
    case .permute(let axes):
      return gather { place in
        var source = place
        for (axis, from) in axes.enumerated() { source[from] = place[axis] }
        return operands[0][flat(source, in: shapes[0])]
      }
    case .reshape, .samples: return operands[0]
    case .slice(let start):
      return gather { operands[0][flat(zip($0, start).map { $0 + $1 }, in: shapes[0])] }
    case .pad(let start):
      return gather { place in
        let inner = zip(place, start).map { $0 - $1 }
        let isInside = zip(inner, shapes[0]).allSatisfy { $0 >= 0 && $0 < $1 }
        return isInside ? operands[0][flat(inner, in: shapes[0])] : 0
      }
    case .concat(let axis):
      return gather { place in
        var place = place
        if place[axis] < shapes[0][axis] { return operands[0][flat(place, in: shapes[0])] }
        place[axis] -= shapes[0][axis]
        return operands[1][flat(place, in: shapes[1])]
      }
    case .derivative: return [Double](repeating: .nan, count: count)
    }
  }

  /// Σ over the labels that the result does not have, in the order of their indices.
  private func contract(
    _ contraction: Contraction, _ shape: Shape, _ operands: [[Double]], _ shapes: [Shape]
  ) -> [Double] {
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
    let outerSteps = strides(contraction.output)
    let innerSteps = strides(summed)
    return (0..<shape.elementCount).map { k in
      let place = place(k, in: shape)
      let starts = outerSteps.map { zip($0, place).reduce(0) { $0 + $1.0 * $1.1 } }
      var total = 0.0
      for term in 0..<inner.elementCount {
        let turn = self.place(term, in: inner)
        var product = 1.0
        for (which, operand) in operands.enumerated() {
          let step = zip(innerSteps[which], turn).reduce(0) { $0 + $1.0 * $1.1 }
          product *= operand[starts[which] + step]
        }
        total += product
      }
      return total
    }
  }

  private mutating func function(_ operation: Operation) -> FormulaEvaluator {
    if let known = functions[operation] { return known }
    let names = operation.row.arguments.map(\.name)
    let formula = Formula(.apply(operation.name, names.map { .symbol($0) }))
    let function = FormulaEvaluator(formula, of: names, precision: .f64)
    functions[operation] = function
    return function
  }

  private func place(_ flat: Int, in shape: Shape) -> [Int] {
    var rest = flat
    var place = shape
    for axis in shape.indices.reversed() {
      place[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    return place
  }

  private func flat(_ place: [Int], in shape: Shape) -> Int {
    zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }
}
