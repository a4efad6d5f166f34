import NNCAlgebra
import NNCProgram

/// Writes a kernel: nests as their schedules say.
///
/// Loops over the parallel axes, and inside them the values of as many elements as a tile has, pulled from what they are
/// made of. A sum is a sequential loop around an accumulator that begins as 0 (-∞ for the greatest element) and takes the
/// terms in row-major order of the summed axes, whatever the schedule; only a sum whose terms lie in lanes adds up
/// differently.
struct NestWriter {
  let context: Context
  let buffers: Buffers
  /// The arrays that hold what the kernel is for.
  let targets: [BufferID]
  var writer: KernelWriter
  var operations: [String] = []
  private var arrays: [BufferID: Int32] = [:]
  private var arrayNames = ArrayNames()
  private(set) var bound: [BufferID] = []

  /// The nest in the making, and how its loops run.
  var nest = Nest()
  var schedule = Schedule()
  /// The axes of which a tile has several places.
  var tiled: [Int] = []
  /// What sums come to at the element of a tile that the open loops are at, by their values.
  var picked: [Int: ValueID] = [:]
  /// The open loop over lanes.
  var laneLoop: LoopID?
  /// Values used more than once, by where they are computed, as long as the loops around them are open.
  private var known: [Key: [ValueID]] = [:]
  private var keys: [[Key]] = [[]]

  private struct Key: Hashable {
    let value: Int
    let places: [Place]
  }

  init(_ context: Context, _ buffers: Buffers, targets: [BufferID]) {
    self.context = context
    self.buffers = buffers
    self.targets = targets
    writer = KernelWriter(
      precision: context.request.precision, functions: context.functions)
  }

  /// The place of the kernel's array that is `buffer`.
  mutating func array(_ buffer: BufferID) -> Int32 {
    if let known = arrays[buffer] { return known }
    let name = arrayNames.claim(buffers[buffer].name, isOutput: targets.contains(buffer))
    let array = writer.array(name, isWhole: buffers[buffer].isWhole)
    arrays[buffer] = array
    bound.append(buffer)
    return array
  }

  /// What the arrays are called.
  var namesOfArrays: BufferMap<String> {
    var result = BufferMap<String>()
    for (place, buffer) in bound.enumerated() { result[buffer] = writer.arrays[place].name }
    return result
  }

  mutating func open(_ extent: Extent, _ turns: Turns) -> LoopID {
    keys.append([])
    return writer.open(extent, turns)
  }

  mutating func close() {
    for key in keys.removeLast() { known[key] = nil }
    writer.close()
  }

  /// Begins another nest.
  mutating func begin(_ nest: Nest, _ schedule: Schedule) {
    self.nest = nest
    self.schedule = schedule
    tiled = schedule.order.filter { schedule.tiles[$0] > 1 }
    picked = [:]
    known = [:]
    keys = [[]]
    // Values that registers must hold through a sum take the place of others.
    writer.loadsLate = context.width > 1 && nest.hasSums
  }

  /// A value of the nest, at each of several places. Where some of them are the same to it, it is computed once.
  mutating func values(_ value: Int, _ places: [Place]) -> [ValueID] {
    let own = nest.axesOf[value]
    if places.count == 1 || tiled.allSatisfy(own.contains) { return known(value, places) }
    var distinct: [Place] = []
    var seen: [Place: Int] = [:]
    let numbers = places.map { place in
      let place = place.along(own)
      if let number = seen[place] { return number }
      seen[place] = distinct.count
      distinct.append(place)
      return distinct.count - 1
    }
    let values = known(value, distinct)
    return numbers.map { values[$0] }
  }

  private mutating func known(_ value: Int, _ places: [Place]) -> [ValueID] {
    if nest.useCounts[value] < 2 { return compute(value, places) }
    let own = nest.axesOf[value]
    let key = Key(value: value, places: places.map { $0.along(own) })
    if let values = known[key] { return values }
    let values = compute(value, places)
    known[key] = values
    keys[keys.count - 1].append(key)
    return values
  }

  func access(_ array: Int32, _ buffer: BufferID, _ flat: Affine, _ sample: Place.Sample?) -> Access
  {
    let index = buffers[buffer].index(flat, sample, blockSize: context.block)
    return Access(array: array, offset: index.offset, strides: index.strides)
  }

  mutating func load(_ buffer: BufferID, _ index: Nest.Index, _ places: [Place]) -> [ValueID] {
    var buffer = buffer
    if let rows = nest.rows[buffer], let laneLoop,
      places.contains(where: { place in place.axes.contains { $0.moves(with: laneLoop) } }),
      places.allSatisfy({ buffers[rows].holdsStrips($0.index(index.flat), lanes: laneLoop) })
    {
      buffer = rows
    }
    let array = array(buffer)
    var values: [ValueID] = []
    for place in places {
      let sample = index.sample.flatMap { place.samples[$0] }
      values.append(writer.load(access(array, buffer, place.index(index.flat), sample)))
    }
    return values
  }
}

extension Affine {
  func moves(with loop: LoopID) -> Bool { strides.contains { $0.loop == loop } }
}
