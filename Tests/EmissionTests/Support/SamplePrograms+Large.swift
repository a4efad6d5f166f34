import NNCAlgebra
import NNCProgram
import NNCTestSupport

extension SamplePrograms {
  /// A loss over more parameters than a literal holds: ½Σ(pᵢ·x)², with generated, filled and literal fields.
  static func large(_ precision: Precision) -> Program {
    let count = 5000
    let fields = [
      Field(
        name: "a", shape: [40, 100], offset: 0,
        initial: .uniform(bound: 0.1, seed: 0xFFFF_FFFF_0000_0001, stream: 1 << 40)),
      Field(name: "b", shape: [900], offset: 4000, initial: .fill(0.3)),
      Field(
        name: "c", shape: [2, 5, 10], offset: 4900,
        initial: .literal((0..<100).map { Double($0) / 7 })),
    ]
    var program = Program(
      name: "large_\(precision)", precision: precision, parameters: fields, state: [],
      inputCount: 1, targetCount: 0, outputCount: 0, maximumSamples: 1, kernels: [], entries: [])
    for kind in [Entry.Kind.loss, .gradient, .train] {
      var b = KernelBuilder("\(kind.rawValue)_of_all")
      let (p, x, loss) = (b.array("p"), b.array("x"), b.array("loss"))
      let g = kind == .gradient ? b.array("gradient") : p
      let half = b.real(0.5)
      let rate = b.real(0.001)
      let sum = b.accumulator(initial: b.real(0))
      let factor = b.load(x, 0)
      b.loop(.fixed(count), .ordered) { b, i in
        let value = b.load(p, strides: [(i, 1)])
        let product = b.compute(.mul, value, factor)
        b.accumulate(sum, .add, b.compute(.mul, b.compute(.mul, half, product), product))
        let slope = b.compute(.mul, product, factor)
        if kind == .gradient {
          b.store(g, strides: [(i, 1)], slope)
        } else if kind == .train {
          b.store(p, strides: [(i, 1)], b.compute(.sub, value, b.compute(.mul, rate, slope)))
        }
      }
      b.store(loss, 0, sum)
      program.kernels.append(b.finish())
      var arguments: [Entry.Argument] = [.parameters, .input, .loss]
      if kind == .gradient { arguments.append(.gradient) }
      program.entries.append(
        .init(
          kind: kind, many: false, arguments: arguments,
          calls: [
            .init(
              kernel: program.kernels.count - 1, arrays: arguments.map { reference($0) },
              comment: "")
          ], workspaceCount: 0))
    }
    return program
  }
}
