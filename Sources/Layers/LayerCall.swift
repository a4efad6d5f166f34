import NNCGraph

/// What made a layer's output outside training: what met in it, and what it was told. Writers of other formats, which have
/// an operator for a layer, need not find it again in the graph.
public struct LayerCall: Sendable {
  /// The kind of layer.
  public let kind: String
  /// What flows in.
  public let x: NodeID
  /// An earlier layer's output, where the layer takes one.
  public let other: NodeID?
  /// The leaves of its parameters and buffers, by the names in its row.
  public let parameters: [String: NodeID]
  /// What its operand and its keys are: whole numbers, words and numbers, by name.
  public let sizes: [String: [Int]]
  /// See ``sizes``.
  public let words: [String: String]
  /// See ``sizes``.
  public let numbers: [String: Double]
  /// How its windows slide, one for each axis behind the channels; none where it has none.
  public let windows: [Window]

  init(_ row: LayerRow, _ values: LayerValues) {
    kind = row.name
    x = values.x
    other = values.other
    parameters = values.parameters
    let settings = values.shapes.settings
    sizes = settings.sizes
    words = settings.words
    numbers = settings.numbers
    windows = Self.windows(values.shapes, isTransposed: row.keys.contains("output_pad"))
  }

  /// The windows of a layer that has some: it says how large they are by `kernel` or by its operand.
  private static func windows(_ shapes: LayerShapes, isTransposed: Bool) -> [Window] {
    let sizes = shapes.settings.sizes
    guard let size = ["kernel", "K"].first(where: { sizes[$0] != nil }) else { return [] }
    var read: SlidingWindows?
    if isTransposed {
      read = try? SlidingWindows(transposed: shapes)
    } else {
      read = try? SlidingWindows(shapes, size: size)
    }
    var result: [Window] = []
    for (place, axis) in (read?.axes ?? []).enumerated() {
      result.append(axis.window(place + 1, before: axis.before, after: axis.after + axis.beyond))
    }
    return result
  }
}
