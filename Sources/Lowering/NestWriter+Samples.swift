import NNCGraph
import NNCProgram

// The loops over samples, and what brings rows of samples into blocks and back
extension NestWriter {
  /// Opens the loops over the samples of a task that has a result for each; nil for others.
  mutating func openSamples() -> Place.Sample? {
    guard many && task.isBatched else { return nil }
    guard context.block > 1 else {
      return Place.Sample(block: nil, loop: open(.samples, .parallel))
    }
    let block = open(.blocks(context.block), .parallel)
    let lane = open(.fixed(context.block), .lanes)
    laneLoop = lane
    return Place.Sample(block: block, loop: lane)
  }

  mutating func closeSamples(_ sample: Place.Sample?) {
    guard let sample else { return }
    close()
    if sample.block != nil { close() }
  }

  /// Opens loops that pass the samples one after the other: those that lanes did not sum.
  mutating func openOrderedSamples() -> Place.Sample {
    guard context.block > 1 else {
      return Place.Sample(block: nil, loop: open(.samples, .ordered))
    }
    let isRest = use == .summedSamples
    let block = open(isRest ? .lastBlock(context.block) : .blocks(context.block), .ordered)
    return Place.Sample(block: block, loop: open(.within(context.block, block), .ordered))
  }

  /// Copies an array; between rows of samples and blocks of samples, matrices are transposed.
  mutating func writeCopy(of source: BufferID, to target: BufferID, _ shape: Shape) {
    let (from, to) = (buffers[source], buffers[target])
    let count = shape.elementCount
    if from.block != to.block, from.sampleStep > 0 {
      operations = [to.block > 1 ? "pack" : "spread"]
      let (sourceArray, targetArray) = (array(source), array(target))
      let block = open(.blocks(context.block), .parallel)
      let first = Place.Sample(block: block, loop: -1)
      func corner(_ array: Int32, _ buffer: BufferID, _ index: Affine = Affine()) -> Access {
        var access = access(array, buffer, index, first)
        access.strides.removeAll { $0.loop == -1 }
        return access
      }
      let samples = Extent.within(context.block, block)
      if to.block > 1 {
        // In pieces, so that threads have something to share even in one block.
        for piece in Piece.pieces(count, span: max(context.columns, (count + 15) / 16)) {
          let strip = piece.turns > 1 ? open(.fixed(piece.turns), .parallel) : nil
          var index = Affine(piece.first)
          if let strip { index.add(loop: strip, step: piece.width) }
          writer.transpose(
            Transposition(
              source: corner(sourceArray, source, index),
              target: corner(targetArray, target, index),
              rows: samples, columns: .fixed(piece.width), sourceStep: from.sampleStep,
              targetStep: to.block))
          fillPadding(of: target, from: index, count: piece.width, block)
          if strip != nil { close() }
        }
      } else {
        for piece in Piece.pieces(count, span: to.columns > 0 ? to.columns : count) {
          let strip = piece.turns > 1 ? open(.fixed(piece.turns), .parallel) : nil
          var index = Affine(piece.first)
          if let strip { index.add(loop: strip, step: piece.width) }
          writer.transpose(
            Transposition(
              source: corner(sourceArray, source, index),
              target: corner(targetArray, target, index),
              rows: .fixed(piece.width), columns: samples, sourceStep: from.block,
              targetStep: to.columns > 0 ? to.columns : to.sampleStep))
          if strip != nil { close() }
        }
      }
      close()
      return
    }
    precondition(to.block == 1 || from.block == to.block, "one value is copied to blocks")
    let sample = many && task.isBatched ? open(.samples, .parallel) : nil
    let place = Place(
      sample: sample.map { Place.Sample(block: nil, loop: $0) },
      axes: [count == 1 ? Affine() : Affine(loop: open(.fixed(count), .parallel))])
    store(load(source, [count], [place]), [count], [place], to: target)
    if count > 1 { close() }
    if sample != nil { close() }
  }

  /// Writes 0 to the places of a block that no sample has, so that lanes without samples compute with numbers.
  mutating func fillPadding(
    of target: BufferID, from first: Affine, count: Int, _ block: LoopID
  ) {
    let array = array(target)
    let zero = writer.real(0)
    let element = count > 1 ? open(.fixed(count), .parallel) : nil
    let lane = open(.padding(context.block, block), .parallel)
    var flat = first
    if let element { flat.add(loop: element, step: 1) }
    writer.store(
      access(array, target, flat, Place.Sample(block: block, loop: lane)), zero)
    close()
    if element != nil { close() }
  }
}
