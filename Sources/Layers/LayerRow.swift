import NNCAlgebra
import NNCGraph

/// A kind of layer: a row of the table of layers. What makes a layer of it knows none by name.
public struct LayerRow: Sendable {
  /// The kind as it is written.
  public let name: String
  /// How it is written: `linear I->O`.
  public let usage: String
  /// What it does, in a line.
  public let summary: String
  /// What it takes without a key.
  let operand: Operand
  /// Its parameters, in PyTorch's order.
  let parameters: [ParameterRow]
  /// The keys besides those that come with parameters.
  let ownKeys: [Key]
  /// Whether it gives something else in training than outside it.
  let differsInTraining: Bool
  /// The shape of what flows out.
  let shape: @Sendable (LayerShapes) -> Shape
  /// What flows out.
  let formula: @Sendable (inout Graph, LayerValues) -> NodeID

  /// The keys it takes: its parameters by name and how they begin, then its own.
  public var keys: [String] {
    parameters.map(\.name) + (parameters.isEmpty ? [] : ["init", "frozen"]) + ownKeys.map(\.name)
  }

  /// What a layer takes without a key.
  enum Operand: Sendable {
    /// Nothing; the hint is for who writes something all the same.
    case none(hint: String?)
    /// `I->O`, `->O` or `O`: the widths of what flows in and out, along the last axis.
    case widths
    /// One number.
    case number(name: String, meaning: String, example: String, domain: NumberDomain)
    /// An earlier layer's output, and how its shape must fit what flows in.
    case layer(Agreement)
  }

  /// How two shapes must fit.
  enum Agreement: Sendable {
    /// They are equal.
    case whole
    /// All axes but the last are equal.
    case butLast
  }

  /// A key that is no parameter's.
  struct Key: Sendable {
    let name: String
    let kind: Kind
    /// Its value where none is given.
    let standard: Double

    enum Kind: Sendable {
      /// A number that is known when the network is read.
      case number(NumberDomain)
      /// Any value that goes with what flows in, element by element.
      case value
    }

    init(_ name: String, _ kind: Kind, standard: Double) {
      self.name = name
      self.kind = kind
      self.standard = standard
    }
  }

  /// The kind called `name`.
  public init?(_ name: String) {
    guard let row = layersByName[name] else { return nil }
    self = row
  }

  /// A kind of layer.
  ///
  /// - Parameters:
  ///   - usage: how it is written, its name first.
  ///   - summary: what it does, in a line.
  ///   - shape: the shape of what flows out; by default that of what flows in.
  ///   - formula: what flows out, made of nodes.
  init(
    _ usage: String, _ summary: String, operand: Operand = .none(hint: nil),
    parameters: [ParameterRow] = [], keys: [Key] = [], differsInTraining: Bool = false,
    shape: @escaping @Sendable (LayerShapes) -> Shape = { $0.x },
    formula: @escaping @Sendable (inout Graph, LayerValues) -> NodeID
  ) {
    self.name = String(usage.prefix { $0 != " " })
    self.usage = usage
    self.summary = summary
    self.operand = operand
    self.parameters = parameters
    self.ownKeys = keys
    self.differsInTraining = differsInTraining
    self.shape = shape
    self.formula = formula
  }

  /// Whether it states how wide what flows out is, so that a new unit of the network begins with it.
  var statesWidth: Bool {
    if case .widths = operand { true } else { false }
  }
}

extension LayerRow.Agreement {
  /// Whether two shapes fit.
  func holds(_ a: Shape, _ b: Shape) -> Bool {
    switch self {
    case .whole: a == b
    case .butLast: !a.isEmpty && a.dropLast() == b.dropLast()
    }
  }

  /// The rule in words.
  var text: String {
    switch self {
    case .whole: "both must have one shape"
    case .butLast: "all axes but the last must be equal"
    }
  }
}

/// The shapes that meet in a layer.
struct LayerShapes {
  /// Of what flows in.
  let x: Shape
  /// The width of what flows out, where the layer states it.
  let width: Int?
  /// Of an earlier layer's output, where the layer takes one.
  let other: Shape?

  /// How wide what flows in is, along the last axis.
  var inputs: Int { x.last ?? 1 }
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
  /// The numbers of its keys, and of its operand, by their names.
  let numbers: [String: Double]
  /// The values of its other keys.
  let values: [String: NodeID]

  /// A parameter; nil where the layer goes without it.
  subscript(parameter: String) -> NodeID? { parameters[parameter] }
}
