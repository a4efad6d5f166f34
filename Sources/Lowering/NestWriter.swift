import Algebra
import Graph
import Program

/// Writes the kernel of one task.
///
/// A loop over the samples where the result has a row for each, loops over its axes, and inside them the value of one
/// element, pulled from its operands: what is kept is loaded, what is not is computed in place. A reduction is a
/// sequential loop around an accumulator that begins as 0 (-∞ for the greatest element) and takes the elements in
/// row-major order of the summed labels. The kernel computes `lanes` neighbouring elements of the last axis side by
/// side where they hold reductions: independent sums, so that none waits for another.
struct NestWriter {
  let context: Context
  let many: Bool
  let homes: [BufferID]
  /// The nodes that the kernel computes though they are kept: they are at hand.
  let own: [NodeID]
  let buffers: Buffers
  let placement: Placement
  let task: KernelTask
  var writer: KernelWriter
  var operations: [String] = []
  private var arrays: [BufferID: Int32] = [:]
  private(set) var bound: [BufferID] = []
  /// Values shared inside the kernel, by node and place, as long as the loops around them are open.
  private var known: [Key: [ValueID]] = [:]
  private var keys: [[Key]] = [[]]

  /// How many elements are computed side by side.
  static let lanes = 4

  private struct Key: Hashable {
    let node: NodeID
    let places: [Place]
  }

  init(_ tasks: KernelTasks, _ task: KernelTask) {
    context = tasks.context
    many = tasks.entry.many
    homes = tasks.homes
    buffers = tasks.buffers
    placement = tasks.placement
    self.task = task
    own = task.outputs.map(\.node)
    writer = KernelWriter(
      precision: context.request.precision, functions: context.functions)
  }

  var graph: Graph { context.graph }

  /// The place of the kernel's array that is `buffer`.
  mutating func array(_ buffer: BufferID) -> Int32 {
    if let known = arrays[buffer] { return known }
    let array = writer.array(arrayName(buffer))
    arrays[buffer] = array
    bound.append(buffer)
    return array
  }

  private func arrayName(_ buffer: BufferID) -> String {
    let taken = writer.arrays.map(\.name)
    var name = buffers[buffer].name
    if name.isEmpty {
      if task.outputs.contains(where: { $0.target == buffer }) {
        name = "out"
      } else if let letter = "abcdefghijk".first(where: { !taken.contains(String($0)) }) {
        return String(letter)
      } else {
        name = "a"
      }
    }
    if !taken.contains(name) { return name }
    return (2...).lazy.map { "\(name)\($0)" }.first { !taken.contains($0) }!
  }

  mutating func open(_ extent: Extent, _ turns: Turns) -> LoopID {
    keys.append([])
    return writer.open(extent, turns)
  }

  mutating func close() {
    for key in keys.removeLast() { known[key] = nil }
    writer.close()
  }

  /// The array that a node is loaded from, or -1.
  func home(_ id: NodeID) -> BufferID {
    let home = homes[Int(id.index)]
    if home < 0 || !placement.isKept[Int(id.index)] { return home }
    return own.contains(id) ? -1 : home
  }

  /// The values of a node's elements, one for each place.
  mutating func values(_ id: NodeID, _ places: [Place]) -> [ValueID] {
    let home = home(id)
    if home >= 0 { return load(home, graph.shape(id), places) }
    guard placement.useCounts[Int(id.index)] > 1 || own.contains(id) else {
      return compute(id, places)
    }
    let key = Key(node: id, places: places)
    if let values = known[key] { return values }
    let values = compute(id, places)
    known[key] = values
    keys[keys.count - 1].append(key)
    return values
  }

  func access(_ array: Int32, _ buffer: BufferID, _ flat: Affine, _ sample: LoopID?) -> Access {
    var index = flat
    if let sample { index.add(loop: sample, step: buffers[buffer].sampleStep) }
    return Access(array: array, offset: index.offset, strides: index.strides)
  }

  mutating func load(_ buffer: BufferID, _ shape: Shape, _ places: [Place]) -> [ValueID] {
    let array = array(buffer)
    var values: [ValueID] = []
    for place in places {
      values.append(writer.load(access(array, buffer, place.flat(shape), place.sample)))
    }
    return values
  }

  mutating func store(
    _ values: [ValueID], _ shape: Shape, _ places: [Place], to target: BufferID
  ) {
    let array = array(target)
    for (value, place) in zip(values, places) {
      let real = writer.asReal(value)
      writer.store(access(array, target, place.flat(shape), place.sample), real)
    }
  }
}

// The loops around the elements
extension NestWriter {
  /// Writes the whole kernel.
  mutating func write() {
    let output = task.outputs[0]
    let shape = graph.shape(output.node)
    let axes = task.isFlat && shape.count > 1 ? [shape.elementCount] : shape
    switch output.source {
    case .noise(let noise): writeNoise(noise)
    case .buffer(let source):
      nest(axes, lanes: 1) { nest, places in
        nest.store(nest.load(source, shape, places), shape, places, to: output.target)
      }
    case .node(let id) where placement.isKept[Int(id.index)] && isBlock(id): writeBlock(output)
    case .node:
      nest(axes, lanes: holdsReduction ? Self.lanes : 1) { nest, places in
        var values: [[ValueID]] = []
        for output in nest.task.outputs { values.append(nest.values(output.node, places)) }
        for (values, output) in zip(values, nest.task.outputs) where output.isStored {
          nest.store(values, shape, places, to: output.target)
        }
      }
    }
  }

  private func isBlock(_ id: NodeID) -> Bool {
    if case .block = graph.role(of: id, many: many) { return true }
    return false
  }

  /// Writes zeros and a box inside them, or one part after the other.
  private mutating func writeBlock(_ output: KernelTask.Output) {
    let node = graph[output.node]
    let shape = node.shape
    switch node.kind {
    case .pad(let start):
      nest([shape.elementCount], lanes: 1) { nest, places in
        nest.store([nest.writer.real(0)], shape, places, to: output.target)
      }
      part(node.operands[0], at: start, of: output)
    case .concat(let axis):
      var start = shape.map { _ in 0 }
      part(node.operands[0], at: start, of: output)
      start[axis] = graph.shape(node.operands[0])[axis]
      part(node.operands[1], at: start, of: output)
    default: preconditionFailure("node \(output.node.index) is not made of parts")
    }
  }

  /// Writes a node's elements into a box of the result.
  private mutating func part(
    _ operand: NodeID, at start: [Int], of output: KernelTask.Output
  ) {
    let shape = graph.shape(output.node)
    nest(graph.shape(operand), lanes: Self.lanes) { nest, places in
      let values = nest.values(operand, places)
      nest.store(
        values, shape,
        places.map { place in
          Place(sample: place.sample, axes: zip(place.axes, start).map { $0 + $1 })
        }, to: output.target)
    }
  }

  /// Loops over the samples and over `axes`; the body is given as many neighbours on the last axis as there are lanes.
  private mutating func nest(
    _ axes: [Int], lanes: Int, _ body: (inout NestWriter, [Place]) -> Void
  ) {
    let sample = many && task.isBatched ? open(.samples, .parallel) : nil
    var outer: [Affine] = []
    for extent in axes.dropLast() { outer.append(index(extent)) }
    if let extent = axes.last {
      let wide = min(lanes, extent)
      let turns = extent / wide
      run(outer, sample, first: 0, wide, turns, body)
      run(outer, sample, first: turns * wide, extent % wide, 1, body)
    } else {
      body(&self, [Place(sample: sample, axes: [])])
    }
    for extent in axes.dropLast() where extent > 1 { close() }
    if sample != nil { close() }
  }

  /// An index from 0 to the extent: a loop, unless that is 1.
  private mutating func index(_ extent: Int) -> Affine {
    extent == 1 ? Affine() : Affine(loop: open(.fixed(extent), .parallel))
  }

  private mutating func run(
    _ outer: [Affine], _ sample: LoopID?, first: Int, _ wide: Int, _ turns: Int,
    _ body: (inout NestWriter, [Place]) -> Void
  ) {
    if wide == 0 { return }
    let loop = turns > 1 ? open(.fixed(turns), .parallel) : nil
    let places = (0..<wide).map { lane in
      var index = Affine(first + lane)
      if let loop { index.add(loop: loop, step: wide) }
      return Place(sample: sample, axes: outer + [index])
    }
    body(&self, places)
    if loop != nil { close() }
  }

  /// Whether the kernel computes reductions.
  private var holdsReduction: Bool {
    var stack = own
    while let node = stack.popLast() {
      if home(node) >= 0 { continue }
      if case .reduction = graph.role(of: node, many: many) { return true }
      for operand in graph[node].operands where !own.contains(operand) { stack.append(operand) }
    }
    return false
  }
}
