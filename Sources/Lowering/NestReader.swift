import NNCGraph
import NNCProgram

/// Reads the nest of a task off the graph: each element of the results, pulled from its operands. What is kept is an
/// element of an array, what is not is part of the expression.
struct NestReader {
  let tasks: KernelTasks
  let task: KernelTask
  var nest = Nest()
  /// The nodes that the kernel computes though they are kept: they are at hand.
  private let own: [NodeID]
  private var known: [Seen: Int] = [:]

  /// Where in a node's value an element is: an index along each axis, or one that counts through them all.
  struct Place: Hashable {
    var axes: [Affine]
    /// The axis that counts the samples, where there are several.
    var sample: Int?
  }

  private struct Seen: Hashable {
    let node: NodeID
    let place: Place
  }

  /// The nests of a task that computes a node: one, or for what is made of parts one for each.
  static func nests(of task: KernelTask, _ tasks: KernelTasks) -> [Nest] {
    let output = task.outputs[0]
    let node = tasks.context.graph[output.node]
    func reader() -> NestReader { NestReader(tasks, task) }
    if tasks.placement.isKept[Int(output.node.index)] {
      switch node.kind {
      case .pad(let start, let steps):
        return [
          reader().filling(output),
          reader().part(node.operands[0], at: start, steps: steps, of: output),
        ]
      case .concat:
        let steps = node.shape.map { _ in 1 }
        return parts(of: output.node, tasks).map {
          reader().part($0.node, at: $0.start, steps: steps, of: output)
        }
      case .contract, .samples:
        if let choice = tasks.scatter(output.node) {
          return [reader().filling(output), reader().adding(choice, output)]
        }
      default: break
      }
    }
    return [reader().whole()]
  }

  /// What tensors one behind the other are made of, and where each begins: those that are such themselves are taken apart.
  private static func parts(of root: NodeID, _ tasks: KernelTasks) -> [(node: NodeID, start: [Int])]
  {
    let graph = tasks.context.graph
    var result: [(node: NodeID, start: [Int])] = []
    var pending = [(node: root, start: graph.shape(root).map { _ in 0 })]
    while let (id, start) = pending.popLast() {
      guard case .concat(let axis) = graph[id].kind,
        id == root || !tasks.placement.isKept[Int(id.index)]
      else {
        result.append((id, start))
        continue
      }
      let operands = graph[id].operands
      var second = start
      second[axis] += graph.shape(operands[0])[axis]
      pending += [(operands[1], second), (operands[0], start)]
    }
    return result
  }

  private init(_ tasks: KernelTasks, _ task: KernelTask) {
    self.tasks = tasks
    self.task = task
    own = task.outputs.map(\.node)
  }

  var graph: Graph { tasks.context.graph }
  var many: Bool { tasks.entry.many }

  /// All that a task computes.
  private consuming func whole() -> Nest {
    let shape = graph.shape(task.node)
    let place = open(task.isFlat && shape.count > 1 ? [shape.elementCount] : shape)
    var values: [Int] = []
    for output in task.outputs { values.append(value(output.node, place)) }
    for (value, output) in zip(values, task.outputs) {
      nest.addOutput(
        value, to: output.isStored ? target(output.target, place, graph.shape(output.node)) : nil)
    }
    return nest
  }

  /// The elements of another array, at the same places.
  static func copy(of source: BufferID, _ task: KernelTask, _ tasks: KernelTasks) -> Nest {
    var reader = NestReader(tasks, task)
    let target = task.outputs[0].target
    let shape = [tasks.buffers[target].count]
    let place = reader.open(shape)
    let value = reader.element(of: source, place, shape)
    reader.nest.addOutput(value, to: reader.target(target, place, shape))
    return reader.nest
  }

  /// Zeros all over a result.
  private consuming func filling(_ output: KernelTask.Output) -> Nest {
    let place = open([graph.shape(output.node).elementCount])
    let zero = nest.add(.number(0))
    nest.addOutput(zero, to: target(output.target, place, graph.shape(output.node)))
    return nest
  }

  /// The terms of a sum, each added to the place of the result that a number in memory says, one after the other.
  private consuming func adding(_ choice: Scatter, _ output: KernelTask.Output) -> Nest {
    let chosen = choice.index
    var sample: Int?
    if many, task.isBatched || choice.sumsSamples {
      sample = nest.addAxis(
        Schedule.usualSamples, isSummed: false, isSample: true, isOrdered: choice.sumsSamples)
    }
    let extents = graph.extents(of: graph[choice.contract])
    var indices: [UInt8: Affine] = [:]
    func open(_ label: UInt8, _ isOrdered: Bool) {
      if indices[label] != nil || label == chosen.label { return }
      let extent = extents[label]!
      indices[label] =
        extent == 1
        ? Affine()
        : Affine(loop: LoopID(nest.addAxis(extent, isSummed: false, isOrdered: isOrdered)))
    }
    let summed = (chosen.labels + (chosen.other?.labels ?? [])).filter {
      !choice.output.contains($0)
    }
    for label in summed { open(label, true) }
    for label in choice.output { open(label, false) }
    indices[chosen.label] = index(chosen, indices, sample)
    var term = nest.add(.number((1.0).bitPattern))
    if let other = chosen.other {
      term = value(other.node, Place(axes: other.labels.map { indices[$0]! }, sample: sample))
    }
    let place = Place(
      axes: choice.output.map { indices[$0]! }, sample: task.isBatched ? sample : nil)
    nest.addOutput(
      term, to: target(output.target, place, graph.shape(output.node)), isAdded: true)
    return nest
  }

  /// The index along an axis that a number in memory is.
  mutating func index(_ chosen: ChosenIndex, _ indices: [UInt8: Affine], _ sample: Int?) -> Affine {
    let place = Place(axes: chosen.labels.map { indices[$0]! }, sample: sample)
    let number = value(chosen.numbers, place)
    guard case .element(let array, let index) = nest.values[number] else {
      preconditionFailure("an index is no element")
    }
    let axis = nest.addAxis(
      chosen.count, isSummed: false, chosen: Nest.Chosen(array: array, index: index))
    return Affine(loop: LoopID(axis))
  }

  /// A node's elements in a box of a result, so many steps apart.
  private consuming func part(
    _ operand: NodeID, at start: [Int], steps: [Int], of output: KernelTask.Output
  ) -> Nest {
    let place = open(graph.shape(operand))
    let value = value(operand, place)
    let box = View(start.indices.map { .init(axis: $0, step: steps[$0], offset: start[$0]) })
    var moved = place
    moved.axes = box.indices.map { Affine($0, at: place.axes) }
    nest.addOutput(value, to: target(output.target, moved, graph.shape(output.node)))
    return nest
  }

  /// Parallel axes for what has these extents.
  private mutating func open(_ extents: [Int]) -> Place {
    var sample: Int?
    if many, task.isBatched {
      sample = nest.addAxis(Schedule.usualSamples, isSummed: false, isSample: true)
    }
    return Place(axes: extents.map { index($0, isSummed: false) }, sample: sample)
  }

  /// An index along an axis of its own, unless that has one place.
  mutating func index(_ extent: Int, isSummed: Bool) -> Affine {
    if extent == 1 { return Affine() }
    return Affine(loop: LoopID(nest.addAxis(extent, isSummed: isSummed)))
  }

  private func target(_ buffer: BufferID, _ place: Place, _ shape: Shape)
    -> (array: BufferID, index: Nest.Index)
  {
    (buffer, index(of: buffer, place, shape))
  }

  private func index(of buffer: BufferID, _ place: Place, _ shape: Shape) -> Nest.Index {
    Nest.Index(
      flat: shape.flat(place.axes),
      sample: tasks.buffers[buffer].sampleStep > 0 ? place.sample : nil)
  }

  /// The array that a node is loaded from, or -1.
  func home(_ id: NodeID) -> BufferID {
    let home = tasks.homes[Int(id.index)]
    if home < 0 || !tasks.placement.isKept[Int(id.index)] { return home }
    return own.contains(id) ? -1 : home
  }

  /// An element of an array.
  mutating func element(of buffer: BufferID, _ place: Place, _ shape: Shape) -> Int {
    if !task.isBatched { nest.rows[buffer] = tasks.rows[buffer] }
    return nest.add(.element(array: buffer, index(of: buffer, place, shape)))
  }

  /// The number of the value that an element of a node is.
  mutating func value(_ id: NodeID, _ place: Place) -> Int {
    let seen = Seen(node: id, place: place)
    if let value = known[seen] { return value }
    let home = home(id)
    let value = home >= 0 ? element(of: home, place, graph.shape(id)) : compute(id, place)
    known[seen] = value
    return value
  }
}

extension Shape {
  /// The place in row-major order of indices along each axis, or of one that counts through them all.
  func flat(_ axes: [Affine]) -> Affine {
    if axes.count == 1 { return axes[0] }
    precondition(axes.count == count)
    var result = Affine()
    for (index, step) in zip(axes, rowMajorSteps) { result.add(index, times: step) }
    return result
  }
}
