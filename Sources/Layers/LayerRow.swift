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
  /// What flows in.
  let inflow: Inflow
  /// What it takes without a key.
  let operand: Operand
  /// Its parameters, in PyTorch's order.
  let parameters: [ParameterRow]
  /// Those that it has besides because of what it is told, in PyTorch's order.
  let furtherParameters: @Sendable (LayerSettings) -> [ParameterRow]
  /// What training assigns, in PyTorch's order.
  let buffers: [BufferRow]
  /// The keys besides those that come with parameters.
  let ownKeys: [Key]
  /// Whether it gives something else in training than outside it.
  let differsInTraining: Bool
  /// Whether it goes through the steps of a sequence, one after the other.
  let goesThroughSteps: Bool
  /// The shape of what flows out, or why what meets in a layer does not go together.
  let shape: ShapeRule
  /// What flows out.
  let formula: Formula

  /// The shape of what flows out of a layer, by what meets in it.
  typealias ShapeRule = @Sendable (LayerShapes) throws(LayerProblem) -> Shape
  /// What flows out of a layer; what its shape rule refuses may be refused again.
  typealias Formula = @Sendable (inout Graph, LayerValues) throws(LayerProblem) -> NodeID

  /// The keys it takes: its parameters by name and how they begin, then its own.
  public var keys: [String] {
    parameters.map(\.name) + (parameters.isEmpty ? [] : ["init", "frozen"]) + ownKeys.map(\.name)
  }

  /// What flows into a layer.
  enum Inflow: Sendable {
    /// Numbers that may be any.
    case numbers
    /// Whole numbers below a bound, which are names of things.
    case whole
    /// Either: the layer moves numbers, and reckons with none.
    case any
  }

  /// What a layer takes without a key.
  enum Operand: Sendable {
    /// Nothing; the hint is for who writes something all the same.
    case none(hint: String?)
    /// `I->O`, `->O` or `O`: the widths of what flows in and out, along an axis.
    case widths(along: WidthAxis)
    /// One number.
    case number(name: String, meaning: String, example: String, domain: NumberDomain)
    /// Whole numbers from `least` on: `2`, `3x2`, `1,0,2`.
    case sizes(name: String, meaning: String, example: String, least: Int)
    /// One of these words; the first where none is given, with which the parameters of the group of that name go.
    case word(name: String, [String])
    /// An earlier layer's output, and how its shape must fit what flows in.
    case layer(Agreement)
  }

  /// How two shapes must fit.
  enum Agreement: Sendable {
    /// They are equal.
    case whole
    /// They have as many axes, and all of these but one are equal.
    case butOne
  }

  /// A key that is no parameter's.
  struct Key: Sendable {
    let name: String
    let kind: Kind
    /// Whether it must be given.
    let isRequired: Bool

    enum Kind: Sendable {
      /// A number that is known when the network is read.
      case number(NumberDomain, standard: Double)
      /// Any value that goes with what flows in, element by element.
      case value(standard: Double)
      /// A value of any shape, such as an earlier layer's output; the layer's shape rule says which fit.
      case tensor
      /// Whole numbers from `least` on, `3` or `3x5` or `1,2,1,2`, or one of the words.
      case sizes(least: Int = 1, standard: Int?, words: [String] = [])
      /// One of these words; the first where none is given.
      case word([String])
    }

    init(_ name: String, _ kind: Kind, isRequired: Bool = false) {
      self.name = name
      self.kind = kind
      self.isRequired = isRequired
    }

    /// A key that is `yes` or `no`, the latter where none is given.
    static func flag(_ name: String, isSet: Bool = false) -> Key {
      Key(name, .word(isSet ? ["yes", "no"] : ["no", "yes"]))
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
    _ usage: String, _ summary: String, inflow: Inflow = .numbers,
    operand: Operand = .none(hint: nil), parameters: [ParameterRow] = [],
    furtherParameters: @escaping @Sendable (LayerSettings) -> [ParameterRow] = { _ in [] },
    buffers: [BufferRow] = [],
    keys: [Key] = [],
    differsInTraining: Bool = false, goesThroughSteps: Bool = false,
    shape: @escaping ShapeRule = { $0.x },
    formula: @escaping Formula
  ) {
    self.name = String(usage.prefix { $0 != " " })
    self.usage = usage
    self.summary = summary
    self.inflow = inflow
    self.operand = operand
    self.parameters = parameters
    self.furtherParameters = furtherParameters
    self.buffers = buffers
    self.ownKeys = keys
    self.differsInTraining = differsInTraining
    self.goesThroughSteps = goesThroughSteps
    self.shape = shape
    self.formula = formula
  }

  /// The axis along which it states how wide what flows out is, so that a new unit of the network begins with it; nil
  /// where it does not.
  var widthAxis: WidthAxis? {
    if case .widths(let axis) = operand { axis } else { nil }
  }
}

extension LayerRow.Agreement {
  /// Whether two shapes fit.
  func holds(_ a: Shape, _ b: Shape) -> Bool {
    switch self {
    case .whole: a == b
    case .butOne: !a.isEmpty && a.count == b.count && zip(a, b).count { $0 != $1 } <= 1
    }
  }

  /// The rule in words.
  var text: String {
    switch self {
    case .whole: "both must have one shape"
    case .butOne: "all axes but one must be equal"
    }
  }
}
