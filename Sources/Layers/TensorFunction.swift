import NNCAlgebra
import NNCDiagnostics
import NNCGraph

/// A function of whole tensors: a row of the table of them.
struct TensorFunction: Sendable {
  let name: String
  let parameters: [FunctionParameter]
  /// What it gives, in a few words.
  let summary: String
  /// The node for arguments; nil where they do not fit, which has been reported.
  let build: @Sendable (Elaborator, [GivenArgument], SourceSpan) -> NodeID?
  /// The expression of a list `x` with which random networks draw it; nil where they do not.
  private(set) var drawn: String?

  init?(_ name: String) {
    guard let row = tensorFunctions.first(where: { $0.name == name }) else { return nil }
    self = row
  }

  init(
    _ name: String, _ parameters: [FunctionParameter], _ summary: String,
    build: @escaping @Sendable (Elaborator, [GivenArgument], SourceSpan) -> NodeID?
  ) {
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.build = build
  }

  /// The same, drawn by random networks so.
  func drawn(_ expression: String) -> Self {
    var row = self
    row.drawn = expression
    return row
  }
}

/// The expressions of a list `x` that random networks draw as layers, one for each function of tensors.
public let drawnExpressions: [String] = tensorFunctions.compactMap(\.drawn)

/// The table of functions of whole tensors.
let tensorFunctions: [TensorFunction] =
  reductionFunctions + orderFunctions + productFunctions + shapeFunctions + matrixFunctions
  + normalisingFunctions + windowFunctions

// What many rows take.
extension FunctionParameter {
  static let value = FunctionParameter(name: "a")
  static let second = FunctionParameter(name: "b")
  static let several = FunctionParameter(name: "a", kind: .several)
  /// An axis, or several in a list, counted from 0 or from the end if negative.
  static let axis = FunctionParameter(name: "axis", absence: .optional)
  /// The last axis where none is given.
  static let lastAxis = FunctionParameter(name: "axis", absence: .standard(-1))
  static let firstAxis = FunctionParameter(name: "axis", absence: .standard(0))
  static let keepdim = FunctionParameter(name: "keepdim", absence: .standard(0), kind: .truth)
}

extension TensorFunction {
  /// A function of one tensor and nothing else.
  static func single(
    _ name: String, _ summary: String,
    _ build: @escaping @Sendable (inout Graph, NodeID) -> NodeID
  ) -> TensorFunction {
    TensorFunction(name, [.value], summary) { elaborator, given, _ in
      build(&elaborator.graph, given[0].node!)
    }
  }

  /// A function that goes along one axis, written for the last one.
  static func along(
    _ name: String, _ summary: String,
    _ build: @escaping @Sendable (inout Graph, NodeID) -> NodeID
  ) -> TensorFunction {
    TensorFunction(name, [.value, .lastAxis], summary) { elaborator, given, _ in
      guard let axis = elaborator.axis(given[1], of: given[0]) else { return nil }
      return elaborator.graph.along(axis, given[0].node!) { build(&$0, $1) }
    }
  }
}

extension Elaborator {
  /// The one axis that an argument `axis` names; of a number, which has none, 0.
  func axis(_ given: GivenArgument, of tensor: GivenArgument) -> Int? {
    let shape = graph.shape(tensor.node!)
    if shape.isEmpty, given.expression == nil { return 0 }
    guard let axes = axes(given, of: tensor) else { return nil }
    if axes.count == 1 { return axes[0] }
    report(.noSuchAxis(shape, at: given.span))
    return nil
  }

  /// The axes that an argument `axis` names: one or a list of them, counted from 0 or from the end if negative; all where
  /// none is given.
  func axes(_ given: GivenArgument, of tensor: GivenArgument) -> [Int]? {
    let shape = graph.shape(tensor.node!)
    guard let node = given.node else { return Array(shape.indices) }
    let numbers =
      wholes(node) ?? graph.knownNumber(node).flatMap { Int(exactly: $0) }.map { [$0] } ?? []
    let axes = numbers.map { $0 < 0 ? $0 + shape.count : $0 }
    guard !axes.isEmpty, Set(axes).count == axes.count, axes.allSatisfy(shape.indices.contains)
    else {
      report(.noSuchAxis(shape, at: given.span))
      return nil
    }
    return axes
  }

  /// A whole number that an argument is and that is known now, within bounds.
  func whole(_ given: GivenArgument, _ bounds: ClosedRange<Int>) -> Int? {
    if let number = given.node.flatMap({ graph.knownNumber($0) }), let whole = Int(exactly: number),
      bounds.contains(whole)
    {
      return whole
    }
    report(.wholeExpected(bounds, at: given.span))
    return nil
  }
}
