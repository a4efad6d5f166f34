import NNCAlgebra
import NNCProgram

/// About how many steps of a core's clock a nest takes under a schedule.
///
/// Of one turn of an innermost loop, with a tile of several elements in registers, the longest of
///
///     operations / pipes      loads / ports      (operations + loads) / issue width      latency of a sum
///
/// counts, since they go side by side. To it comes what is not hidden of the time in which memory brings what is not in
/// a nearer cache. An array is brought anew in each turn of a loop that moves in it, and in those of other loops where
/// what one of their turns touches is more than the cache holds (the reuse distance of R. Mattson et al., "Evaluation
/// techniques for storage hierarchies", 1970).
struct TimeModel {
  let target: Target
  /// How many numbers a vector holds, and the bytes of one.
  let width: Int
  let bytes: Int
  /// How many samples lie side by side.
  let block: Int
  /// The steps that a product with a sum takes: 1 where they are fused.
  let productSteps: Double

  /// Vectors or numbers that are loaded in a step: two ports, in every target that has vectors.
  static let loadPorts = 2.0
  /// Instructions that begin in a step, in cores of the last ten years.
  static let issueWidth = 4.0
  /// Steps of a function such as exp on a vector: some twenty operations, which do not fill the pipes.
  static let functionSteps = 20.0
  /// What it takes to begin a loop and to leave it, with a branch that is foreseen wrongly: some fifteen steps.
  static let loopSteps = 15.0
  /// What a turn of a short loop over sums takes beside its work: a sum is written and read, and a number counted.
  static let stepsOfLoopTurn = 3.0
  /// Bytes that come in a step from the second cache, the third and from memory to one core.
  static let bytesFromL2 = 32.0
  static let bytesFromL3 = 10.0
  static let bytesFromMemory = 5.0
  /// The part of the time in which memory brings things that arithmetic does not hide. Measured: tiles that wait for the
  /// second cache reach some 85 % of what the same tiles do from the first.
  static let exposed = 0.25
  /// Bytes that come together.
  static let line = 64
  /// How many steps one more vector in the code must save, as it is to be read by people and by caches; and one more number
  /// of scalar code, which is for machines whose compilers unroll, or whose memory is small.
  static let stepsPerVector = 16.0
  static let stepsPerNumber = 256.0

  /// The bytes whose places a core remembers: some 64 pages of 4 KiB. What lies farther apart waits for them.
  static let pagesBytes = 64 << 12
  /// The results that one row of samples must serve until it pays to copy it beside the others: a copy takes 1.2 steps a
  /// number; a row in a page of its own makes a tile of 6 results by 64 numbers wait some 5 steps.
  static let resultsForCopy = 92

  /// Whether rows of so many bytes, one for each sample, are worth a copy that lies in strips.
  static func paysToPack(rows: Int, of bytes: Int, resultsBeside: Int) -> Bool {
    rows * bytes > pagesBytes && resultsBeside >= resultsForCopy
  }

  init(_ target: Target, _ precision: Precision, block: Int) {
    self.target = target
    self.block = block
    width = target.lanes(precision)
    bytes = precision.bytes
    productSteps = target.fuses(precision) ? 1 : 2
  }

  /// The steps of a whole nest, and those that its code is worth; nil where registers do not hold the tile.
  func steps(_ nest: Nest, _ work: NestWork, _ schedule: Schedule) -> Double? {
    // A single element must do, however many registers it takes.
    let isTiled = schedule.tiles.contains { $0 > 1 }
    if isTiled, !work.stretches.allSatisfy({ holds($0, nest, schedule) }) { return nil }
    var total = 0.0
    var places = 0
    for tile in Tile.all(of: nest, schedule, self) {
      for stretch in work.stretches {
        total += steps(stretch, nest, schedule, tile)
      }
      places += tile.counts.reduce(1, *) * tile.vectors
    }
    for stretch in work.stretches { total += fetching(stretch, nest, schedule) * Self.exposed }
    return total + (width == 1 ? Self.stepsPerNumber : Self.stepsPerVector) * Double(places)
  }

  /// How many vectors, or numbers, something is that differs along some axes.
  private func count(_ axes: [Int], _ schedule: Schedule, _ tile: Tile) -> Double {
    var result = 1
    for axis in axes { result *= tile.counts[axis] }
    if let lanes = schedule.lanes, axes.contains(where: lanes.axes.contains) {
      result *= tile.vectors
    }
    return Double(result)
  }

  /// Likewise for what is loaded: neighbours in lanes that do not lie side by side are brought one by one.
  private func loads(_ access: NestWork.Access, _ schedule: Schedule, _ tile: Tile) -> Double {
    var result = 1
    for (axis, step) in access.steps.enumerated() where step != 0 { result *= tile.counts[axis] }
    if let lanes = schedule.lanes, let axis = lanes.axes.first(where: { access.steps[$0] != 0 }) {
      result *= access.steps[axis] == 1 ? tile.vectors : tile.vectors * width
    }
    return Double(result)
  }

  /// Whether registers hold the sums of a tile, all factors but those with the most, and one of these.
  private func holds(_ stretch: NestWork.Stretch, _ nest: Nest, _ schedule: Schedule) -> Bool {
    guard let sum = stretch.sum else { return true }
    let tile = Tile.first(of: nest, schedule, self)
    var sums = count(sum, schedule, tile)
    // Sums in lanes have as many as their terms.
    if let lanes = schedule.lanes, stretch.loops.contains(where: lanes.axes.contains) {
      sums *= Double(tile.vectors)
    }
    let factors = stretch.accesses.map { loads($0, schedule, tile) }
    let kept = factors.reduce(0, +) - (factors.max() ?? 0)
    return Int(sums + kept) + 1 <= target.vectorRegisters
  }

  /// The steps of a stretch in all turns of a tile.
  private func steps(
    _ stretch: NestWork.Stretch, _ nest: Nest, _ schedule: Schedule, _ tile: Tile
  ) -> Double {
    var turns = tile.turns
    var begins = tile.turns
    for axis in stretch.loops {
      var extent = nest.axes[axis].extent
      if let lanes = schedule.lanes, lanes.axes.contains(axis) {
        extent = (extent + lanes.count - 1) / lanes.count
      }
      begins = turns
      turns *= Double(extent)
    }
    var operations = 0.0
    for (axes, steps) in stretch.operations {
      operations += steps * count(axes, schedule, tile)
    }
    // The product of a sum is an operation of its own only where it is not fused.
    if stretch.sum != nil, stretch.operations.count > 1, productSteps == 1 {
      operations -= count(stretch.operations[0].axes, schedule, tile)
    }
    let loads = stretch.accesses.reduce(0) { $0 + self.loads($1, schedule, tile) }
    let pipes = Double(target.multiplyPipes)
    let latency = stretch.sum == nil ? 0 : Double(target.fusedLatency)
    let turn = max(
      operations / pipes, loads / Self.loadPorts, (operations + loads) / Self.issueWidth, latency)
    var result = turns * turn
    if stretch.sum != nil { result += begins * Self.loopSteps }
    if let sum = stretch.sum, let lanes = schedule.lanes,
      stretch.loops.contains(where: lanes.axes.contains)
    {
      // The lanes of each sum are added by halves, each half a move and a sum.
      let halves = Double(lanes.count.trailingZeroBitCount)
      result += begins * count(sum, schedule, tile) * 2 * halves
    }
    return result
  }

  /// The steps in which caches and memory bring what a stretch touches.
  private func fetching(
    _ stretch: NestWork.Stretch, _ nest: Nest, _ schedule: Schedule
  ) -> Double {
    let tile = Tile.first(of: nest, schedule, self)
    // The loops, innermost first, with what one turn of each touches of each array.
    let loops = (schedule.order + stretch.loops).reversed()
    var touched = stretch.accesses.map { access in
      Double(bytes) * numbers(access, nest, schedule, tile)
    }
    let levels: [(bytes: Int, rate: Double)] = [
      (target.caches.l1, Self.bytesFromL2), (target.caches.l2, Self.bytesFromL3),
      (target.caches.l3, Self.bytesFromMemory),
    ]
    var fetched = levels.map { _ in touched }
    for axis in loops {
      let turns = self.turns(of: axis, nest, schedule, tile)
      let all = touched.reduce(0, +)
      for (number, access) in stretch.accesses.enumerated() {
        let moves = access.steps[axis] != 0
        for (level, cache) in levels.enumerated() where moves || all > Double(cache.bytes) {
          fetched[level][number] *= turns
        }
        if moves { touched[number] *= turns }
      }
    }
    return zip(levels, fetched).reduce(0) { sum, level in
      level.0.bytes == 0 ? sum : sum + level.1.reduce(0, +) / level.0.rate
    }
  }

  /// How many turns the loop over an axis has.
  private func turns(of axis: Int, _ nest: Nest, _ schedule: Schedule, _ tile: Tile) -> Double {
    let axisLanes = schedule.holdsLanes(axis) ? schedule.lanes!.count : 1
    let span = axisLanes * (nest.axes[axis].isSummed ? 1 : tile.counts[axis])
    return Double(max(1, (nest.axes[axis].extent + span - 1) / span))
  }

  /// How many numbers an access brings in one tile. Lines come whole: of neighbours on a parallel axis those in the same
  /// lines come along; those on a summed axis come in the next turns.
  private func numbers(
    _ access: NestWork.Access, _ nest: Nest, _ schedule: Schedule, _ tile: Tile
  ) -> Double {
    var result = 1
    for (axis, step) in access.steps.enumerated() where step != 0 {
      var count = tile.counts[axis]
      if schedule.holdsLanes(axis) { count *= schedule.lanes!.count }
      if step == 1, !nest.axes[axis].isSummed { count = max(count, Self.line / bytes) }
      result *= count
    }
    return Double(result)
  }
}

/// One shape of tile that the loops of a schedule have, with how often it comes.
struct Tile {
  /// By axis: how many places it has.
  var counts: [Int]
  /// How many vectors what differs along the axis in lanes is.
  var vectors: Int
  /// In how many turns of the parallel loops.
  var turns: Double

  /// The tile that fills the registers.
  static func first(of nest: Nest, _ schedule: Schedule, _ model: TimeModel) -> Tile {
    let lanes = schedule.lanes?.count ?? 1
    return Tile(
      counts: schedule.tiles, vectors: max(1, (lanes + model.width - 1) / model.width), turns: 1)
  }

  /// All tiles: those of the pieces of each axis with those of the others.
  static func all(of nest: Nest, _ schedule: Schedule, _ model: TimeModel) -> [Tile] {
    var result = [first(of: nest, schedule, model)]
    for axis in schedule.order {
      let extent = nest.axes[axis].extent
      let pieces: [Piece]
      if nest.axes[axis].isSample {
        let blocks = (extent + model.block - 1) / model.block
        pieces = Piece.pieces(blocks, lanes: 1, count: 1)
      } else {
        pieces = schedule.pieces(of: axis, extent: extent)
      }
      let holdsLanes = schedule.holdsLanes(axis) && !nest.axes[axis].isSample
      result = result.flatMap { tile in
        pieces.map { piece in
          var tile = tile
          tile.counts[axis] = piece.count
          tile.turns *= Double(piece.turns)
          if holdsLanes { tile.vectors = max(1, (piece.lanes + model.width - 1) / model.width) }
          return tile
        }
      }
    }
    return result
  }
}
