// The order within the layers, and the coordinates.
extension LayeredWork {
  /// Sorts the layers by the means of their neighbours' places, and keeps the order with the fewest crossings.
  mutating func reduceCrossings() {
    var best = layers
    var fewest = crossings()
    for round in 0..<24 where fewest > 0 {
      let goesDown = round % 2 == 0
      let order =
        goesDown ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed()
      for layer in order {
        let neighbour = goesDown ? layer - 1 : layer + 1
        var place: [Int: Int] = [:]
        for (index, node) in layers[neighbour].enumerated() { place[node] = index }
        let keyed = layers[layer].enumerated().map { index, node -> (Double, Int, Int) in
          let beside = (goesDown ? nodes[node].before : nodes[node].after).compactMap { place[$0] }
          let mean =
            beside.isEmpty ? Double(index) : Double(beside.reduce(0, +)) / Double(beside.count)
          return (mean, index, node)
        }
        layers[layer] = keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
      }
      exchangeNeighbours()
      let count = crossings()
      if count < fewest {
        fewest = count
        best = layers
      }
    }
    layers = best
  }

  /// Exchanges boxes that stand beside each other where that takes crossings away.
  private mutating func exchangeNeighbours() {
    if nodes.count > 1500 { return }
    for layer in layers.indices {
      var (before, after) = ([Int: Int](), [Int: Int]())
      if layer > 0 { for (i, n) in layers[layer - 1].enumerated() { before[n] = i } }
      if layer + 1 < layers.count { for (i, n) in layers[layer + 1].enumerated() { after[n] = i } }
      func between(_ a: Int, _ b: Int) -> Int {
        var count = 0
        for (places, sides) in [
          (before, (nodes[a].before, nodes[b].before)), (after, (nodes[a].after, nodes[b].after)),
        ] {
          for x in sides.0 { for y in sides.1 where places[x]! > places[y]! { count += 1 } }
        }
        return count
      }
      for index in layers[layer].indices.dropLast() {
        let (a, b) = (layers[layer][index], layers[layer][index + 1])
        if between(b, a) < between(a, b) { layers[layer].swapAt(index, index + 1) }
      }
    }
  }

  /// How many pairs of arrows cross, counted between layers by inversions.
  func crossings() -> Int {
    var total = 0
    for layer in layers.indices.dropLast() {
      var place: [Int: Int] = [:]
      for (index, node) in layers[layer + 1].enumerated() { place[node] = index }
      let ends = layers[layer].flatMap { nodes[$0].after.map { place[$0]! }.sorted() }
      // A Fenwick tree counts, for each end, the earlier ends that lie behind it.
      var tree = [Int](repeating: 0, count: layers[layer + 1].count + 1)
      for (seen, end) in ends.enumerated() {
        var notBehind = 0
        var index = end + 1
        while index > 0 {
          notBehind += tree[index]
          index &= index - 1
        }
        total += seen - notBehind
        index = end + 1
        while index < tree.count {
          tree[index] += 1
          index += index & -index
        }
      }
    }
    return total
  }

  /// Gives every node its height by moving it toward its neighbours' mean, and every layer its column.
  mutating func place() {
    for layer in layers {
      let heights = nodes.map(\.y)
      stack(layer) { heights[$0] }
    }
    for round in 0..<12 {
      let order = round % 2 == 0 ? Array(layers.indices) : layers.indices.reversed()
      for index in order {
        let layer = layers[index]
        var wanted: [Int: Double] = [:]
        for node in layer {
          let beside = nodes[node].before + nodes[node].after
          let centres = beside.map { nodes[$0].y + nodes[$0].size.height / 2 }
          let mean =
            centres.isEmpty
            ? nodes[node].y + nodes[node].size.height / 2
            : centres.reduce(0, +) / Double(centres.count)
          wanted[node] = mean - nodes[node].size.height / 2
        }
        stack(layer) { wanted[$0]! }
      }
    }
    let top = nodes.map(\.y).min() ?? 0
    for index in nodes.indices { nodes[index].y -= top - 12 }
    setColumns()
  }

  /// Puts a layer's nodes as near to their wanted heights as their order and the gaps allow.
  private mutating func stack(_ layer: [Int], _ wanted: (Int) -> Double) {
    // Blocks of nodes that touch move as one, to the mean of what their nodes want.
    struct Block {
      var nodes: [Int]
      var sum: Double
      var height: Double
      var y: Double { sum / Double(nodes.count) }
    }
    var blocks: [Block] = []
    for node in layer {
      let need = nodes[node].size.height + LayeredLayout.gap.box
      blocks.append(Block(nodes: [node], sum: wanted(node), height: need))
      while blocks.count > 1 {
        let (upper, lower) = (blocks[blocks.count - 2], blocks[blocks.count - 1])
        if upper.y + upper.height <= lower.y { break }
        let shifted = lower.sum - upper.height * Double(lower.nodes.count)
        blocks.removeLast(2)
        blocks.append(
          Block(
            nodes: upper.nodes + lower.nodes, sum: upper.sum + shifted,
            height: upper.height + lower.height))
      }
    }
    for block in blocks {
      var y = block.y
      for node in block.nodes {
        nodes[node].y = y
        y += nodes[node].size.height + LayeredLayout.gap.box
      }
    }
  }

  /// Columns, routes and labels. Labels of short arrows stand in the gap between the layers, one below the other.
  private mutating func setColumns() {
    let character = LayeredLayout.labelSize.character
    var gaps = [Double](repeating: LayeredLayout.gap.layer, count: layers.count)
    var widths = layers.map { layer in layer.map { nodes[$0].size.width }.max() ?? 0 }
    for node in nodes {
      // Arrows that go far up or down need room to be told apart.
      let centre = node.y + node.size.height / 2
      let farthest = node.after.map { (nodes[$0].y + nodes[$0].size.height / 2 - centre).magnitude }
      let wish = min(LayeredLayout.gap.steep, (farthest.max() ?? 0) / 4)
      gaps[node.layer] = max(gaps[node.layer], wish)
    }
    for (arrow, chain) in zip(diagram.arrows, chains) where !arrow.label.isEmpty {
      let width = Double(arrow.label.count) * character + 24
      if chain.count == 2 {
        let layer = nodes[chain[0]].layer
        gaps[layer] = max(gaps[layer], width)
      } else if let node = chain.first(where: {
        $0 >= diagram.boxes.count && !nodes[$0].label.isEmpty
      }) {
        widths[nodes[node].layer] = max(widths[nodes[node].layer], width)
      }
    }
    var lefts: [Double] = []
    var x = 12.0
    for layer in layers.indices {
      lefts.append(x)
      x += widths[layer] + gaps[layer]
    }
    width = x - (gaps.last ?? 0) + 12
    func left(_ node: Int) -> Double {
      lefts[nodes[node].layer] + (widths[nodes[node].layer] - nodes[node].size.width) / 2
    }
    frames = diagram.boxes.indices.map { node in
      .init(
        x: left(node), y: nodes[node].y, width: nodes[node].size.width,
        height: nodes[node].size.height)
    }
    var taken: [Int: [LayeredLayout.Frame]] = [:]
    for (index, chain) in chains.enumerated() {
      var points: [LayeredLayout.Point] = []
      for (place, node) in chain.enumerated() {
        let middle = nodes[node].y + nodes[node].size.height / 2
        let layer = nodes[node].layer
        // A box that is narrower than its column is reached, and left, by a straight line.
        let (low, high) = (lefts[layer], lefts[layer] + widths[layer])
        if place > 0, node < diagram.boxes.count {
          points.append(.init(x: low, y: middle))
          points.append(.init(x: left(node), y: middle))
        } else if place == 0 {
          points.append(.init(x: left(node) + nodes[node].size.width, y: middle))
          points.append(.init(x: high, y: middle))
        } else {
          points.append(.init(x: lefts[layer], y: middle))
          points.append(.init(x: lefts[layer] + widths[layer], y: middle))
        }
      }
      let label = diagram.arrows[index].label
      var frame: LayeredLayout.Frame?
      if !label.isEmpty {
        let size = (width: Double(label.count) * character, height: LayeredLayout.labelSize.height)
        if chain.count == 2 {
          frame = free(points[1], points[2], size, &taken[nodes[chain[0]].layer, default: []])
        } else if let node = chain.first(where: {
          $0 >= diagram.boxes.count && !nodes[$0].label.isEmpty
        }) {
          let layer = nodes[node].layer
          let centre = lefts[layer] + widths[layer] / 2
          frame = .init(
            x: centre - size.width / 2, y: nodes[node].y + 2, width: size.width, height: size.height
          )
        }
      }
      labels.append(frame)
      routes.append(isReversed[index] ? points.reversed() : points)
    }
    let low =
      frames.map { $0.y + $0.height } + labels.compactMap { $0.map { $0.y + $0.height } }
      + routes.joined().map(\.y)
    height = (low.max() ?? 0) + 12
  }

  /// A place for a label on a straight arrow where no other label of the gap stands: along it, else below.
  private func free(
    _ a: LayeredLayout.Point, _ b: LayeredLayout.Point, _ size: (width: Double, height: Double),
    _ taken: inout [LayeredLayout.Frame]
  ) -> LayeredLayout.Frame {
    let room = max(0, b.x - a.x - size.width - 8)
    var best: LayeredLayout.Frame?
    for step in [0.5, 0.3, 0.7, 0.15, 0.85, 0, 1] {
      let x = a.x + 4 + room * step
      let part = (x + size.width / 2 - a.x) / max(1, b.x - a.x)
      // The same smooth curve that is drawn.
      let eased = part * part * (3 - 2 * part)
      let frame = LayeredLayout.Frame(
        x: x, y: a.y + (b.y - a.y) * eased - size.height / 2, width: size.width,
        height: size.height)
      if best == nil { best = frame }
      if !taken.contains(where: { $0.overlaps(frame) }) {
        taken.append(frame)
        return frame
      }
    }
    var frame = best!
    while let other = taken.first(where: { $0.overlaps(frame) }) {
      frame.y = other.y + other.height + 1
    }
    taken.append(frame)
    return frame
  }
}
