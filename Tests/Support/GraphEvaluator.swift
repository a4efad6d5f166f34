import NNCAlgebra
import Glibc
import NNCGraph

/// Values of a graph's nodes, computed node by node and sample by sample in Double: what lowered code is compared with.
public struct GraphEvaluator {
  let graph: Graph
  let sampleCount: Int
  /// The values of leaves by name; one row for each sample where the leaf is batched.
  let leaves: [String: [Double]]
  /// By node, by sample (one where the node is not batched), by element.
  private var values: [[[Double]]] = []

  /// Evaluates the nodes of `graph` that `roots` are made of, or every one, given its leaves.
  public init(
    _ graph: Graph, samples: Int, leaves: [String: [Double]], roots: [NodeID]? = nil
  ) {
    self.graph = graph
    sampleCount = samples
    self.leaves = leaves
    let marks = roots.map { graph.reachable(from: $0) }
    for index in graph.nodes.indices {
      values.append(marks?[index] ?? true ? evaluate(graph.nodes[index]) : [])
    }
  }

  /// A node's values: by sample, by element.
  public subscript(node: NodeID) -> [[Double]] { values[Int(node.index)] }

  private func evaluate(_ node: Node) -> [[Double]] {
    if node.kind == .samples {
      let rows = self[node.operands[0]]
      return [rows.dropFirst().reduce(rows[0]) { zip($0, $1).map { $0 + $1 } }]
    }
    return (0..<(node.isBatched ? sampleCount : 1)).map { sample in
      let operands = node.operands.map { id in graph[id].isBatched ? self[id][sample] : self[id][0]
      }
      let shapes = node.operands.map { graph[$0].shape }
      return evaluate(node, operands, shapes, sample)
    }
  }

  private func evaluate(_ node: Node, _ operands: [[Double]], _ shapes: [Shape], _ sample: Int)
    -> [Double]
  {
    let count = node.shape.elementCount
    func gather(_ element: ([Int]) -> Double) -> [Double] {
      (0..<count).map { element(place($0, node.shape)) }
    }
    func at(_ operand: Int, _ place: [Int]) -> Double {
      operands[operand][flat(place, shapes[operand])]
    }
    switch node.kind {
    case .constant(let bits): return [Double(bitPattern: bits)]
    case .literal(let literal): return graph.literals[literal]
    case .symbol(let index):
      let symbol = graph.symbols[index]
      if symbol.role == .sampleCount { return [Double(sampleCount)] }
      // A leaf without numbers is none that a result may depend on.
      let unknown = [Double](repeating: .nan, count: count * sampleCount)
      let numbers = leaves[symbol.name] ?? unknown
      return node.isBatched ? Array(numbers[sample * count..<(sample + 1) * count]) : numbers
    case .map(let operation):
      return (0..<count).map { element in
        scalar(operation, operands.map { $0.count == 1 ? $0[0] : $0[element] })
      }
    case .contract(let contraction):
      var extents: [UInt8: Int] = [:]
      for (labels, shape) in zip(contraction.inputs, shapes) {
        for (label, extent) in zip(labels, shape) { extents[label] = extent }
      }
      let summed = extents.keys.filter { !contraction.output.contains($0) }.sorted()
      let inner = summed.map { extents[$0]! }
      // Where each operand is read: a place for the result's element, and from there one for each turn of the sum.
      let bases = zip(contraction.inputs, shapes).map { labels, shape in
        offsets(of: labels, shape, along: contraction.output, extents: node.shape)
      }
      let turns = zip(contraction.inputs, shapes).map { labels, shape in
        offsets(of: labels, shape, along: summed, extents: inner)
      }
      return (0..<count).map { element in
        var total = 0.0
        for turn in turns[0].indices {
          var product = 1.0
          for operand in operands.indices {
            product *= operands[operand][bases[operand][element] + turns[operand][turn]]
          }
          total += product
        }
        return total
      }
    case .maximum(let axes):
      var result = [Double](repeating: -.infinity, count: count)
      for (element, value) in operands[0].enumerated() {
        let place = place(element, shapes[0])
        let kept = flat(place.indices.filter { !axes.contains($0) }.map { place[$0] }, node.shape)
        if value > result[kept] || value.isNaN { result[kept] = value }
      }
      return result
    case .broadcast(let axes): return gather { place in at(0, axes.map { place[$0] }) }
    case .permute(let axes):
      return gather { place in
        var source = place
        for (axis, from) in axes.enumerated() { source[from] = place[axis] }
        return at(0, source)
      }
    case .reshape: return operands[0]
    case .slice(let start): return gather { at(0, zip($0, start).map { $0 + $1 }) }
    case .view(let view):
      return gather { place in
        let source = view.indices.map { index in
          index.terms.reduce(index.offset) { $0 + $1.step * place[$1.axis] }
        }
        return at(0, source)
      }
    case .pad(let start, let steps):
      return gather { place in
        let moved = zip(place, start).map { $0 - $1 }
        if zip(moved, steps).contains(where: { $0 % $1 != 0 }) { return 0 }
        let inner = zip(moved, steps).map { $0 / $1 }
        return zip(inner, shapes[0]).allSatisfy { $0 >= 0 && $0 < $1 } ? at(0, inner) : 0
      }
    case .concat(let axis):
      return gather { place in
        let first = shapes[0][axis]
        var place = place
        if place[axis] < first { return at(0, place) }
        place[axis] -= first
        return at(1, place)
      }
    case .oneHot:
      return gather { place in
        at(0, Array(place.dropLast())) == Double(place[place.count - 1]) ? 1 : 0
      }
    case .samples, .row, .rows, .recurrence, .derivative:
      fatalError("not an element of one sample")
    }
  }

  private func place(_ flat: Int, _ shape: Shape) -> [Int] {
    var rest = flat
    var result = [Int](repeating: 0, count: shape.count)
    for axis in shape.indices.reversed() {
      result[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    return result
  }

  /// By how much an array's index grows, with axes of these labels, for each place of a loop over other labels.
  private func offsets(
    of labels: [UInt8], _ shape: Shape, along loop: [UInt8], extents: Shape
  ) -> [Int] {
    var steps = [Int](repeating: 0, count: loop.count)
    var step = 1
    for axis in labels.indices.reversed() {
      if let place = loop.firstIndex(of: labels[axis]) { steps[place] += step }
      step *= shape[axis]
    }
    return (0..<extents.reduce(1, *)).map { turn in
      zip(place(turn, extents), steps).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  private func flat(_ place: [Int], _ shape: Shape) -> Int {
    zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// An operation on numbers: libm where the table takes it as known, the definition elsewhere.
  private func scalar(_ operation: Operation, _ x: [Double]) -> Double {
    switch operation.name {
    case "add": return x[0] + x[1]
    case "sub": return x[0] - x[1]
    case "mul": return x[0] * x[1]
    case "div": return x[0] / x[1]
    case "pow": return Glibc.pow(x[0], x[1])
    case "neg": return -x[0]
    case "abs": return x[0].magnitude
    case "sqrt": return x[0].squareRoot()
    case "lt": return x[0] < x[1] ? 1 : 0
    case "le": return x[0] <= x[1] ? 1 : 0
    case "eq": return x[0] == x[1] ? 1 : 0
    case "ne": return x[0] != x[1] ? 1 : 0
    case "and": return x[0] != 0 && x[1] != 0 ? 1 : 0
    case "or": return x[0] != 0 || x[1] != 0 ? 1 : 0
    case "not": return x[0] != 0 ? 0 : 1
    case "select": return x[0] != 0 ? x[1] : x[2]
    case "exp": return Glibc.exp(x[0])
    case "log": return Glibc.log(x[0])
    case "expm1": return Glibc.expm1(x[0])
    case "log1p": return Glibc.log1p(x[0])
    case "sin": return Glibc.sin(x[0])
    case "cos": return Glibc.cos(x[0])
    case "tanh": return Glibc.tanh(x[0])
    case "erf": return Glibc.erf(x[0])
    case "floor": return x[0].rounded(.down)
    case "ceil": return x[0].rounded(.up)
    case "round": return x[0].rounded(.toNearestOrEven)
    case "trunc": return x[0].rounded(.towardZero)
    case "asin": return Glibc.asin(x[0])
    case "acos": return Glibc.acos(x[0])
    case "atan": return Glibc.atan(x[0])
    case "atan2": return Glibc.atan2(x[0], x[1])
    default:
      let row = operation.row
      // libm has no ψ.
      guard let definition = row.definition else { return operation.evaluate(x) }
      return evaluate(
        definition, Dictionary(uniqueKeysWithValues: zip(row.arguments.map(\.name), x)))
    }
  }

  private func evaluate(_ formula: Formula, _ bindings: [String: Double]) -> Double {
    switch formula.kind {
    case .symbol(let name): return bindings[name]!
    case .number(let number): return number
    case .bits: fatalError("a definition has no machine constants")
    case .apply(let name, let arguments):
      return scalar(Operation(name)!, arguments.map { evaluate($0, bindings) })
    }
  }
}
