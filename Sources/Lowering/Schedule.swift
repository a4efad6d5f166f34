/// How the loops of a nest run. It changes how fast the kernel is; and bits only where it puts the terms of a sum in lanes.
///
/// Each parallel axis is split: what lies in lanes innermost, then the *tile*, whose elements are computed side by side,
/// in registers, and outermost a loop over tiles. The loops over summed axes stand inside of those, in row-major order.
/// What does not fill a tile follows in loops of its own. Threads share the outermost loops (see ``LoopDivision``).
struct Schedule: Hashable {
  /// The axis in the lanes of vectors.
  struct Lanes: Hashable {
    /// A parallel axis; or summed ones, each of them of another sum: then each lane sums every so-manieth term, the lanes
    /// are added by halves, and terms that do not fill the lanes come last. Of samples that is a block after the other.
    var axes: [Int]
    /// How many neighbours lie side by side: some vectors full.
    var count: Int
  }

  /// How many samples a call is planned for. The plan, and so the bits, do not depend on how many it may have at most.
  static let usualSamples = 256

  /// What lies in lanes; nil where code is scalar.
  var lanes: Lanes?
  /// By axis: how many of its indices, or of its lanes full, a tile has; 1 where it is summed or counts samples.
  var tiles: [Int] = []
  /// The parallel axes, outermost loop first.
  var order: [Int] = []
  /// Whether what becomes of a tile's sums is computed in a loop over its elements, and not side by side.
  var rollsFinish = false

  /// Whether an axis lies in lanes.
  func holdsLanes(_ axis: Int) -> Bool { lanes?.axes.contains(axis) ?? false }

  /// The pieces that a parallel axis is cut into.
  func pieces(of axis: Int, extent: Int) -> [Piece] {
    Piece.pieces(extent, lanes: holdsLanes(axis) ? lanes!.count : 1, count: tiles[axis])
  }
}

/// Equal pieces of an axis: `turns` of them, each of `count` neighbours or lanes full.
struct Piece {
  /// The first index.
  let first: Int
  /// How many neighbours lie in lanes, or make one of the others.
  let lanes: Int
  /// How many of them there are side by side.
  let count: Int
  /// How many such pieces follow one another.
  let turns: Int

  /// How far one turn is from the next.
  var span: Int { lanes * count }

  /// An axis cut into pieces of `count` times `lanes`, and what is left: as many lanes full as there are, then those
  /// that are not.
  static func pieces(_ extent: Int, lanes: Int, count: Int) -> [Piece] {
    let turns = extent / (lanes * count)
    let rest = extent % (lanes * count)
    let pieces = [
      Piece(first: 0, lanes: lanes, count: count, turns: turns),
      Piece(first: extent - rest, lanes: lanes, count: rest / lanes, turns: 1),
      Piece(first: extent - rest % lanes, lanes: rest % lanes, count: 1, turns: 1),
    ]
    return pieces.filter { $0.span > 0 && $0.turns > 0 }
  }
}

extension Nest {
  /// How many terms of its sums lie side by side in these lanes; 0 where they follow one another.
  func terms(in lanes: Schedule.Lanes?) -> Int {
    guard let lanes, lanes.axes.contains(where: { axes[$0].isSummed }) else { return 0 }
    return lanes.count
  }
}
