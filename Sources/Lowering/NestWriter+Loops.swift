import NNCProgram

// The loops over the parallel axes
extension NestWriter {
  /// Writes a nest as a schedule says.
  mutating func write(_ nest: Nest, _ schedule: Schedule) {
    begin(nest, schedule)
    let place = Place(axisCount: nest.axes.count)
    // What sums in lanes come to is the same in all of them.
    if let lanes = schedule.lanes, nest.axes[lanes.axes[0]].isSummed {
      laneLoop = open(.fixed(lanes.count), .lanes)
      loop(0, TilePlaces(place))
      closeLanes()
    } else {
      loop(0, TilePlaces(place))
    }
  }

  private mutating func closeLanes() {
    close()
    laneLoop = nil
  }

  /// The loop over the axis that the schedule has at a depth, with those inside.
  private mutating func loop(_ depth: Int, _ places: TilePlaces) {
    guard depth < schedule.order.count else { return tile(places) }
    let axis = schedule.order[depth]
    if let chosen = nest.axes[axis].chosen { return loopAt(chosen, axis, depth, places) }
    if nest.axes[axis].isSample { return loopOverSamples(axis, depth, places) }
    let holdsLanes = schedule.holdsLanes(axis)
    for piece in schedule.pieces(of: axis, extent: nest.axes[axis].extent) {
      var first = Affine(piece.first)
      let turns = nest.axes[axis].isOrdered ? Turns.ordered : .parallel
      let loop = piece.turns > 1 ? open(.fixed(piece.turns), turns) : nil
      if let loop { first.add(loop: loop, step: piece.span) }
      if holdsLanes {
        let lanes = open(.fixed(piece.lanes), .lanes)
        first.add(loop: lanes, step: 1)
        laneLoop = lanes
      }
      self.loop(depth + 1, places.along(axis, first, count: piece.count, step: piece.lanes))
      if holdsLanes { closeLanes() }
      if loop != nil { close() }
    }
  }

  /// The one index along an axis that a number in memory is. There is one place.
  private mutating func loopAt(
    _ chosen: Nest.Chosen, _ axis: Int, _ depth: Int, _ places: TilePlaces
  ) {
    let place = places.first
    let buffer = nest.rows[chosen.array] ?? chosen.array
    let access = access(
      array(buffer), buffer, place.index(chosen.index.flat),
      chosen.index.sample.flatMap { place.samples[$0] })
    let loop = open(.element(access, below: nest.axes[axis].extent), .ordered)
    self.loop(depth + 1, TilePlaces(place.at(axis, Affine(loop: loop))))
    close()
  }

  /// Samples one by one, by blocks where they lie in those, and zeros in the places of the last block that none has.
  private mutating func loopOverEachSample(_ axis: Int, _ depth: Int, _ places: TilePlaces) {
    let turns = nest.axes[axis].isOrdered ? Turns.ordered : .parallel
    guard context.block > 1 else {
      let sample = Place.Sample(block: nil, loop: open(.samples, turns))
      loop(depth + 1, places.at(axis, sample))
      return close()
    }
    let block = open(.blocks(context.block), turns)
    let within = open(.within(context.block, block), turns)
    loop(depth + 1, places.at(axis, .init(block: Affine(loop: block), loop: within)))
    close()
    for output in nest.outputs {
      guard let (target, index) = output.target, index.sample != nil, buffers[target].block > 1
      else { continue }
      fillPadding(of: target, from: Affine(), count: buffers[target].count, block)
    }
    close()
  }

  /// The loop over samples: one by one, or by blocks whose samples lie in lanes.
  private mutating func loopOverSamples(_ axis: Int, _ depth: Int, _ places: TilePlaces) {
    if nest.hasChosen { return loopOverEachSample(axis, depth, places) }
    guard context.block > 1 else {
      let sample = Place.Sample(block: nil, loop: open(.samples, .parallel))
      loop(depth + 1, places.at(axis, sample))
      return close()
    }
    let block = open(.blocks(context.block), .parallel)
    let lanes = open(.fixed(context.block), .lanes)
    laneLoop = lanes
    loop(depth + 1, places.at(axis, .init(block: Affine(loop: block), loop: lanes)))
    closeLanes()
    close()
  }

  /// The elements of a tile: side by side, or the sums side by side and what becomes of them in a loop.
  private mutating func tile(_ places: TilePlaces) {
    guard schedule.rollsFinish, places.count > 1 else { return elements(places.all) }
    var tuples: [(sum: Int, tuple: ValueID, axes: [TilePlaces.Axis])] = []
    for sum in nest.outerSums {
      let own = places.axes(nest.axesOf[sum])
      if own.isEmpty {
        picked[sum] = values(sum, [places.first])[0]
        continue
      }
      tuples.append((sum, writer.tuple(values(sum, places.along(own))), own))
    }
    var loops: [Int: LoopID] = [:]
    var place = places.first
    for axis in places.axes {
      let loop = open(.fixed(axis.count), .ordered)
      loops[axis.number] = loop
      place = place.at(axis.number, axis.index(at: loop))
    }
    for (sum, tuple, axes) in tuples {
      var number = Affine()
      var step = 1
      for axis in axes.reversed() {
        number.add(loop: loops[axis.number]!, step: step)
        step *= axis.count
      }
      picked[sum] = writer.pick(from: tuple, number)
    }
    elements([place])
    picked = [:]
    for _ in places.axes { close() }
  }

  /// Elements side by side.
  private mutating func elements(_ places: [Place]) {
    var results: [[ValueID]] = []
    for output in nest.outputs { results.append(values(output.value, places)) }
    for (values, output) in zip(results, nest.outputs) {
      guard let (target, index) = output.target else { continue }
      let array = array(target)
      for (value, place) in zip(values, places) {
        let real = writer.asReal(value)
        let sample = index.sample.flatMap { place.samples[$0] }
        let access = access(array, target, place.index(index.flat), sample)
        if output.isAdded {
          let before = writer.load(access)
          writer.store(access, writer.primitive(.add, [before, real]))
        } else {
          writer.store(access, real)
        }
      }
    }
  }
}
