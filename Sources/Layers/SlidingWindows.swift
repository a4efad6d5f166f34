import NNCGraph

/// How windows slide over an image or a signal: along all axes but the first, which holds the channels.
struct SlidingWindows {
  /// How they slide along one axis.
  struct Axis {
    /// How many elements the axis has.
    var extent: Int
    /// How many places a window has.
    var size: Int
    /// How far it moves from one position to the next.
    var stride = 1
    /// How far its places are apart.
    var dilation = 1
    /// How many places the axis is extended by before it.
    var before = 0
    /// And behind it.
    var after = 0
    /// How far the last window reaches beyond that, where positions are rounded up.
    var beyond = 0

    /// How many elements a window spans.
    var reach: Int { dilation * (size - 1) + 1 }
    /// How many elements the extended axis has.
    var room: Int { before + extent + after }
    /// How many positions a window has.
    var positions: Int { (room + beyond - reach) / stride + 1 }

    /// The window along an axis of a tensor that was extended already, but for the places that this says.
    func window(_ axis: Int, before: Int = 0, after: Int = 0) -> Window {
      Window(
        axis: axis, size: size, stride: stride, dilation: dilation, before: before, after: after)
    }
  }

  /// The axes, outermost first.
  var axes: [Axis]

  /// How many positions a window has along each axis.
  var positions: [Int] { axes.map(\.positions) }

  init(axes: [Axis]) { self.axes = axes }

  /// Reads what a layer is told: the size of its windows by the name `size`, and `stride`, `dilation`, `pad` and `ceil`
  /// where it has these keys.
  init(_ layer: LayerShapes, size: String) throws(LayerProblem) {
    let extents = try layer.spatial
    let count = extents.count
    let settings = layer.settings
    let sizes = try settings.sizes(size, axes: count)
    // Pools move by their size where nothing else is said.
    let strides = try settings.sizes("stride", axes: count, or: size)
    let dilations = try settings.sizes("dilation", axes: count)
    axes = extents.indices.map {
      Axis(extent: extents[$0], size: sizes[$0], stride: strides[$0], dilation: dilations[$0])
    }
    try pad(settings)
    for index in axes.indices {
      let axis = axes[index]
      let place = count == 1 ? "length" : ["height", "width"][Swift.min(index, 1)]
      guard axis.reach <= maximumCount, axis.room <= maximumCount else {
        throw LayerProblem(
          message: "the windows along a \(place) of \(axis.extent) reach too far",
          label: "a tensor has at most \(maximumCount) numbers",
          key: axis.reach > maximumCount ? size : "pad")
      }
      guard axis.reach <= axis.room else {
        throw LayerProblem.tooLarge(axis, size, place)
      }
      if settings.isSet("ceil") { axes[index].roundUp() }
    }
  }

  /// Reads `pad`: one number, one for each axis, those before all axes and then those behind them, or a rule's name.
  private mutating func pad(_ settings: LayerSettings) throws(LayerProblem) {
    let count = axes.count
    switch settings.words["pad"] {
    // TensorFlow's: as many positions as the strides of the axis, and what is odd behind it.
    case "same":
      for index in axes.indices {
        let axis = axes[index]
        let positions = (axis.extent + axis.stride - 1) / axis.stride
        let total = max(0, (positions - 1) * axis.stride + axis.reach - axis.extent)
        axes[index].before = total / 2
        axes[index].after = total - total / 2
      }
    // No position sees what comes after it.
    case "causal":
      guard count == 1 else {
        throw LayerProblem(
          message: "`pad=causal` is for signals", label: "an image has no order of time",
          key: "pad", notes: ["a signal flows in as `channels x length`"])
      }
      axes[0].before = axes[0].reach - 1
    default:
      for (index, side) in try settings.sides("pad", axes: count).enumerated() {
        axes[index].before = side.before
        axes[index].after = side.after
      }
    }
  }
}

extension SlidingWindows.Axis {
  /// Lets a last window reach beyond the axis, if it begins inside of it or before it, as PyTorch's `ceil_mode` does.
  fileprivate mutating func roundUp() {
    let rest = (room - reach) % stride
    if rest == 0 || positions * stride >= before + extent { return }
    beyond = stride - rest
  }
}

extension LayerShapes {
  /// The extents of the axes along which windows slide: all but the first.
  var spatial: Shape {
    get throws(LayerProblem) {
      if x.count >= 2 { return Array(x.dropFirst()) }
      throw LayerProblem(
        message: "\(x.numbers) \(x == [1] ? "flows" : "flow") in, which is no image and no signal",
        label: "expected `channels x height x width`, or `channels x length`",
        notes: ["`reshape 1x\(x.first ?? 1)` makes one channel of them"])
    }
  }

  /// How many channels flow in.
  var channels: Int { x.first ?? 1 }
}

extension LayerProblem {
  /// A window that does not fit into its axis.
  fileprivate static func tooLarge(
    _ axis: SlidingWindows.Axis, _ size: String, _ place: String
  ) -> LayerProblem {
    let most = (axis.room - 1) / axis.dilation + 1
    let padded = axis.room == axis.extent ? "" : " (\(axis.room) with its padding)"
    return LayerProblem(
      message: "a window of \(axis.reach) does not fit into a \(place) of \(axis.extent)\(padded)",
      label: "expected at most \(most)", key: size,
      notes: ["or more `pad`, which adds to both sides"])
  }
}
