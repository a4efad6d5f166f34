import NNCGraph

/// The axis whose extent a layer calls its width.
enum WidthAxis: Sendable {
  /// The first one, of channels: of images `channels x height x width`, of signals `channels x length`.
  case first
  /// The last one, of features.
  case last
  /// None yet: how many whole numbers there are, each of which gets an axis of features.
  case names

  /// How wide what has this shape is.
  func width(_ shape: Shape) -> Int { (self == .first ? shape.first : shape.last) ?? 1 }

  /// Its name in words.
  var word: String { self == .first ? "first" : "last" }
}

/// What a layer's operand and keys say, but for what is a value of the network's.
struct LayerSettings {
  /// Numbers, by the names of keys and operands.
  var numbers: [String: Double] = [:]
  /// Whole numbers, one or several, likewise.
  var sizes: [String: [Int]] = [:]
  /// Words, likewise.
  var words: [String: String] = [:]
  /// Shapes of values, likewise.
  var shapes: [String: Shape] = [:]

  /// Whether a key is `yes`.
  func isSet(_ key: String) -> Bool { words[key] == "yes" }

  /// What a key says of each of so many axes; one number is for all of them. As long as `key` where another key is said
  /// to be the standard.
  func sizes(
    _ key: String, axes: Int, or standard: String? = nil
  ) throws(LayerProblem) -> [Int] {
    guard let given = sizes[key] ?? standard.flatMap({ sizes[$0] }) else {
      return Array(repeating: 1, count: axes)
    }
    if given.count == 1 { return Array(repeating: given[0], count: axes) }
    if given.count == axes { return given }
    throw LayerProblem(
      message: "`\(key)` has \(given.count) sizes",
      label: "expected one size, or one for each axis: \(axes)", key: key)
  }

  /// How many places a key or operand says before and behind each of so many axes: one number for all, one for each axis,
  /// or those before all axes and then those behind them; none where it is not given.
  func sides(_ key: String, axes: Int) throws(LayerProblem) -> [(before: Int, after: Int)] {
    let given = sizes[key] ?? [0]
    guard [1, axes, 2 * axes].contains(given.count) else {
      throw LayerProblem(
        message: "`pad` has \(given.count) sizes",
        label: "expected 1, \(axes), or \(2 * axes): those before all axes, then those behind them",
        key: key)
    }
    return (0..<axes).map { index in
      given.count == 1
        ? (given[0], given[0]) : (given[index], given[given.count - axes + index])
    }
  }

  /// The one whole number that a key or operand says.
  func size(_ key: String) throws(LayerProblem) -> Int { try sizes(key, axes: 1)[0] }
}

/// The shapes that meet in a layer, and what it is told.
struct LayerShapes {
  /// Of what flows in.
  let x: Shape
  /// The width of what flows out, where the layer states it.
  let width: Int?
  /// Of an earlier layer's output, where the layer takes one.
  let other: Shape?
  /// The axis of widths.
  let axis: WidthAxis
  /// How many rows of a table there are for whole numbers that flow in; nil where any numbers do.
  let names: Int?
  /// What the layer is told.
  let settings: LayerSettings

  /// How wide what flows in is.
  var inputs: Int { names ?? axis.width(x) }
  /// How wide what flows out is; as wide as what flows in where the layer does not say.
  var outputs: Int { width ?? inputs }
}

/// What a layer's formula is made of.
struct LayerValues {
  /// The layer's name.
  let name: String
  /// Whether this is the formula for training.
  let isTraining: Bool
  /// What flows in.
  let x: NodeID
  /// An earlier layer's output, where the layer takes one.
  let other: NodeID?
  /// The parameters that the layer has, by the names in its row.
  let parameters: [String: NodeID]
  /// The values of keys that are values of the network's.
  let values: [String: NodeID]
  /// The shapes, and what the layer is told.
  let shapes: LayerShapes
  /// The shape of what flows out.
  let shape: Shape

  /// A parameter; nil where the layer goes without it.
  subscript(parameter: String) -> NodeID? { parameters[parameter] }

  /// A number that the layer's operand or a key is.
  func number(_ name: String) -> Double { shapes.settings.numbers[name]! }
}

/// What is wrong with the shapes and settings that meet in a layer, in words.
struct LayerProblem: Error {
  /// What is wrong.
  let message: String
  /// What it should be.
  let label: String
  /// The key, or the operand, that says what does not fit; nil for the layer itself.
  var key: String?
  /// What else helps.
  var notes: [String] = []
}
