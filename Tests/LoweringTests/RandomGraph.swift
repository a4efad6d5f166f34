import NNCAlgebra
import NNCGraph
import NNCProgram

/// A graph of random operations on random shapes, for tests that compare lowered code with direct evaluation.
struct RandomGraph {
  var trial = Trial()
  private var random: SystemOfNumbers
  private var nodes: [NodeID] = []

  /// A graph of about `size` nodes; equal seeds give equal graphs.
  init(seed: UInt64, size: Int) {
    random = SystemOfNumbers(seed: seed)
    trial.random = SystemOfNumbers(seed: seed + 1000)
    trial.maximumSamples = 4
    nodes.append(trial.input("x", shape(), .input))
    nodes.append(trial.input("t", shape(), .target))
    nodes.append(trial.parameter("p", shape()))
    nodes.append(trial.parameter("q", shape()))
    nodes.append(trial.parameter("r", []))
    let table = shape()
    nodes.append(
      trial.graph.literal(trial.random.numbers(table.elementCount), shape: table))
    while trial.graph.nodes.count < size { grow() }
  }

  private mutating func shape() -> Shape {
    (0..<random.next(below: 4)).map { _ in 1 + random.next(below: 6) }
  }

  private mutating func pick(where isWanted: (Shape) -> Bool = { _ in true }) -> NodeID? {
    let start = random.next(below: nodes.count)
    let turned = nodes[start...] + nodes[..<start]
    return turned.first { isWanted(trial.graph.shape($0)) }
  }

  private mutating func grow() {
    let node = pick()!
    let shape = trial.graph.shape(node)
    let new: NodeID
    switch random.next(below: 14) {
    case 0, 1:
      let names = ["tanh", "sigmoid", "relu", "square", "abs", "neg", "softsign"]
      new = trial.graph.map(Operation(names[random.next(below: names.count)])!, node)
    case 2, 3:
      let names = ["add", "sub", "mul", "lt", "max"]
      let other = pick { $0 == shape || $0.isEmpty }!
      new = trial.graph.map(Operation(names[random.next(below: names.count)])!, node, other)
    case 4: new = trial.graph.map(.select, node, pick { $0 == shape || $0.isEmpty }!, node)
    case 5: new = trial.graph.permute(node, shape.indices.reversed())
    case 6:
      new = trial.graph.slice(
        node, from: shape.map { _ in 0 }, shape: shape.map { 1 + random.next(below: $0) })
    case 7: new = trial.graph.reshape(node, to: [shape.elementCount])
    case 8 where !shape.isEmpty: new = join(node, shape)
    case 9 where shape.elementCount <= 40:
      let wide = shape + [1 + random.next(below: 3)]
      new = trial.graph.broadcast(node, to: wide, axes: Array(shape.indices))
    case 10: new = reduce(node, shape)
    case 11: new = trial.graph.samples(node)
    case 12:
      let steps = shape.map { _ in [1, 2, -1, -2][random.next(below: 4)] }
      let extents = shape.indices.map {
        1 + random.next(below: (shape[$0] - 1) / abs(steps[$0]) + 1)
      }
      new = trial.graph.slice(
        node, from: shape.indices.map { steps[$0] > 0 ? 0 : shape[$0] - 1 }, steps: steps,
        shape: extents)
    case 13 where !shape.isEmpty:
      let axis = random.next(below: shape.count)
      let size = 1 + random.next(below: min(3, shape[axis]))
      new = trial.graph.windows(
        node,
        [
          Window(
            axis: axis, size: size, stride: 1 + random.next(below: 3),
            before: random.next(below: 2), after: random.next(below: 2))
        ])
    default: new = trial.graph.map(Operation("tanh")!, node)
    }
    if trial.graph.shape(new).elementCount <= 200 { nodes.append(new) }
  }

  private mutating func join(_ node: NodeID, _ shape: Shape) -> NodeID {
    if random.next(below: 4) == 0 {
      let steps = shape.map { _ in 1 + random.next(below: 3) }
      return trial.graph.pad(
        node, at: shape.map { _ in 1 }, steps: steps,
        to: shape.indices.map { 3 + steps[$0] * (shape[$0] - 1) })
    }
    if random.next(below: 2) == 0 {
      return trial.graph.pad(node, at: shape.map { _ in 1 }, to: shape.map { $0 + 2 })
    }
    let other = pick { $0.count == shape.count && $0.dropFirst() == shape.dropFirst() }!
    return trial.graph.concat(node, other, axis: 0)
  }

  private mutating func reduce(_ node: NodeID, _ shape: Shape) -> NodeID {
    let labels = shape.indices.map { UInt8($0) }
    switch random.next(below: 4) {
    case 0: return trial.graph.sum(node)
    case 1 where !shape.isEmpty: return trial.graph.maximum(node, axes: [shape.count - 1])
    case 2:
      let other = pick { !$0.isEmpty && $0.last == shape.last } ?? node
      let size = trial.graph.shape(other).count
      if shape.isEmpty || size == 0 { return trial.graph.sum(node) }
      let second = (0..<size - 1).map { UInt8(10 + $0) } + [labels.last!]
      return trial.graph.contract(
        Contraction(inputs: [labels, second], output: labels.dropLast() + second.dropLast()),
        [node, other])
    default:
      let other = pick { $0 == shape }!
      return trial.graph.contract(
        Contraction(inputs: [labels, labels], output: labels.dropLast()), [node, other])
    }
  }

  /// The last nodes, as results of one entry.
  mutating func results() -> [EntryRequestResult] {
    var results: [EntryRequestResult] = []
    var output = 0
    var seen: Set<NodeID> = []
    for node in nodes.suffix(6) where seen.insert(node).inserted {
      results.append(.init(argument: .output, offset: output, node: node))
      output += trial.graph.shape(node).elementCount
    }
    trial.counts[.output] = output
    // Overwrite parameters with whatever has their shape.
    for field in trial.parameters {
      let fitting = nodes.last {
        trial.graph.shape($0) == field.shape && !trial.graph[$0].isBatched
      }
      results.append(.init(argument: .parameters, offset: field.offset, node: fitting!))
    }
    return results
  }
}
