import NNCAlgebra
import NNCGraph
import NNCProgram

/// Writes the kernel of one task.
///
/// A loop over the samples where the result has a row for each, loops over its axes, and inside them the value of one
/// element, pulled from its operands: what is kept is loaded, what is not is computed in place. A reduction is a
/// sequential loop around an accumulator that begins as 0 (-∞ for the greatest element) and takes the elements in
/// row-major order of the summed labels. The kernel computes neighbouring elements side by side where they hold
/// reductions: independent sums, so that none waits for another, and what they share is loaded once. ``LaneUse`` says
/// what lies in the lanes of vectors.
struct NestWriter {
  let context: Context
  let many: Bool
  let homes: [BufferID]
  /// The nodes that the kernel computes though they are kept: they are at hand.
  let own: [NodeID]
  let buffers: Buffers
  let placement: Placement
  let task: KernelTask
  /// By array with samples in blocks: the array that has the same numbers in rows.
  let rows: BufferMap<BufferID>
  var writer: KernelWriter
  var operations: [String] = []
  private var arrays: [BufferID: Int32] = [:]
  private var arrayNames = ArrayNames()
  private(set) var bound: [BufferID] = []
  /// Values shared inside the kernel, by node and place, as long as the loops around them are open.
  private var known: [Key: [ValueID]] = [:]
  private var keys: [[Key]] = [[]]

  /// What lies in the lanes of vectors.
  var use = LaneUse.none
  /// The nodes that sums go into: they are computed before what stands beside them, which is not held in registers for so
  /// long.
  var summing: Set<NodeID> = []
  /// The open loop over lanes.
  var laneLoop: LoopID?

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
    rows = tasks.rows
    self.task = task
    own = task.outputs.map(\.node)
    writer = KernelWriter(
      precision: context.request.precision, functions: context.functions)
  }

  var graph: Graph { context.graph }

  /// The place of the kernel's array that is `buffer`.
  mutating func array(_ buffer: BufferID) -> Int32 {
    if let known = arrays[buffer] { return known }
    let isOutput = task.outputs.contains { $0.target == buffer }
    let array = writer.array(arrayNames.claim(buffers[buffer].name, isOutput: isOutput))
    arrays[buffer] = array
    bound.append(buffer)
    return array
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

  func access(_ array: Int32, _ buffer: BufferID, _ flat: Affine, _ sample: Place.Sample?) -> Access
  {
    let index = buffers[buffer].index(flat, sample, blockSize: context.block)
    return Access(array: array, offset: index.offset, strides: index.strides)
  }

  mutating func load(_ buffer: BufferID, _ shape: Shape, _ places: [Place]) -> [ValueID] {
    var buffer = buffer
    if !task.isBatched, let rows = rows[buffer], let laneLoop,
      places.contains(where: { $0.depends(on: laneLoop) }),
      places.allSatisfy({ buffers[rows].holdsStrips($0.flat(shape), lanes: laneLoop) })
    {
      buffer = rows
    }
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
