import NNCGraph
import NNCProgram

// What brings rows of samples into blocks and back
extension NestWriter {
  /// Opens loops that pass the samples one after the other, by blocks where there are any.
  mutating func openOrderedSamples(_ blocks: Extent? = nil) -> (
    sample: Place.Sample, block: LoopID?
  ) {
    guard context.block > 1 else {
      return (Place.Sample(block: nil, loop: open(.samples, .ordered)), nil)
    }
    let block = open(blocks ?? .blocks(context.block), .ordered)
    let loop = open(.within(context.block, block), .ordered)
    return (Place.Sample(block: Affine(loop: block), loop: loop), block)
  }

  /// Copies an array; between rows of samples and blocks of samples, matrices are transposed.
  mutating func writeCopy(of source: BufferID, to target: BufferID, count: Int, isBatched: Bool) {
    let (from, to) = (buffers[source], buffers[target])
    if from.isWhole, to.block > 1, from.sampleStep > 0 {
      operations = ["pack"]
      return writeBlocks(of: source, to: target, count: count)
    }
    if from.block != to.block, from.sampleStep > 0 {
      operations = [to.block > 1 ? "pack" : "spread"]
      writeTransposition(of: source, to: target, count: count)
      return
    }
    precondition(to.block == 1 || from.block == to.block, "one value is copied to blocks")
    let loop = isBatched ? open(.samples, .parallel) : nil
    let sample = loop.map { Place.Sample(block: nil, loop: $0) }
    let flat = count == 1 ? Affine() : Affine(loop: open(.fixed(count), .parallel))
    let (sourceArray, targetArray) = (array(source), array(target))
    let value = writer.load(access(sourceArray, source, flat, sample))
    writer.store(access(targetArray, target, flat, sample), value)
    if count > 1 { close() }
    if loop != nil { close() }
  }

  /// Brings rows of integers into blocks of reals.
  private mutating func writeBlocks(of source: BufferID, to target: BufferID, count: Int) {
    let (sourceArray, targetArray) = (array(source), array(target))
    let block = open(.blocks(context.block), .parallel)
    let element = count > 1 ? open(.fixed(count), .parallel) : nil
    let within = open(.within(context.block, block), .parallel)
    let flat = element.map { Affine(loop: $0) } ?? Affine()
    let sample = Place.Sample(block: Affine(loop: block), loop: within)
    let value = writer.load(access(sourceArray, source, flat, sample))
    writer.store(access(targetArray, target, flat, sample), value)
    close()
    if element != nil { close() }
    fillPadding(of: target, from: Affine(), count: count, block)
    close()
  }

  private mutating func writeTransposition(of source: BufferID, to target: BufferID, count: Int) {
    let (from, to) = (buffers[source], buffers[target])
    let (sourceArray, targetArray) = (array(source), array(target))
    let block = open(.blocks(context.block), .parallel)
    func corner(_ array: Int32, _ buffer: BufferID, _ index: Affine) -> Access {
      let first = Place.Sample(block: Affine(loop: block), loop: -1)
      var access = access(array, buffer, index, first)
      access.strides.removeAll { $0.loop == -1 }
      return access
    }
    let samples = Extent.within(context.block, block)
    let isPacking = to.block > 1
    // Packed in pieces, so that threads have something to share even in one block.
    let span =
      isPacking
      ? max(context.columns, (count + 15) / 16) : to.columns > 0 ? to.columns : count
    for piece in Piece.pieces(count, lanes: span, count: 1) {
      let strip = piece.turns > 1 ? open(.fixed(piece.turns), .parallel) : nil
      var index = Affine(piece.first)
      if let strip { index.add(loop: strip, step: piece.lanes) }
      let width = Extent.fixed(piece.lanes)
      writer.transpose(
        Transposition(
          source: corner(sourceArray, source, index), target: corner(targetArray, target, index),
          rows: isPacking ? samples : width, columns: isPacking ? width : samples,
          sourceStep: isPacking ? from.sampleStep : from.block,
          targetStep: isPacking ? to.block : to.columns > 0 ? to.columns : to.sampleStep))
      if isPacking { fillPadding(of: target, from: index, count: piece.lanes, block) }
      if strip != nil { close() }
    }
    close()
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
    let sample = Place.Sample(block: Affine(loop: block), loop: lane)
    writer.store(access(array, target, flat, sample), zero)
    close()
    if element != nil { close() }
  }
}
