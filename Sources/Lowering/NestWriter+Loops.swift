import NNCGraph
import NNCProgram

// The loops around the elements
extension NestWriter {
  /// Writes the whole kernel.
  mutating func write() {
    let output = task.outputs[0]
    let shape = graph.shape(output.node)
    switch output.source {
    case .noise(let noise): writeNoise(noise)
    case .buffer(let source): writeCopy(of: source, to: output.target, shape)
    case .node(let id) where placement.isKept[Int(id.index)] && isBlock(id): writeBlock(output)
    case .node:
      use = laneUse()
      let sums = reductions()
      summing = makers(of: sums)
      writer.loadsLate = context.width > 1 && !sums.isEmpty
      let axes = task.isFlat && shape.count > 1 ? [shape.elementCount] : shape
      nest(axes, isWide: !sums.isEmpty) { nest, places in
        var values: [[ValueID]] = []
        for output in nest.task.outputs { values.append(nest.values(output.node, places)) }
        for (values, output) in zip(values, nest.task.outputs) where output.isStored {
          nest.store(values, shape, places, to: output.target)
        }
      }
    }
  }

  private func isBlock(_ id: NodeID) -> Bool {
    if case .block = graph.role(of: id, many: many) { return true }
    return false
  }

  /// Writes zeros and a box inside them, or one part after the other.
  private mutating func writeBlock(_ output: KernelTask.Output) {
    let node = graph[output.node]
    let shape = node.shape
    use = many && task.isBatched && context.block > 1 ? .samples : .none
    switch node.kind {
    case .pad(let start, let steps):
      nest([shape.elementCount], isWide: false) { nest, places in
        nest.store([nest.writer.real(0)], shape, places, to: output.target)
      }
      part(node.operands[0], at: start, steps: steps, of: output)
    case .concat(let axis):
      var start = shape.map { _ in 0 }
      let steps = shape.map { _ in 1 }
      part(node.operands[0], at: start, steps: steps, of: output)
      start[axis] = graph.shape(node.operands[0])[axis]
      part(node.operands[1], at: start, steps: steps, of: output)
    default: preconditionFailure("node \(output.node.index) is not made of parts")
    }
  }

  /// Writes a node's elements into a box of the result, so many steps apart.
  private mutating func part(
    _ operand: NodeID, at start: [Int], steps: [Int], of output: KernelTask.Output
  ) {
    let box = View(start.indices.map { .init(axis: $0, step: steps[$0], offset: start[$0]) })
    let shape = graph.shape(output.node)
    nest(graph.shape(operand), isWide: true) { nest, places in
      let values = nest.values(operand, places)
      nest.store(
        values, shape,
        places.map { place in
          Place(sample: place.sample, axes: box.indices.map { Affine($0, at: place.axes) })
        }, to: output.target)
    }
  }

  /// Loops over the samples and over `axes`; the body is given a place in the lanes, or several neighbours where the
  /// kernel is wide.
  private mutating func nest(
    _ axes: [Int], isWide: Bool, _ body: (inout NestWriter, [Place]) -> Void
  ) {
    let sample = openSamples()
    switch use {
    case .none, .samples:
      let parts = use == .samples ? context.block / context.width : 1
      tile(axes, sample, parts: isWide ? parts : nil, lane: nil, body)
    case .summedSamples:
      laneLoop = open(.fixed(context.block), .lanes)
      tile(axes, sample, parts: context.block / context.width, lane: nil, body)
      close()
    case .summed(let span):
      laneLoop = open(.fixed(span), .lanes)
      tile(axes, sample, parts: isWide ? span / context.width : nil, lane: nil, body)
      close()
    case .lastAxis(let span):
      // A product keeps a strip of columns near while it goes through the rows, as rows do that one piece holds: what is
      // the same for all of them is read once.
      let isColumnwise = axes.count > 1 && (isWide || axes[axes.count - 1] <= span)
      var outer: [Affine] = []
      if !isColumnwise { for extent in axes.dropLast() { outer.append(index(extent)) } }
      for piece in Piece.pieces(axes[axes.count - 1], span: span) {
        let chunk = piece.turns > 1 ? open(.fixed(piece.turns), .parallel) : nil
        let lane = open(.fixed(piece.width), .lanes)
        laneLoop = lane
        var last = Affine(loop: lane, offset: piece.first)
        if let chunk { last.add(loop: chunk, step: piece.width) }
        if isColumnwise {
          let parts = (piece.width + context.width - 1) / context.width
          tile(axes.dropLast(), sample, parts: isWide ? parts : nil, lane: last, body)
        } else {
          body(&self, [Place(sample: sample, axes: outer + [last])])
        }
        close()
        if chunk != nil { close() }
      }
      if !isColumnwise { for extent in axes.dropLast() where extent > 1 { close() } }
    }
    laneLoop = nil
    closeSamples(sample)
  }

  /// Loops over axes, with as many neighbours on the last of them as registers hold sums of so many vectors: one, if
  /// `parts` is nil.
  private mutating func tile(
    _ axes: [Int], _ sample: Place.Sample?, parts: Int?, lane: Affine?,
    _ body: (inout NestWriter, [Place]) -> Void
  ) {
    let lanes = lane.map { [$0] } ?? []
    guard let extent = axes.last else {
      return body(&self, [Place(sample: sample, axes: lanes)])
    }
    var outer: [Affine] = []
    for extent in axes.dropLast() { outer.append(index(extent)) }
    var span = parts.map { context.rows(extent, parts: $0) } ?? 1
    // Rows of a matrix are read at once: more than a few at a time, and they are not foreseen.
    if case .summed = use { span = min(span, 8) }
    for piece in Piece.pieces(extent, span: span) {
      let loop = piece.turns > 1 ? open(.fixed(piece.turns), .parallel) : nil
      let places = (0..<piece.width).map { neighbour in
        var index = Affine(piece.first + neighbour)
        if let loop { index.add(loop: loop, step: piece.width) }
        return Place(sample: sample, axes: outer + [index] + lanes)
      }
      body(&self, places)
      if loop != nil { close() }
    }
    for extent in axes.dropLast() where extent > 1 { close() }
  }

  /// An index from 0 to the extent: a loop, unless that is 1.
  private mutating func index(_ extent: Int) -> Affine {
    extent == 1 ? Affine() : Affine(loop: open(.fixed(extent), .parallel))
  }
}

/// Equal pieces of an axis, and what is left behind them.
struct Piece {
  let first: Int
  let width: Int
  let turns: Int

  static func pieces(_ extent: Int, span: Int) -> [Piece] {
    let span = min(span, extent)
    let turns = extent / span
    let pieces = [
      Piece(first: 0, width: span, turns: turns),
      Piece(first: turns * span, width: extent % span, turns: 1),
    ]
    return pieces.filter { $0.width > 0 }
  }
}
