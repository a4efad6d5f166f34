import NNCGraph

// Convolutions are contractions of windows, which are views: nothing is laid out for them.
extension Graph {
  /// y[o, p…] = Σ w[o, c, k…] · x[c, s·p + d·k − b …] over channels c and places k of the window, as `torch.nn.Conv2d`.
  ///
  /// With G groups the channels of each side are parts of equal size, and each part of y is made of one of x.
  ///
  /// - Parameters:
  ///   - weight: of shape (O, C/G, K…).
  ///   - x: of shape (C, …).
  mutating func convolution(
    _ weight: NodeID, _ x: NodeID, _ windows: SlidingWindows, groups: Int, _ border: Border
  ) -> NodeID {
    let parts = ChannelParts(groups: groups, outputs: shape(weight)[0], inputs: shape(x)[0])
    var framed = x
    if border != .zeros {
      for (index, axis) in windows.axes.enumerated() {
        framed = bordered(framed, axis: index + 1, before: axis.before, after: axis.after, border)
      }
    }
    framed = reshape(framed, to: parts.x.extents + shape(framed).dropFirst())
    let isFramed = border != .zeros
    let shown = self.windows(
      framed,
      windows.axes.enumerated().map { index, axis in
        axis.window(
          parts.x.labels.count + index, before: isFramed ? 0 : axis.before,
          after: isFramed ? 0 : axis.after)
      })
    let kernel = reshape(weight, to: parts.weight.extents + windows.axes.map(\.size))
    let (positions, places) = parts.labels(windows.axes.count)
    let sum = contract(
      Contraction(
        inputs: [parts.weight.labels + places, parts.x.labels + positions + places],
        output: parts.y.labels + positions), [kernel, shown])
    return reshape(sum, to: [shape(weight)[0]] + windows.positions)
  }

  /// y[o, s·p + d·k − b …] = Σ w[c, o, k…] · x[c, p…]: the convolution's adjoint, as `torch.nn.ConvTranspose2d`.
  ///
  /// - Parameters:
  ///   - weight: of shape (C, O/G, K…).
  ///   - x: of shape (C, …), one element for each position of the windows.
  ///   - windows: how windows slide over what flows out; its axes' extents are those.
  mutating func transposedConvolution(
    _ weight: NodeID, _ x: NodeID, _ windows: SlidingWindows, groups: Int
  ) -> NodeID {
    let outputs = shape(weight)[1] * groups
    // Seen from what flows out, x is what a convolution gives.
    let parts = ChannelParts(groups: groups, outputs: shape(x)[0], inputs: outputs)
    let (positions, places) = parts.labels(windows.axes.count)
    let kernel = reshape(weight, to: parts.weight.extents + windows.axes.map(\.size))
    let given = reshape(x, to: parts.y.extents + shape(x).dropFirst())
    let products = contract(
      Contraction(
        inputs: [parts.weight.labels + places, parts.y.labels + positions],
        output: parts.x.labels + positions + places), [kernel, given])
    let rank = parts.x.extents.count
    let count = windows.axes.count
    var indices = (0..<rank).map { View.Index(axis: $0) }
    for (place, axis) in windows.axes.enumerated() {
      var index = View.Index(axis: rank + place, step: axis.stride)
      index.add(axis: rank + count + place, step: axis.dilation)
      indices.append(index)
    }
    let framed = fold(
      products, View(indices), to: parts.x.extents + windows.axes.map(\.room))
    let inner = slice(
      framed, from: parts.x.extents.map { _ in 0 } + windows.axes.map(\.before),
      shape: parts.x.extents + windows.axes.map(\.extent))
    return reshape(inner, to: [outputs] + windows.axes.map(\.extent))
  }
}

/// How the channels of a convolution's operands are divided into groups: axes and their labels. What has one place is no
/// axis.
private struct ChannelParts {
  typealias Axes = (extents: [Int], labels: [UInt8])

  /// Of (G, O/G, C/G).
  let weight: Axes
  /// Of (G, C/G).
  let x: Axes
  /// Of (G, O/G).
  let y: Axes

  init(groups: Int, outputs: Int, inputs: Int) {
    let all: [(extent: Int, label: UInt8)] = [
      (groups, 0), (outputs / groups, 1), (inputs / groups, 2),
    ]
    func axes(_ labels: [UInt8]) -> Axes {
      let kept = all.filter { labels.contains($0.label) && $0.extent > 1 }
      return (kept.map(\.extent), kept.map(\.label))
    }
    weight = axes([0, 1, 2])
    x = axes([0, 2])
    y = axes([0, 1])
  }

  /// Labels for positions and for places in windows.
  func labels(_ count: Int) -> (positions: [UInt8], places: [UInt8]) {
    let first: UInt8 = 3
    let own = UInt8(count)
    return ((first..<first + own).map { $0 }, (first + own..<first + 2 * own).map { $0 })
  }
}
