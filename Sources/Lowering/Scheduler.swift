import NNCAlgebra
import NNCProgram

/// Chooses the schedule of a nest: of a few candidates that with which it takes the least time, by ``TimeModel``.
///
/// It knows axes and accesses, and neither layers nor networks. A nest without sums passes over its elements in the order
/// in which they lie. One with sums is tried with each axis in lanes that may be, and with tiles of one axis or of two.
struct Scheduler {
  private let context: Context
  let buffers: Buffers
  private let model: TimeModel

  init(_ context: Context, _ buffers: Buffers) {
    self.context = context
    self.buffers = buffers
    model = TimeModel(
      context.request.target, context.request.precision, block: context.block)
  }

  var width: Int { context.width }

  /// The schedule of a nest.
  ///
  /// - Parameter terms: how many terms of its sums lie in lanes, where their order is to be another nest's; nil where it is
  ///   free.
  func schedule(_ nest: Nest, terms: Int? = nil) -> Schedule {
    var plain = Schedule(
      tiles: nest.axes.map { _ in 1 }, order: nest.parallelAxes)
    if nest.hasChosen {
      // A number in memory is one index, and not one in each lane.
      plain.order = nest.axesInOrder
      return plain
    }
    if !nest.hasSums {
      plain.lanes = neighbours(nest).first
      plain.order = wholeRowsFirst(nest, plain)
      return plain
    }
    var best = plain
    var least = Double.infinity
    for lanes in candidates(nest) {
      if let terms, terms != nest.terms(in: lanes) { continue }
      plain.lanes = lanes
      let work = NestWork(nest, buffers, lanes: lanes?.axes.first)
      for tiles in tiles(nest, lanes) {
        var schedule = plain
        schedule.tiles = tiles
        for order in orders(nest, schedule) {
          schedule.order = order
          if let steps = model.steps(nest, work, schedule), steps < least {
            (best, least) = (schedule, steps)
          }
        }
      }
    }
    best.rollsFinish = rollsFinish(nest, best)
    return best
  }

  /// What may lie in lanes.
  private func candidates(_ nest: Nest) -> [Schedule.Lanes?] {
    if width == 1 { return [nil] }
    // What samples have each lies in blocks of them.
    if let sample = nest.parallelAxes.first(where: { nest.axes[$0].isSample }) {
      return context.block > 1 ? [.init(axes: [sample], count: context.block)] : [nil]
    }
    return [nil] + neighbours(nest) + terms(nest) + samples(nest)
  }

  /// Neighbours on a parallel axis along which results lie side by side.
  private func neighbours(_ nest: Nest) -> [Schedule.Lanes] {
    if width == 1 { return [] }
    if let sample = nest.parallelAxes.first(where: { nest.axes[$0].isSample }) {
      return context.block > 1 ? [.init(axes: [sample], count: context.block)] : []
    }
    guard let axis = nest.parallelAxes.last else { return [] }
    let most = nest.hasSums || !isShortRow(nest, axis) ? 2 * width : 4 * width
    return [.init(axes: [axis], count: most)]
  }

  /// Whether registers hold a whole row of elements along an axis beside which there are others.
  private func isShortRow(_ nest: Nest, _ axis: Int) -> Bool {
    nest.parallelAxes.count > 1 && nest.axes[axis].extent <= 4 * width
  }

  /// Terms of sums: for each sum the axis along which the largest array that it reads lies side by side.
  private func terms(_ nest: Nest) -> [Schedule.Lanes] {
    let work = NestWork(nest, buffers, lanes: nil)
    var axes: Set<Int> = []
    for stretch in work.stretches where stretch.sum != nil {
      let fitting = stretch.loops.filter { axis in
        !nest.axes[axis].isSample && nest.axes[axis].extent >= width
          && stretch.accesses.contains { $0.steps[axis] == 1 }
          && stretch.accesses.allSatisfy { $0.steps[axis] == 0 || $0.steps[axis] == 1 }
      }
      // One of a sum, and none around another: a sum inside of a sum in lanes is each lane's own.
      if let axis = fitting.last { axes.insert(axis) }
    }
    if axes.isEmpty { return [] }
    let isDouble = axes.allSatisfy { nest.axes[$0].extent.isMultiple(of: 2 * width) }
    return [.init(axes: axes.sorted(), count: isDouble ? 2 * width : width)]
  }

  /// Samples that are summed, where all that they have each lies in blocks.
  private func samples(_ nest: Nest) -> [Schedule.Lanes] {
    guard context.block > 1 else { return [] }
    let summed = nest.axes.indices.filter { nest.axes[$0].isSample && nest.axes[$0].isSummed }
    let isInBlocks = nest.values.allSatisfy { value in
      guard case .element(let array, let index) = value, index.sample != nil else { return true }
      return buffers[array].block > 1
    }
    return summed.isEmpty || !isInBlocks ? [] : [.init(axes: summed, count: context.block)]
  }

  /// Tiles of one parallel axis, or of two, with as many places as registers may hold sums for.
  private func tiles(_ nest: Nest, _ lanes: Schedule.Lanes?) -> [[Int]] {
    let ones = nest.axes.map { _ in 1 }
    let vectors = max(1, (lanes?.count ?? 1) / width)
    let most = max(1, context.request.target.vectorRegisters / vectors)
    let sizes = Self.sizes.filter { $0 <= most }
    var result = [ones]
    let axes = nest.parallelAxes
    func room(_ axis: Int) -> Int {
      let span = lanes?.axes == [axis] ? lanes!.count : 1
      return nest.axes[axis].isSample ? 1 : nest.axes[axis].extent / span
    }
    for (place, first) in axes.enumerated() {
      for size in sizes where size > 1 && size <= room(first) {
        var tiles = ones
        tiles[first] = size
        result.append(tiles)
        for second in axes[(place + 1)...] {
          for other in sizes where other > 1 && size * other <= most && other <= room(second) {
            tiles[second] = other
            result.append(tiles)
          }
          tiles[second] = 1
        }
      }
    }
    return result
  }

  /// The sizes that tiles have along an axis.
  private static let sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16]

  /// The orders of the loops that are tried: as the axes lie, and each of them outermost.
  private func orders(_ nest: Nest, _ schedule: Schedule) -> [[Int]] {
    let axes = nest.parallelAxes
    return axes.isEmpty
      ? [axes] : axes.map { first in [first] + axes.filter { $0 != first } }
  }

  /// Rows that registers hold are passed one after the other, in one loop over lanes: what is the same for all of them is
  /// read once.
  private func wholeRowsFirst(_ nest: Nest, _ schedule: Schedule) -> [Int] {
    guard let lanes = schedule.lanes, !nest.axes[lanes.axes[0]].isSample,
      isShortRow(nest, lanes.axes[0])
    else { return nest.parallelAxes }
    return lanes.axes + nest.parallelAxes.filter { !lanes.axes.contains($0) }
  }
}
