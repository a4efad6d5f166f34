import NNCDiagnostics
import NNCGraph

private func steps(_ name: String, _ standard: Double) -> FunctionParameter {
  FunctionParameter(name: name, absence: .standard(standard))
}

/// What slides windows over tensors, and what puts a border around them.
let windowFunctions: [TensorFunction] = [
  TensorFunction(
    "conv",
    [
      FunctionParameter(name: "x"), FunctionParameter(name: "w"), steps("stride", 1),
      steps("pad", 0), steps("dilation", 1), steps("groups", 1),
    ],
    "the sums over windows of x (channels, …) times w (outputs, channels/groups, window …)"
  ) { elaborator, given, span in
    guard let windows = elaborator.windows(given), let groups = elaborator.groups(given) else {
      return nil
    }
    let positions = [elaborator.graph.shape(given[1].node!)[0]] + windows.positions
    guard positions.checkedCount != nil else {
      elaborator.report(.tensorTooLarge(positions, at: span))
      return nil
    }
    return elaborator.graph.convolution(
      given[1].node!, given[0].node!, windows, groups: groups, .zeros)
  }.drawn("conv(reshape(x, 1, -1), [[[0.5, -1, 0.25]]], pad=1)[0]"),
  TensorFunction(
    "pad",
    [
      .value, FunctionParameter(name: "before"),
      FunctionParameter(name: "after", absence: .optional), steps("value", 0), .lastAxis,
    ],
    "so many places more before and behind an axis, by default as many on both sides"
  ) { elaborator, given, span in
    let shape = elaborator.graph.shape(given[0].node!)
    guard !shape.isEmpty else {
      elaborator.report(.noSuchAxis(shape, at: given[0].span))
      return nil
    }
    let after = given[2].node == nil ? given[1] : given[2]
    guard let axis = elaborator.axis(given[4], of: given[0]),
      let first = elaborator.whole(given[1], 0...maximumCount),
      let last = elaborator.whole(after, 0...maximumCount)
    else { return nil }
    var whole = shape
    whole[axis] += first + last
    guard whole.checkedCount != nil else {
      elaborator.report(.tensorTooLarge(whole, at: span))
      return nil
    }
    let value = given[3].node!
    guard elaborator.graph.shape(value).isEmpty else {
      elaborator.report(
        .argumentNotNumber(
          "value", of: "pad", elaborator.graph.shape(value), at: given[3].span))
      return nil
    }
    return elaborator.graph.bordered(given[0].node!, axis, first, last, with: value)
  }.drawn("pad(x, 1, 0, value=0.5)[:-1]"),
]

extension Graph {
  /// A tensor with so many places of one value before and behind an axis.
  fileprivate mutating func bordered(
    _ id: NodeID, _ axis: Int, _ before: Int, _ after: Int, with value: NodeID
  ) -> NodeID {
    var (shape, start) = (shape(id), shape(id).map { _ in 0 })
    shape[axis] += before + after
    start[axis] = before
    if constantValue(value) == 0 { return pad(id, at: start, to: shape) }
    func border(_ count: Int) -> [NodeID] {
      shape[axis] = count
      return count == 0 ? [] : [broadcast(value, to: shape, axes: [])]
    }
    return joined(border(before) + [id] + border(after), axis: axis)
  }
}

extension Elaborator {
  /// How a window of w slides over x; nil where they do not fit, which has been reported.
  fileprivate func windows(_ given: [GivenArgument]) -> SlidingWindows? {
    let (x, w) = (graph.shape(given[0].node!), graph.shape(given[1].node!))
    guard x.count >= 2 else {
      report(
        .windowsDoNotFit(
          "`conv` is of `channels x length` or `channels x height x width`", x, at: given[0].span))
      return nil
    }
    guard w.count == x.count + 1 else {
      let axes = Array(repeating: "K", count: x.count - 1).joined(separator: " x ")
      report(
        .windowsDoNotFit("expected `outputs x channels/groups x \(axes)`", w, at: given[1].span))
      return nil
    }
    let count = x.count - 1
    guard let strides = sizes(given[2], count, least: 1),
      let pads = sizes(given[3], count, least: 0),
      let dilations = sizes(given[4], count, least: 1)
    else { return nil }
    var axes: [SlidingWindows.Axis] = []
    for index in 0..<count {
      let axis = SlidingWindows.Axis(
        extent: x[index + 1], size: w[index + 2], stride: strides[index],
        dilation: dilations[index], before: pads[index], after: pads[index])
      guard axis.reach <= axis.room, axis.room <= maximumCount else {
        report(
          .windowsDoNotFit(
            "a window of \(axis.reach) does not fit into \(axis.room) places", w, at: given[1].span)
        )
        return nil
      }
      axes.append(axis)
    }
    return SlidingWindows(axes: axes)
  }

  /// The number of groups; nil where it does not divide the channels, which has been reported.
  fileprivate func groups(_ given: [GivenArgument]) -> Int? {
    let (x, w) = (graph.shape(given[0].node!), graph.shape(given[1].node!))
    guard let groups = whole(given[5], 1...maximumCount) else { return nil }
    guard x[0] == w[1] * groups else {
      let further = groups == 1 ? "" : " in each of \(groups) groups"
      report(
        .windowsDoNotFit(
          "w takes \(w[1]) channels\(further), x has \(x[0])", w, at: given[1].span))
      return nil
    }
    if w[0] % groups == 0 { return groups }
    report(.windowsDoNotFit("\(groups) groups do not divide \(w[0]) outputs", w, at: given[1].span))
    return nil
  }

  /// A whole number for each of so many axes: one for all of them, or a list.
  private func sizes(_ given: GivenArgument, _ count: Int, least: Int) -> [Int]? {
    if let list = given.node.flatMap({ wholes($0) }), list.count == count,
      list.allSatisfy({ (least...maximumCount).contains($0) })
    {
      return list
    }
    return whole(given, least...maximumCount).map { Array(repeating: $0, count: count) }
  }
}
