import NNCGraph

/// What a parameter is to the values that it meets.
public enum ParameterKind: Hashable, Sendable, CaseIterable {
  /// It multiplies them.
  case weight
  /// It is added to them.
  case bias
  /// Training assigns it, without a gradient.
  case buffer

  /// What the textbook calls its elements: `w1 w2 …`, counted through the whole network.
  public var stem: String {
    switch self {
    case .weight: "w"
    case .bias: "b"
    case .buffer: "buffer"
    }
  }

  /// What it is called in messages.
  var word: String {
    switch self {
    case .weight: "weight"
    case .bias: "bias"
    case .buffer: "buffer"
    }
  }

  /// The kind whose elements are called so.
  init?(stem: String) {
    guard let kind = Self.allCases.first(where: { $0.stem == stem }) else { return nil }
    self = kind
  }
}

/// A parameter of a kind of layer: a column of its row.
struct ParameterRow: Sendable {
  /// Its name behind the layer's, PyTorch's.
  let name: String
  /// What it is to what flows in.
  let kind: ParameterKind
  /// Whether a layer can go without it: `bias=no`.
  let isOptional: Bool
  /// The key by which a layer goes without it and others: `affine=no`.
  let group: String?
  /// How its numbers begin where the layer does not say; nil for the initialiser's choice.
  let standard: Initial?
  /// What its axes are, for who writes a literal of another shape; may be empty.
  let axes: String
  /// Its shape.
  let shape: @Sendable (LayerShapes) -> Shape
  /// The numbers of inputs and outputs of one unit, for the initialiser.
  let fans: @Sendable (LayerShapes) -> (Double, Double)

  init(
    _ name: String, _ kind: ParameterKind, isOptional: Bool = false, group: String? = nil,
    standard: Initial? = nil, axes: String = "",
    fans: @escaping @Sendable (LayerShapes) -> (Double, Double) = {
      (Double($0.inputs), Double($0.outputs))
    },
    shape: @escaping @Sendable (LayerShapes) -> Shape
  ) {
    self.name = name
    self.kind = kind
    self.isOptional = isOptional
    self.group = group
    self.standard = standard
    self.axes = axes
    self.shape = shape
    self.fans = fans
  }
}
