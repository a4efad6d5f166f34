import NNCAlgebra
import NNCGraph
import NNCProgram

// What the elements of each kind of node are. Recursion goes to the depth of what one kernel computes, which the
// placement limits.
extension NestWriter {
  mutating func compute(_ id: NodeID, _ places: [Place]) -> [ValueID] {
    let node = graph[id]
    switch node.kind {
    case .constant(let bits):
      let value = writer.real(Double(bitPattern: bits))
      return places.map { _ in value }
    case .symbol(let symbol):
      precondition(graph.symbols[symbol].role == .sampleCount, "a leaf without memory")
      let value = many ? writer.sampleCount() : writer.real(1)
      return places.map { _ in value }
    case .map(let operation): return map(operation, node, places)
    case .contract(let contraction): return contract(contraction, node, places)
    case .samples: return many ? sumOverSamples(node, places) : values(node.operands[0], places)
    case .maximum(let axes): return maximum(axes, node, places)
    case .broadcast, .permute, .slice, .view:
      let shown = node.kind.view!
      return view(node, places) { place in shown.indices.map { Affine($0, at: place) } }
    case .reshape: return reshape(node, places)
    case .literal, .pad, .concat, .derivative:
      preconditionFailure("node \(id.index) has no array")
    }
  }

  private mutating func view(_ node: Node, _ places: [Place], _ axes: ([Affine]) -> [Affine])
    -> [ValueID]
  {
    values(
      node.operands[0], places.map { Place(sample: $0.sample, axes: axes($0.axes)) })
  }

  private mutating func map(_ operation: NNCAlgebra.Operation, _ node: Node, _ places: [Place])
    -> [ValueID]
  {
    operations.append(operation.name)
    let scalars = places.map { Place(sample: $0.sample, axes: []) }
    var operands = [[ValueID]](repeating: [], count: node.operands.count)
    let (first, second) = (
      node.operands.indices.filter { summing.contains(node.operands[$0]) },
      node.operands.indices.filter { !summing.contains(node.operands[$0]) }
    )
    for place in first + second {
      let operand = node.operands[place]
      operands[place] = values(operand, graph.shape(operand).isEmpty ? scalars : places)
    }
    return places.indices.map { lane in writer.apply(operation, operands.map { $0[lane] }) }
  }

  /// The same numbers in the same order: loaded from where the operand is kept, or found at the axes that do not have
  /// extent 1.
  private mutating func reshape(_ node: Node, _ places: [Place]) -> [ValueID] {
    let operand = node.operands[0]
    if graph.isRepeatedScalar(graph[operand]) {
      let scalars = places.map { Place(sample: $0.sample, axes: []) }
      return values(graph[operand].operands[0], scalars)
    }
    if graph.isUnitReshape(node) {
      let shape = graph.shape(operand)
      return view(node, places) { place in
        var rest = zip(place, node.shape).filter { $1 != 1 }.map { $0.0 }[...]
        return shape.map { $0 == 1 ? Affine() : rest.removeFirst() }
      }
    }
    var source = operand
    while home(source) < 0 { source = graph[source].operands[0] }
    return load(home(source), node.shape, places)
  }
}

// Reductions
extension NestWriter {
  private mutating func sumOverSamples(_ node: Node, _ places: [Place]) -> [ValueID] {
    operations.append("samples")
    var sums = accumulators(places.count, 0)
    if use == .summedSamples, let laneLoop {
      let block = open(.fullBlocks(context.block), .ordered)
      add(node.operands[0], places, of: .init(block: block, loop: laneLoop), to: sums)
      close()
      let totals = sums.map { writer.reduce(.add, $0) }
      sums = totals.map { writer.accumulator(initial: $0) }
    }
    let sample = openOrderedSamples()
    add(node.operands[0], places, of: sample, to: sums)
    closeSamples(sample)
    return sums
  }

  private mutating func add(
    _ operand: NodeID, _ places: [Place], of sample: Place.Sample, to sums: [ValueID]
  ) {
    let inner = places.map { Place(sample: sample, axes: $0.axes) }
    add(values(operand, inner), to: sums)
  }

  private mutating func contract(_ contraction: Contraction, _ node: Node, _ places: [Place])
    -> [ValueID]
  {
    let extents = graph.extents(of: node)
    let summed = extents.keys.filter { !contraction.output.contains($0) }.sorted()
    operations.append(
      node.operands.count == 1 ? "sum" : summed.isEmpty ? "outer" : name(of: contraction, node))
    // A sum of one term is the term.
    if summed.allSatisfy({ extents[$0] == 1 }) { return terms(contraction, node, places, [:]) }
    var sums = accumulators(places.count, 0)
    guard let wide = summedLabel(contraction, node), case .summed(let span) = use, let laneLoop,
      // A sum inside of a sum in lanes is each lane's own.
      !places.contains(where: { $0.depends(on: laneLoop) })
    else {
      add(contraction, node, places, summed.map { ($0, 0, extents[$0]!) }, to: sums)
      return sums
    }
    let extent = extents[wide]!
    let others = summed.filter { $0 != wide }
    let turns = others.map { ($0, 0, extents[$0]!) }
    // Each lane adds up its terms; the lanes are added; then come the terms that fill no vector.
    add(
      contraction, node, places, turns + [(wide, 0, extent / span)], to: sums,
      lane: (wide, span, laneLoop))
    sums = sums.map { writer.reduce(.add, $0) }
    if extent % span == 0 { return sums }
    sums = sums.map { writer.accumulator(initial: $0) }
    let rest = extent / span * span
    add(contraction, node, places, turns + [(wide, rest, extent % span)], to: sums)
    return sums
  }

  /// Adds the terms of a contraction to sums: `summed` labels run from the first index so many turns, the lane's label in
  /// strides of the lanes.
  private mutating func add(
    _ contraction: Contraction, _ node: Node, _ places: [Place],
    _ summed: [(label: UInt8, first: Int, turns: Int)], to sums: [ValueID],
    lane: (label: UInt8, span: Int, loop: LoopID)? = nil
  ) {
    var indices: [UInt8: Affine] = [:]
    for (label, first, turns) in summed {
      let step = label == lane?.label ? lane!.span : 1
      var index = Affine(first)
      if turns > 1 { index.add(loop: open(.fixed(turns), .ordered), step: step) }
      if let lane, label == lane.label { index.add(loop: lane.loop, step: 1) }
      indices[label] = index
    }
    let terms = terms(contraction, node, places, indices)
    add(terms, to: sums)
    for (_, _, turns) in summed where turns > 1 { close() }
  }

  /// The terms of a contraction, one for each place, at indices of the summed labels.
  private mutating func terms(
    _ contraction: Contraction, _ node: Node, _ places: [Place], _ summed: [UInt8: Affine]
  ) -> [ValueID] {
    var factors: [[ValueID]] = []
    for (labels, operand) in zip(contraction.inputs, node.operands) {
      let inner = places.map { place in
        Place(
          sample: place.sample,
          axes: labels.map { label in
            if let axis = contraction.output.firstIndex(of: label) { return place.axes[axis] }
            return summed[label] ?? Affine()
          })
      }
      factors.append(values(operand, inner))
    }
    return places.indices.map { lane in
      factors.count == 1
        ? factors[0][lane] : writer.compute(.mul, [factors[0][lane], factors[1][lane]])
    }
  }

  private mutating func maximum(_ axes: [Int], _ node: Node, _ places: [Place]) -> [ValueID] {
    operations.append("maximum")
    let shape = graph.shape(node.operands[0])
    let greatest = accumulators(places.count, -.infinity)
    var shared: [Int: Affine] = [:]
    for axis in axes.sorted() {
      shared[axis] = Affine(loop: open(.fixed(shape[axis]), .ordered))
    }
    let inner = places.map { place in
      var rest = place.axes[...]
      return Place(
        sample: place.sample, axes: shape.indices.map { shared[$0] ?? rest.removeFirst() })
    }
    let elements = values(node.operands[0], inner)
    for (accumulator, element) in zip(greatest, elements) {
      let real = writer.asReal(element)
      writer.raise(accumulator, to: real)
    }
    for _ in shared { close() }
    return greatest
  }

  private mutating func accumulators(_ count: Int, _ initial: Double) -> [ValueID] {
    let value = writer.real(initial)
    return (0..<count).map { _ in writer.accumulator(initial: value) }
  }

  private mutating func add(_ terms: [ValueID], to sums: [ValueID]) {
    for (sum, term) in zip(sums, terms) {
      let real = writer.asReal(term)
      writer.accumulate(sum, .add, real)
    }
  }

  /// What a product is called in the kernel's name: `linear` by a parameter's last axis, `linear_back` by its first.
  private func name(of contraction: Contraction, _ node: Node) -> String {
    for (labels, operand) in zip(contraction.inputs, node.operands) where labels.count == 2 {
      guard graph.symbol(operand)?.role == .parameter else { continue }
      if !contraction.output.contains(labels[1]) { return "linear" }
      if !contraction.output.contains(labels[0]) { return "linear_back" }
    }
    return "product"
  }
}
