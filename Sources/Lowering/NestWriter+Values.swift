import NNCAlgebra
import NNCProgram

// What the values of a nest are. Recursion goes to the depth of one kernel's expression.
extension NestWriter {
  mutating func compute(_ value: Int, _ places: [Place]) -> [ValueID] {
    if let value = picked[value] { return [value] }
    if !nest.names[value].isEmpty { operations.append(nest.names[value]) }
    switch nest.values[value] {
    case .number(let bits):
      let number = writer.real(Double(bitPattern: bits))
      return places.map { _ in number }
    case .sampleCount:
      let count = writer.sampleCount()
      return places.map { _ in count }
    case .position(let index):
      return places.map { writer.place($0.index(index)) }
    case .element(let array, let index): return load(array, index, places)
    case .map(let operation, let operands):
      let all = inputs(operands, places)
      return places.indices.map { place in writer.apply(operation, all.map { $0[place] }) }
    case .product(let left, let right):
      let left = values(left, places)
      let right = values(right, places)
      return zip(left, right).map { writer.compute(.mul, [$0, $1]) }
    case .sum(let term, let axes): return sum(term, axes, places)
    case .maximum(let term, let axes): return maximum(term, axes, places)
    }
  }

  /// The operands, those first that hold sums where there are vectors: what stands beside them is then not held in
  /// registers for so long.
  private mutating func inputs(_ operands: [Int], _ places: [Place]) -> [[ValueID]] {
    var result = [[ValueID]](repeating: [], count: operands.count)
    let isVector = context.width > 1
    for isFirst in [true, false] {
      for (place, operand) in operands.enumerated()
      where (isVector && nest.holdsSum[operand]) == isFirst {
        result[place] = values(operand, places)
      }
    }
    return result
  }
}

// Sums
extension NestWriter {
  private mutating func sum(_ term: Int, _ axes: [Int], _ places: [Place]) -> [ValueID] {
    var sums = accumulators(places.count, 0)
    // A sum inside of a sum in lanes is each lane's own.
    guard let laneLoop, let wide = axes.first(where: schedule.holdsLanes),
      !places.contains(where: { $0.depends(on: laneLoop) })
    else {
      add(term, places, axes.map { Stretch(axis: $0, turns: nest.axes[$0].extent) }, to: sums)
      return sums
    }
    // Each lane adds up its terms; the lanes are added; then come the terms that do not fill them.
    let stretches = stretches(of: wide)
    for (number, stretch) in stretches.enumerated() {
      if number == 1 { sums = sums.map { writer.accumulator(initial: $0) } }
      let all = axes.map { $0 == wide ? stretch : Stretch(axis: $0, turns: nest.axes[$0].extent) }
      // The axis in lanes is innermost.
      add(term, places, all.filter { $0.axis != wide } + [stretch], to: sums)
      if number == 0 { sums = sums.map { writer.reduce(.add, $0) } }
    }
    return sums
  }

  /// A part of a summed axis: `turns` places from `first` on, or for samples all of a kind of block.
  private struct Stretch {
    var axis: Int
    var first = 0
    var turns: Int
    /// How many neighbours lie in lanes: 1 for none.
    var lanes = 1
    /// For samples: their blocks.
    var blocks: Extent?
  }

  /// What lanes take of a summed axis, and what is left.
  private func stretches(of axis: Int) -> [Stretch] {
    let (extent, lanes) = (nest.axes[axis].extent, schedule.lanes!.count)
    if nest.axes[axis].isSample {
      return [
        Stretch(axis: axis, turns: extent, lanes: lanes, blocks: .fullBlocks(context.block)),
        Stretch(axis: axis, turns: extent, blocks: .lastBlock(context.block)),
      ]
    }
    let whole = extent / lanes
    let all = [
      Stretch(axis: axis, turns: whole, lanes: lanes),
      Stretch(axis: axis, first: whole * lanes, turns: extent % lanes),
    ]
    return all.filter { $0.turns > 0 }
  }

  /// Adds the terms of stretches of axes to sums.
  private mutating func add(
    _ term: Int, _ places: [Place], _ stretches: [Stretch], to sums: [ValueID]
  ) {
    let (inner, count) = open(stretches, places)
    for (sum, term) in zip(sums, values(term, inner)) {
      let real = writer.asReal(term)
      writer.accumulate(sum, .add, real)
    }
    for _ in 0..<count { close() }
  }

  /// Opens the loops over stretches of summed axes: the places inside, and how many loops they are.
  private mutating func open(_ stretches: [Stretch], _ places: [Place]) -> ([Place], Int) {
    let depth = writer.depth
    var places = places
    for stretch in stretches {
      if nest.axes[stretch.axis].isSample {
        let sample = openSamples(stretch)
        places = places.map { $0.at(stretch.axis, sample) }
      } else {
        var index = Affine(stretch.first)
        if stretch.turns > 1 {
          index.add(loop: open(.fixed(stretch.turns), .ordered), step: stretch.lanes)
        }
        if stretch.lanes > 1, let laneLoop { index.add(loop: laneLoop, step: 1) }
        places = places.map { $0.at(stretch.axis, index) }
      }
    }
    return (places, writer.depth - depth)
  }

  private mutating func openSamples(_ stretch: Stretch) -> Place.Sample {
    if stretch.lanes > 1, let blocks = stretch.blocks, let laneLoop {
      return Place.Sample(block: Affine(loop: open(blocks, .ordered)), loop: laneLoop)
    }
    return openOrderedSamples(stretch.blocks ?? .blocks(context.block)).sample
  }

  private mutating func maximum(_ term: Int, _ axes: [Int], _ places: [Place]) -> [ValueID] {
    let greatest = accumulators(places.count, -.infinity)
    let (inner, count) = open(
      axes.map { Stretch(axis: $0, turns: nest.axes[$0].extent) }, places)
    for (accumulator, element) in zip(greatest, values(term, inner)) {
      let real = writer.asReal(element)
      writer.raise(accumulator, to: real)
    }
    for _ in 0..<count { close() }
    return greatest
  }

  private mutating func accumulators(_ count: Int, _ initial: Double) -> [ValueID] {
    let value = writer.real(initial)
    return (0..<count).map { _ in writer.accumulator(initial: value) }
  }
}
