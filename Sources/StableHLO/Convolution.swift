import NNCGraph

/// A product with sliding windows of a tensor, as a convolution: windows, groups, strides and borders of zeros.
///
/// Along a spatial axis of the tensor the index is stride · p ± dilation · k + offset, with a position p of the result and
/// a place k of the other factor. So a layer's own convolution, its derivative by the input and that by the weights are
/// convolutions alike, with other axes as features: what both factors have and the result lacks is summed over.
struct Convolution {
  /// The tensor whose windows are taken, without the zeros around it, and the other factor.
  let sources: [NodeID]
  /// The labels of the tensor's plain axes; nil along spatial ones.
  let axes: [UInt8?]
  /// By spatial axis, in the order of the tensor's: its window, the labels of positions and places, and whether the places
  /// are read backwards.
  let windows: [(axis: WindowAxis, position: UInt8?, place: UInt8?, isReversed: Bool)]
  /// The labels of the other factor's axes.
  let factor: [UInt8]
  /// Labels by what they do: of both factors and the result, of both factors alone, of the tensor and the result, of the
  /// factor and the result.
  var groups: [UInt8] = []
  var summed: [UInt8] = []
  var samples: [UInt8] = []
  var features: [UInt8] = []

  /// The convolution that a product is; nil where it is none.
  init?(_ product: Product, _ graph: Graph) {
    guard product.operands.count == 2 else { return nil }
    for place in 0..<2 {
      if let found = Convolution(product, windowed: place, graph) {
        self = found
        return
      }
    }
    return nil
  }

  private init?(_ product: Product, windowed place: Int, _ graph: Graph) {
    let shown = product.operands[place]
    guard case .view(let view) = graph[shown].kind else { return nil }
    let framed = Framed(graph.operands(shown)[0], graph)
    let isBatched = graph[shown].isBatched
    let labels = product.labels[place].dropFirst(isBatched ? 1 : 0)
    let own = Array(labels)
    let extents = graph.shape(shown)
    factor = product.labels[1 - place]
    sources = [framed.source, product.operands[1 - place]]
    var uses: [UInt8: Int] = [:]
    for index in view.indices { for term in index.terms { uses[own[term.axis], default: 0] += 1 } }
    guard uses.count == own.count, uses.values.allSatisfy({ $0 == 1 }) else { return nil }
    var axes: [UInt8?] = isBatched ? [Product.batch] : []
    var windows: [(axis: WindowAxis, position: UInt8?, place: UInt8?, isReversed: Bool)] = []
    for (axis, index) in view.indices.enumerated() {
      if let only = index.axis, extents[only] == framed.shape[axis], !framed.frames(axis) {
        axes.append(own[only])
        continue
      }
      var position: UInt8?
      var place: UInt8?
      var isReversed = false
      var window = WindowAxis()
      var (reach, offset) = (1, index.offset)
      for term in index.terms {
        let label = own[term.axis]
        let extent = extents[term.axis]
        switch (product.output.contains(label), factor.contains(label)) {
        case (true, false) where position == nil && term.step > 0:
          (position, window.stride) = (label, term.step)
          reach += (extent - 1) * term.step
        case (false, true) where place == nil:
          (place, window.size, window.dilation) = (label, extent, abs(term.step))
          isReversed = term.step < 0
          if term.step < 0 { offset += (extent - 1) * term.step }
          reach += (extent - 1) * abs(term.step)
        default: return nil
        }
      }
      window.spacing = framed.steps[axis]
      let length = framed.inner[axis]
      let spaced = length == 0 ? 0 : (length - 1) * window.spacing + 1
      window.low = framed.start[axis] - offset
      window.high = reach - window.low - spaced
      windows.append((window, position, place, isReversed))
      axes.append(nil)
    }
    guard windows.contains(where: { $0.position != nil && $0.place != nil }) else { return nil }
    self.axes = axes
    self.windows = windows
    for label in axes.compactMap({ $0 }) {
      switch (product.output.contains(label), factor.contains(label)) {
      case (true, true): groups.append(label)
      case (false, true): summed.append(label)
      case (true, false): samples.append(label)
      case (false, false): return nil
      }
    }
    let places = windows.compactMap(\.place)
    for label in factor where !axes.contains(label) && !places.contains(label) {
      guard product.output.contains(label) else { return nil }
      features.append(label)
    }
  }
}

/// A tensor, and the box of zeros that it stands in where it does.
struct Framed {
  let source: NodeID
  /// The shape of the tensor and of the box.
  let inner: Shape
  let shape: Shape
  let start: [Int]
  let steps: [Int]

  init(_ id: NodeID, _ graph: Graph) {
    shape = graph.shape(id)
    if case .pad(let start, let steps) = graph[id].kind {
      source = graph.operands(id)[0]
      (self.start, self.steps) = (start, steps)
    } else {
      source = id
      start = shape.map { _ in 0 }
      steps = shape.map { _ in 1 }
    }
    inner = graph.shape(source)
  }

  /// Whether there are zeros along an axis.
  func frames(_ axis: Int) -> Bool { inner[axis] != shape[axis] }
}
