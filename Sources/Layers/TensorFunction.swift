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
}

private let value = FunctionParameter(name: "a")
private let second = FunctionParameter(name: "b")
private let axis = FunctionParameter(name: "axis", absence: .optional)

/// A function that goes along an axis, or over all axes where none is given.
private func reduction(
  _ name: String, _ summary: String,
  _ reduce: @escaping @Sendable (inout Graph, NodeID, [Int]) -> NodeID
) -> TensorFunction {
  TensorFunction(name, [value, axis], summary) { elaborator, given, _ in
    guard let axes = elaborator.axes(given[1], of: given[0]) else { return nil }
    return reduce(&elaborator.graph, given[0].node!, axes)
  }
}

/// The greater or smaller of two numbers element by element, or the extreme of one tensor.
private func extreme(
  _ name: String, _ summary: String,
  _ reduce: @escaping @Sendable (inout Graph, NodeID, [Int]) -> NodeID
) -> TensorFunction {
  let other = FunctionParameter(name: "b", absence: .optional)
  return TensorFunction(name, [value, other, axis], summary) { elaborator, given, span in
    if given[1].node != nil {
      if given[2].node != nil {
        elaborator.report(.axisOfTwo(name, at: given[2].span))
        return nil
      }
      return elaborator.elementwise(Operation(name)!, Array(given[..<2]), span).node
    }
    guard let axes = elaborator.axes(given[2], of: given[0]) else { return nil }
    return reduce(&elaborator.graph, given[0].node!, axes)
  }
}

private func single(
  _ name: String, _ summary: String,
  _ build: @escaping @Sendable (inout Graph, NodeID) -> NodeID
) -> TensorFunction {
  TensorFunction(name, [value], summary) { elaborator, given, _ in
    build(&elaborator.graph, given[0].node!)
  }
}

/// The table of functions of whole tensors.
let tensorFunctions: [TensorFunction] = [
  reduction("sum", "the sum of all elements, or along an axis") { graph, a, axes in
    graph.sum(a, over: axes)
  },
  reduction("mean", "their mean, likewise") { graph, a, axes in
    let count = axes.reduce(1) { $0 * graph.shape(a)[$1] }
    let number = graph.constant(Double(count))
    return graph.map(.div, graph.sum(a, over: axes), number)
  },
  extreme(
    "max",
    "the greater of two, element by element; of one the greatest element, or along an axis"
  ) { graph, a, axes in graph.maximum(a, axes: axes) },
  extreme("min", "the smaller, likewise") { graph, a, axes in
    axes.isEmpty ? a : graph.map(.neg, graph.maximum(graph.map(.neg, a), axes: axes))
  },
  TensorFunction("dot", [value, second], "the sum of the products of their elements") {
    elaborator, given, span in
    let (a, b) = (given[0].node!, given[1].node!)
    let (first, other) = (elaborator.graph.shape(a), elaborator.graph.shape(b))
    if first == other { return elaborator.graph.dot(a, b) }
    elaborator.report(
      .shapesDisagree("dot", [(first, given[0].span), (other, given[1].span)], at: span))
    return nil
  },
  TensorFunction("outer", [value, second], "a matrix: each element of a times each of b") {
    elaborator, given, span in
    let (a, b) = (given[0].node!, given[1].node!)
    if let node = elaborator.graph.outer(a, b) { return node }
    let places = given.map { (elaborator.graph.shape($0.node!), $0.span) }
    elaborator.report(.shapesDisagree("outer", places, at: span))
    return nil
  },
  TensorFunction(
    "pick", [value, FunctionParameter(name: "k")],
    "of each row of a, along the last axis, the element that the whole number k says"
  ) { elaborator, given, span in
    let (a, k) = (given[0].node!, given[1].node!)
    let (rows, numbers) = (elaborator.graph.shape(a), elaborator.graph.shape(k))
    if !rows.isEmpty, rows.dropLast() == numbers[...] { return elaborator.graph.pick(a, k) }
    elaborator.report(
      .shapesDisagree("pick", [(rows, given[0].span), (numbers, given[1].span)], at: span))
    return nil
  },
  TensorFunction(
    "onehot", [value, FunctionParameter(name: "count")],
    "for each whole number of a so many numbers, all 0 but one, along a new last axis"
  ) { elaborator, given, span in
    let graph = elaborator.graph
    guard let number = graph.constantValue(given[1].node!), let count = Int(exactly: number),
      count > 0, (graph.shape(given[0].node!) + [count]).checkedCount != nil
    else {
      elaborator.report(.indexNotWhole(at: given[1].span))
      return nil
    }
    return elaborator.graph.oneHot(given[0].node!, count: count)
  },
  single("norm", "the root of the sum of the squares") { graph, a in
    graph.map(.length, graph.dot(a, a))
  },
  single("transpose", "the axes in reverse order") { graph, a in
    graph.permute(a, graph.shape(a).indices.reversed())
  },
  TensorFunction(
    "where", [FunctionParameter(name: "c"), value, second], "a where c is not 0, else b"
  ) {
    elaborator, given, span in
    elaborator.elementwise(.select, called: "where", given, span).node
  },
  TensorFunction("glu", [value, axis], "the first half times the sigmoid of the second") {
    $0.gated($1, $2, by: "sigmoid")
  },
  TensorFunction("swiglu", [value, axis], "the first half times the silu of the second") {
    $0.gated($1, $2, by: "silu")
  },
  single("softmin", "softmax(-a) along the last axis") { graph, a in
    graph.softmax(graph.map(.neg, a))
  },
  single("normalize", "a/max(norm of a, 1e-12) along the last axis") { graph, a in
    graph.normalizedRows(a, eps: 1e-12)
  },
  single("softmax", "exp(a)/sum(exp(a)) along the last axis") { graph, a in graph.softmax(a) },
  single("logsoftmax", "log(softmax(a))") { graph, a in graph.logsoftmax(a) },
  single("samples", "the sum over the samples of the batch, the same for all of them") { graph, a in
    graph.samples(a)
  },
  single("batchmean", "the mean over the samples of the batch") { graph, a in
    graph.meanOverSamples(a)
  },
  single("logsumexp", "log(sum(exp(a))) along the last axis") { graph, a in graph.logsumexp(a) },
]

extension Elaborator {
  /// a ⊙ f(b) of the halves a and b along an axis, by default the last; nil where there are no halves.
  fileprivate func gated(
    _ given: [GivenArgument], _ span: SourceSpan, by function: String
  ) -> NodeID? {
    let shape = graph.shape(given[0].node!)
    let axis = given[1].node == nil ? [shape.count - 1] : axes(given[1], of: given[0])
    guard let axis = axis?.first else { return nil }
    guard axis >= 0, shape[axis].isMultiple(of: 2) else {
      report(.noHalves(shape, at: given[0].span))
      return nil
    }
    return graph.gated(given[0].node!, axis: axis, by: Operation(function)!)
  }

  /// The axes that an argument `axis` names: one, counted from 0 or from the end if negative, or
  /// all where none is given.
  func axes(_ given: GivenArgument, of tensor: GivenArgument) -> [Int]? {
    let shape = graph.shape(tensor.node!)
    guard let node = given.node else { return Array(shape.indices) }
    guard let number = graph.constantValue(node), let axis = Int(exactly: number),
      axis >= -shape.count, axis < shape.count
    else {
      report(.noSuchAxis(shape, at: given.span))
      return nil
    }
    return [axis < 0 ? axis + shape.count : axis]
  }
}
