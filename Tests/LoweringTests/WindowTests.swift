import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCLowering
import NNCProgram
import NNCTestSupport
import Testing

/// Views with strides, windows and what leads back from them, as loops.
@Suite struct WindowTests {
  /// y = tanh(conv(x, w) + b) over an image, a loss, and all gradients, for one sample and for many.
  @Test(arguments: [(1, 1, 0), (1, 1, 1), (2, 1, 1), (1, 2, 2), (2, 2, 0)])
  func aConvolution(_ form: (stride: Int, dilation: Int, border: Int)) {
    var trial = Trial()
    let x = trial.input("x", [2, 6, 7], .input)
    let w = trial.parameter("w", [3, 2, 2, 3])
    let b = trial.parameter("b", [3])
    var graph = trial.graph
    let windows = graph.windows(
      x,
      [
        Window(
          axis: 1, size: 2, stride: form.stride, dilation: form.dilation, before: form.border,
          after: form.border),
        Window(axis: 2, size: 3, stride: form.stride, before: form.border, after: form.border),
      ])
    let net = graph.contract(Contraction("ocij,cpqij->opq"), [w, windows])
    let bias = graph.broadcast(b, to: graph.shape(net), axes: [0])
    let y = graph.map(Operation("tanh")!, graph.map(.add, net, bias))
    let each = graph.sum(graph.map(.mul, y, y))
    let loss = graph.map(.div, graph.samples(each), graph.symbol(.sampleCount))
    let gradients = graph.gradient(of: loss, by: [w, b])
    let byImage = graph.gradient(of: each, by: [x])[0]
    trial.graph = graph
    let count = graph.shape(y).elementCount
    trial.counts[.output] = count + 2 * 6 * 7
    trial.check(
      .gradient,
      [
        .init(argument: .output, offset: 0, node: y),
        .init(argument: .output, offset: count, node: byImage),
        .init(argument: .loss, offset: 0, node: loss),
        .init(argument: .gradient, offset: 0, node: gradients[0]),
        .init(argument: .gradient, offset: 36, node: gradients[1]),
      ], tolerance: 1e-9)
  }

  @Test func stridesReversalsAndRows() {
    var trial = Trial()
    let x = trial.input("x", [4, 5], .input)
    let table = trial.parameter("table", [4, 3])
    var graph = trial.graph
    let odd = graph.slice(x, from: [1, 4], steps: [2, -2], shape: [2, 3])
    let back = graph.reverse(graph.map(Operation("exp")!, x), axes: [1])
    let apart = graph.pad(odd, at: [1, 0], steps: [3, 2], to: [5, 6])
    let rows = graph.gather(table, rows: graph.literal([2, 0, 2], shape: [3]))
    let error = graph.map(.mul, rows, rows)
    let byTable = graph.gradient(of: graph.samples(graph.sum(error)), by: [table])[0]
    trial.graph = graph
    trial.counts[.output] = 6 + 20 + 30 + 9
    trial.check(
      .gradient,
      [
        .init(argument: .output, offset: 0, node: odd),
        .init(argument: .output, offset: 6, node: back),
        .init(argument: .output, offset: 26, node: apart),
        .init(argument: .output, offset: 56, node: rows),
        .init(argument: .gradient, offset: 0, node: byTable),
      ])
  }
}
