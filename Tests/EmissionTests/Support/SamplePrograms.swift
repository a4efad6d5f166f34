import NNCAlgebra
import NNCProgram
import NNCTestSupport

/// Programs written by hand, for the tests of everything that reads Programs.
enum SamplePrograms {
  static func all(_ precision: Precision) -> [Program] {
    [backprop(precision), layers(precision), edges(precision), large(precision)]
  }

  static let weights: [Field] = [
    field("linear1.weight", [2, 2], 0, [0.15, 0.20, 0.25, 0.30]),
    field("linear1.bias", [2], 4, [0.35, 0.35]),
    field("linear2.weight", [2, 2], 6, [0.40, 0.45, 0.50, 0.55]),
    field("linear2.bias", [2], 10, [0.60, 0.60]),
  ]

  static func field(_ name: String, _ shape: [Int], _ offset: Int, _ values: [Double]) -> Field {
    Field(name: name, shape: shape, offset: offset, initial: .literal(values))
  }

  static func reference(_ argument: Entry.Argument, _ offset: Int = 0) -> Entry.ArrayReference {
    .init(base: .argument(argument), offset: offset)
  }

  static func workspace(_ offset: Int) -> Entry.ArrayReference {
    .init(base: .workspace, offset: offset)
  }

  /// The worked example, expanded to scalars: 2-2-2, sigmoid, half the squared error, a step of 0.5.
  static func backprop(_ precision: Precision) -> Program {
    var program = Program(
      name: "backprop_\(precision)", precision: precision, parameters: weights, state: [],
      inputCount: 2, targetCount: 2, outputCount: 2, maximumSamples: 8,
      functions: [.operation("exp", precision)], kernels: [], entries: [])
    for many in [false, true] {
      for kind in Entry.Kind.ofSamples {
        let arguments: [Entry.Argument] =
          switch kind {
          case .predict: [.parameters, .input, .output]
          case .loss, .train: [.parameters, .input, .target, .loss]
          case .gradient: [.parameters, .input, .target, .gradient, .loss]
          case .step: []
          }
        program.kernels.append(workedKernel(kind, many))
        program.entries.append(
          .init(
            kind: kind, many: many, arguments: arguments,
            calls: [
              .init(
                kernel: program.kernels.count - 1, arrays: arguments.map { reference($0) },
                comment: "the \(kind.rawValue) of the whole network")
            ], workspaceCount: 0))
      }
    }
    return program
  }

  private static func workedKernel(_ kind: Entry.Kind, _ many: Bool) -> Kernel {
    var b = KernelBuilder("\(kind.rawValue)\(many ? "_many" : "")_kernel")
    let p = b.array("parameters")
    let x = b.array("input")
    let t = kind == .predict ? x : b.array("target")
    let out = kind == .predict ? b.array("output") : kind == .gradient ? b.array("gradient") : p
    let loss = kind == .predict ? out : b.array("loss")
    let zero = b.real(0)
    let sums = many && kind != .predict ? (0..<13).map { _ in b.accumulator(initial: zero) } : []
    let loop = many ? b.loop(.samples, kind == .predict ? .parallel : .ordered) : nil
    let step = loop.map { [(loop: $0, step: 2)] } ?? []
    let w = (0..<12).map { b.load(p, $0, name: "w\($0 + 1)") }
    let xs = (0..<2).map { b.load(x, $0, strides: step, name: "x\($0 + 1)") }
    func unit(_ first: Int, _ bias: Int, _ inputs: [ValueID], _ name: String) -> ValueID {
      let a = b.compute(.mul, w[first], inputs[0])
      let c = b.compute(.mul, w[first + 1], inputs[1])
      let net = b.compute(.add, b.compute(.add, a, c), w[bias], name: "net_\(name)")
      let e = b.call(0, [b.compute(.neg, net)])
      return b.compute(.div, b.real(1), b.compute(.add, b.real(1), e), name: name)
    }
    let h = [unit(0, 4, xs, "h1"), unit(2, 5, xs, "h2")]
    let y = [unit(6, 10, h, "y1"), unit(8, 11, h, "y2")]
    if kind == .predict {
      for k in 0..<2 { b.store(out, k, strides: step, y[k]) }
      if many { b.end() }
      return b.finish()
    }
    let ts = (0..<2).map { b.load(t, $0, strides: step, name: "t\($0 + 1)") }
    let error = (0..<2).map { b.compute(.sub, y[$0], ts[$0], name: "error\($0 + 1)") }
    let squares = error.map { b.compute(.mul, $0, $0) }
    let value = b.compute(
      .mul, b.real(0.5), b.compute(.add, squares[0], squares[1]), name: "loss")
    func slope(_ s: ValueID) -> ValueID {
      b.compute(.mul, s, b.compute(.sub, b.real(1), s))
    }
    var g = [ValueID](repeating: 0, count: 12)
    let dy = (0..<2).map { b.compute(.mul, error[$0], slope(y[$0]), name: "d_net_y\($0 + 1)") }
    for k in 0..<2 {
      for j in 0..<2 { g[6 + 2 * k + j] = b.compute(.mul, dy[k], h[j]) }
      g[10 + k] = dy[k]
    }
    for j in 0..<2 {
      let back = (0..<2).map { b.compute(.mul, dy[$0], w[6 + 2 * $0 + j]) }
      let dh = b.compute(.add, back[0], back[1])
      let d = b.compute(.mul, dh, slope(h[j]), name: "d_net_h\(j + 1)")
      for i in 0..<2 { g[2 * j + i] = b.compute(.mul, d, xs[i]) }
      g[4 + j] = d
    }
    var values = g + [value]
    if many {
      for (sum, value) in zip(sums, values) { b.accumulate(sum, .add, value) }
      b.end()
      let n = b.sampleCount()
      values = sums.map { b.compute(.div, $0, n) }
    }
    if kind == .gradient {
      for i in 0..<12 { b.store(out, i, values[i]) }
    } else if kind == .train {
      for i in 0..<12 {
        let before = many ? b.load(p, i) : w[i]
        b.store(p, i, b.compute(.sub, before, b.compute(.mul, b.real(0.5), values[i])))
      }
    }
    b.store(loss, 0, values[12])
    return b.finish()
  }
}
