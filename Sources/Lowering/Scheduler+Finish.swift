// What becomes of the sums of a tile.
extension Scheduler {
  /// Whether what becomes of the sums of a tile is better a loop over them than so many copies of it: where it is long,
  /// and the loop, which writes and reads each sum once, costs next to nothing beside it and the sums. Vectors stay side by
  /// side: of arrays of them Swift makes memory that is read in every turn, and (c) with 32 samples took 1.4 times as long.
  func rollsFinish(_ nest: Nest, _ schedule: Schedule) -> Bool {
    let elements = schedule.tiles.reduce(1, *)
    if elements == 1 || width > 1 { return false }
    let work = NestWork(nest, buffers, lanes: schedule.lanes?.axes.first)
    var statements = 0
    var steps = 0.0
    for stretch in work.stretches {
      let turns = stretch.loops.reduce(1.0) { $0 * Double(nest.axes[$1].extent) }
      steps += turns * stretch.operations.reduce(Double(stretch.accesses.count)) { $0 + $1.steps }
      if stretch.sum == nil { statements += stretch.accesses.count + stretch.operations.count }
    }
    return elements * statements >= Self.longFinish
      && steps >= Self.stepsBesideLoop * TimeModel.stepsOfLoopTurn
  }

  /// So many statements are better a loop: two pages of code.
  private static let longFinish = 100
  /// How many times as long as a turn of the loop takes what stands beside it, so that one part in some twenty is lost.
  private static let stepsBesideLoop = 20.0
}
