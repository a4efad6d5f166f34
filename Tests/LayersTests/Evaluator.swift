import NNCAlgebra
import Foundation
import NNCGraph

/// Calculates nodes of a graph by the plain meaning of each primitive, for the tests alone.
struct Evaluator {
  let graph: Graph
  /// The values of leaves, by name, in row-major order.
  let leaves: [String: [Double]]

  /// The numbers that a node is.
  func value(_ root: NodeID) -> [Double] {
    let marks = graph.reachable(from: [root])
    var values: [NodeID: [Double]] = [:]
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      values[id] = value(graph[id], graph[id].operands.map { ($0, values[$0]!) })
    }
    return values[root]!
  }

  private func value(_ node: Node, _ operands: [(id: NodeID, numbers: [Double])]) -> [Double] {
    let count = node.shape.elementCount
    switch node.kind {
    case .constant(let bits): return [Double(bitPattern: bits)]
    case .oneHot(let extent):
      return operands[0].numbers.flatMap { number in
        (0..<extent).map { number == Double($0) ? 1 : 0 }
      }
    case .literal(let index): return graph.literals[index]
    case .symbol(let index): return leaves[graph.symbols[index].name]!
    case .map(let operation):
      return (0..<count).map { place in
        scalar(
          operation, operands.map { $0.numbers.count == 1 ? $0.numbers[0] : $0.numbers[place] })
      }
    case .reshape: return operands[0].numbers
    case .concat(let axis):
      let inner = node.shape[axis...].dropFirst().reduce(1, *)
      let extents = operands.map { graph.shape($0.id)[axis] * inner }
      let outer = node.shape[..<axis].reduce(1, *)
      return (0..<outer).flatMap { row in
        zip(operands, extents).flatMap { operand, extent in
          operand.numbers[row * extent..<(row + 1) * extent]
        }
      }
    case .slice(let start):
      let shape = graph.shape(operands[0].id)
      return (0..<count).map { place in
        operands[0].numbers[
          flat(zip(indices(place, node.shape), start).map { $0 + $1 }, shape)]
      }
    case .broadcast(let axes):
      let shape = graph.shape(operands[0].id)
      return (0..<count).map { place in
        let all = indices(place, node.shape)
        return operands[0].numbers[flat(axes.map { all[$0] }, shape)]
      }
    case .permute(let axes):
      let shape = graph.shape(operands[0].id)
      return (0..<count).map { place in
        var own = shape
        for (axis, index) in zip(axes, indices(place, node.shape)) { own[axis] = index }
        return operands[0].numbers[flat(own, shape)]
      }
    case .maximum(let axes):
      let shape = graph.shape(operands[0].id)
      var result = [Double](repeating: -.infinity, count: count)
      for (place, number) in operands[0].numbers.enumerated() {
        let all = indices(place, shape)
        let kept = all.indices.filter { !axes.contains($0) }.map { all[$0] }
        let target = flat(kept, node.shape)
        result[target] = Swift.max(result[target], number)
      }
      return result
    case .contract(let contraction): return contract(contraction, operands, node.shape)
    case .view, .pad, .samples, .row, .rows, .recurrence, .derivative:
      preconditionFailure("not made by elaboration")
    }
  }

  private func contract(
    _ contraction: Contraction, _ operands: [(id: NodeID, numbers: [Double])], _ shape: Shape
  ) -> [Double] {
    var extents: [UInt8: Int] = [:]
    for (labels, operand) in zip(contraction.inputs, operands) {
      for (label, extent) in zip(labels, graph.shape(operand.id)) { extents[label] = extent }
    }
    let labels = extents.keys.sorted()
    let space = labels.map { extents[$0]! }
    var result = [Double](repeating: 0, count: shape.elementCount)
    for place in 0..<space.elementCount {
      let at = Dictionary(uniqueKeysWithValues: zip(labels, indices(place, space)))
      var product = 1.0
      for (own, operand) in zip(contraction.inputs, operands) {
        product *= operand.numbers[flat(own.map { at[$0]! }, graph.shape(operand.id))]
      }
      result[flat(contraction.output.map { at[$0]! }, shape)] += product
    }
    return result
  }

  private func indices(_ place: Int, _ shape: Shape) -> [Int] {
    var rest = place
    var result = shape
    for axis in shape.indices.reversed() {
      result[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    return result
  }

  private func flat(_ indices: [Int], _ shape: Shape) -> Int {
    zip(indices, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// A scalar operation by its definition, or by the platform's functions.
  private func scalar(_ operation: NNCAlgebra.Operation, _ a: [Double]) -> Double {
    switch operation.name {
    case "add": return a[0] + a[1]
    case "sub": return a[0] - a[1]
    case "mul": return a[0] * a[1]
    case "div": return a[0] / a[1]
    case "pow": return Foundation.pow(a[0], a[1])
    case "neg": return -a[0]
    case "abs": return a[0].magnitude
    case "sqrt": return a[0].squareRoot()
    case "lt": return a[0] < a[1] ? 1 : 0
    case "le": return a[0] <= a[1] ? 1 : 0
    case "eq": return a[0] == a[1] ? 1 : 0
    case "ne": return a[0] != a[1] ? 1 : 0
    case "weigh": return a[0] == 0 ? 0 : a[0] * a[1]
    case "and": return a[0] != 0 && a[1] != 0 ? 1 : 0
    case "or": return a[0] != 0 || a[1] != 0 ? 1 : 0
    case "select": return a[0] != 0 ? a[1] : a[2]
    case "exp": return Foundation.exp(a[0])
    case "log": return Foundation.log(a[0])
    case "expm1": return Foundation.expm1(a[0])
    case "log1p": return Foundation.log1p(a[0])
    case "sin": return Foundation.sin(a[0])
    case "cos": return Foundation.cos(a[0])
    case "tanh": return Foundation.tanh(a[0])
    case "erf": return Foundation.erf(a[0])
    // The definition of these overflows or cancels; their exact values are tested elsewhere.
    case "logsigmoid":
      return Swift.min(a[0], 0) - Foundation.log1p(Foundation.exp(-a[0].magnitude))
    case "softplus":
      return Swift.max(a[0], 0) + Foundation.log1p(Foundation.exp(-a[0].magnitude))
    default: break
    }
    let names = operation.row.arguments.map(\.name)
    guard let definition = operation.row.definition else { return operation.evaluate(a) }
    return formula(definition, Dictionary(uniqueKeysWithValues: zip(names, a)))
  }

  private func formula(_ formula: Formula, _ bindings: [String: Double]) -> Double {
    switch formula.kind {
    case .symbol(let name): return bindings[name]!
    case .number(let value): return value
    case .bits: preconditionFailure("no machine constants in definitions")
    case .apply(let name, let arguments):
      return scalar(NNCAlgebra.Operation(name)!, arguments.map { self.formula($0, bindings) })
    }
  }
}

/// Whether two tensors agree as goldens do: relative to the largest magnitude in them.
func agree(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-12) -> Bool {
  guard a.count == b.count else { return false }
  let scale = b.map(\.magnitude).max() ?? 0
  return zip(a, b).allSatisfy { $0 == $1 || ($0 - $1).magnitude <= tolerance * scale }
}
