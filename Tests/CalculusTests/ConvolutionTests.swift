import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCTestSupport
import Testing

/// y[o, p] = Σ x[c, s·p + d·k − b] · w[o, c, k], by the primitives alone, and a loss over it.
private struct Convolution {
  var graph = Graph()
  let x: NodeID
  let w: NodeID
  let y: NodeID
  let loss: NodeID
  var numbers: [String: [Double]] = [:]

  /// A convolution over an image, or with `isDepthwise` one for each channel.
  init(stride: Int, dilation: Int, border: Int, isDepthwise: Bool) {
    var random = SplitMix(state: UInt64(stride * 100 + dilation * 10 + border))
    var graph = Graph()
    let shapes: [(String, Shape)] = [
      ("x", [2, 5, 6]), ("w", isDepthwise ? [2, 2, 3] : [3, 2, 2, 3]),
    ]
    for (name, shape) in shapes {
      numbers[name] = (0..<shape.elementCount).map { _ in .random(in: -1...1, using: &random) }
    }
    x = graph.symbol(Symbol(name: "x", shape: shapes[0].1, role: .parameter))
    w = graph.symbol(Symbol(name: "w", shape: shapes[1].1, role: .parameter))
    let windows = graph.windows(
      x,
      [
        Window(axis: 1, size: 2, stride: stride, dilation: dilation, before: border),
        Window(axis: 2, size: 3, stride: stride, before: border, after: border),
      ])
    y = graph.contract(
      Contraction(isDepthwise ? "cij,cpqij->cpq" : "ocij,cpqij->opq"), [w, windows])
    loss = graph.sum(graph.map(Operation("tanh")!, graph.map(.mul, y, y)))
    self.graph = graph
  }

  func value(_ node: NodeID, _ numbers: [String: [Double]]) -> [Double] {
    GraphEvaluator(graph, samples: 1, leaves: numbers, roots: [node])[node][0]
  }

  func differences(_ node: NodeID, by name: String) -> [Double] {
    let step = 1e-5
    return numbers[name]!.indices.map { k in
      var (above, below) = (numbers, numbers)
      above[name]![k] += step
      below[name]![k] -= step
      return (value(node, above)[0] - value(node, below)[0]) / (2 * step)
    }
  }
}

private func expectClose(_ a: [Double], _ b: [Double]) {
  #expect(a.count == b.count)
  for (x, y) in zip(a, b) { #expect(abs(x - y) <= 1e-6 * max(1, abs(x), abs(y))) }
}

@Suite struct ConvolutionTests {
  private static let forms: [(Int, Int, Int, Bool)] = [
    (1, 1, 0, false), (1, 1, 1, false), (2, 1, 1, false), (1, 2, 2, false), (3, 2, 2, false),
    (1, 1, 1, true), (2, 2, 1, true),
  ]

  @Test(arguments: forms)
  func gradientsAgreeWithFiniteDifferences(_ form: (Int, Int, Int, Bool)) {
    var it = Convolution(
      stride: form.0, dilation: form.1, border: form.2, isDepthwise: form.3)
    let gradients = it.graph.gradient(of: it.loss, by: [it.x, it.w])
    #expect(it.graph.problems() == [])
    for (name, gradient) in zip(["x", "w"], gradients) {
      expectClose(it.value(gradient, it.numbers), it.differences(it.loss, by: name))
    }
  }

  /// The derivative of a directional derivative: the primitives are closed under differentiation.
  @Test(arguments: forms)
  func secondDerivativesAgreeWithFiniteDifferences(_ form: (Int, Int, Int, Bool)) {
    var it = Convolution(
      stride: form.0, dilation: form.1, border: form.2, isDepthwise: form.3)
    let gradients = it.graph.gradient(of: it.loss, by: [it.x, it.w])
    let along = it.graph.map(
      .add, it.graph.sum(it.graph.map(.mul, gradients[0], gradients[0])),
      it.graph.sum(it.graph.map(Operation("sin")!, gradients[1])))
    let second = it.graph.gradient(of: along, by: [it.x, it.w])
    #expect(it.graph.problems() == [])
    for (name, gradient) in zip(["x", "w"], second) {
      expectClose(it.value(gradient, it.numbers), it.differences(along, by: name))
    }
  }

  /// Σₖ Σₒ w[o, c, k] · δ[o, p − k] is one contraction over windows of δ: nothing as large as the windows of x is a sum.
  @Test func theGradientByTheImageLaysOutNoWindows() {
    var it = Convolution(stride: 1, dilation: 1, border: 1, isDepthwise: false)
    let y = it.graph[it.y]
    let gradient = it.graph.gradient(of: it.loss, by: [it.x])[0]
    let windows = it.graph.shape(y.operands[1]).elementCount
    let marks = it.graph.reachable(from: [gradient])
    for index in marks.indices where marks[index] {
      guard case .contract = it.graph.nodes[index].kind else { continue }
      #expect(it.graph.nodes[index].shape.elementCount < windows)
    }
  }
}
