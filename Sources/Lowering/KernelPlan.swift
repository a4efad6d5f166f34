/// What a kernel computes and how its loops run: a nest and its schedule.
struct KernelPlan {
  let nest: Nest
  let schedule: Schedule
  /// What the arrays are called in the kernel.
  let arrays: BufferMap<String>

  /// Both halves, for people:
  ///
  ///     out[s, i] = (Σ k: weight[784 i + k] · x[s, k]) + bias[i]
  ///       along s < 128 samples, i < 512; summed k < 784
  ///       lanes 32 s; tile 14 i; loops s, i
  ///       each sum in order
  var description: String {
    var text = NestText(nest, arrays)
    var lines = text.statements()
    lines.append("  along \(axisList(text))")
    lines.append("  \(loops(text))")
    if nest.hasSums { lines.append("  \(order(text))") }
    return lines.map { $0 + "\n" }.joined()
  }

  private func axisList(_ text: NestText) -> String {
    func list(_ axes: [Int]) -> String {
      let all = axes.map { axis in
        let samples = nest.axes[axis].isSample ? " samples" : ""
        return "\(text.label(axis)) < \(nest.axes[axis].extent)\(samples)"
      }
      return all.joined(separator: ", ")
    }
    let parallel = nest.parallelAxes.isEmpty ? "nothing" : list(nest.parallelAxes)
    let summed = nest.axes.indices.filter { nest.axes[$0].isSummed }
    return summed.isEmpty ? parallel : "\(parallel); summed \(list(summed))"
  }

  private func loops(_ text: NestText) -> String {
    var parts: [String] = []
    if let lanes = schedule.lanes {
      let axes = lanes.axes.map { text.label($0) }.joined(separator: ", ")
      parts.append("lanes \(lanes.count) \(axes)")
    }
    let tiled = schedule.order.filter { schedule.tiles[$0] > 1 }
    if !tiled.isEmpty {
      let tile = tiled.map { axis in
        let unit = schedule.holdsLanes(axis) ? "lanes of " : ""
        return "\(schedule.tiles[axis]) \(unit)\(text.label(axis))"
      }
      parts.append("tile \(tile.joined(separator: " x "))")
    }
    if schedule.rollsFinish { parts.append("then a loop over the tile") }
    let order = schedule.order.map { text.label($0) }.joined(separator: ", ")
    parts.append(order.isEmpty ? "no loops" : "loops \(order)")
    return parts.joined(separator: "; ")
  }

  private func order(_ text: NestText) -> String {
    guard let lanes = schedule.lanes, nest.axes[lanes.axes[0]].isSummed else {
      return "each sum in order"
    }
    let axes = lanes.axes.map { text.label($0) }.joined(separator: ", ")
    return "sums over \(axes) in \(lanes.count) lanes, added by halves; others in order"
  }
}

/// Spells the values of a nest.
struct NestText {
  private let nest: Nest
  private let arrays: BufferMap<String>
  private var labels: [String] = []
  /// By value: its text, once it is known.
  private var texts: [String] = []
  private var lines: [String] = []

  init(_ nest: Nest, _ arrays: BufferMap<String>) {
    self.nest = nest
    self.arrays = arrays
    var counts: [Character: Int] = [:]
    for axis in nest.axes {
      let letter: Character = axis.isSample ? "s" : axis.isSummed ? "k" : "i"
      counts[letter, default: 0] += 1
      let number = counts[letter]!
      labels.append(number == 1 ? "\(letter)" : "\(letter)\(number)")
    }
    for (axis, row) in nest.axes.enumerated() {
      if let chosen = row.chosen { labels[axis] = element(chosen.array, chosen.index) }
    }
  }

  func label(_ axis: Int) -> String { labels[axis] }

  /// A statement for each value that is used more than once, and for each that is written.
  mutating func statements() -> [String] {
    for (number, value) in nest.values.enumerated() {
      var text = spell(value)
      if nest.useCounts[number] > 1, !value.operands.isEmpty {
        lines.append("v\(number) = \(text)")
        text = "v\(number)"
      }
      texts.append(text)
    }
    for output in nest.outputs {
      guard let (array, index) = output.target else { continue }
      let sign = output.isAdded ? "+=" : "="
      lines.append("\(element(array, index)) \(sign) \(texts[output.value])")
    }
    return lines
  }

  private func spell(_ value: Nest.Value) -> String {
    switch value {
    case .number(let bits): return "\(Double(bitPattern: bits))"
    case .sampleCount: return "samples"
    case .position(let index): return self.index(index)
    case .element(let array, let index): return element(array, index)
    case .map(let operation, let operands):
      let list = operands.map { texts[$0] }.joined(separator: ", ")
      return "\(operation.name)(\(list))"
    case .product(let left, let right): return "\(texts[left]) · \(texts[right])"
    case .sum(let term, let axes): return "(Σ \(list(axes)): \(texts[term]))"
    case .maximum(let term, let axes): return "(max \(list(axes)): \(texts[term]))"
    }
  }

  private func list(_ axes: [Int]) -> String {
    axes.map { labels[$0] }.joined(separator: ", ")
  }

  private func element(_ array: BufferID, _ index: Nest.Index) -> String {
    let sample = index.sample.map { labels[$0] + ", " } ?? ""
    return "\(arrays[array] ?? "a\(array)")[\(sample)\(self.index(index.flat))]"
  }

  private func index(_ index: Affine) -> String {
    var terms = index.strides.map { stride in
      let label = labels[Int(stride.loop)]
      return stride.step == 1 ? label : "\(stride.step) \(label)"
    }
    if index.offset != 0 || terms.isEmpty { terms.append("\(index.offset)") }
    return terms.joined(separator: " + ")
  }
}
