import NNCAlgebra
import NNCProgram
import NNCTestSupport

extension SamplePrograms {
  /// Programs with loops over lanes and over blocks of samples.
  static func vectors(
    _ precision: Precision, _ target: Target, counts: [Int] = [1, 2, 3, 4, 8, 16, 20, 32, 48, 64]
  ) -> [Program] {
    [
      lanes(precision, target, counts),
      product(precision, target, inputs: 13, outputs: 6, rows: 3, lanes: 32),
      product(precision, target, inputs: 5, outputs: 4, rows: 4, lanes: 8),
    ]
  }

  /// y = relu(x·Wᵀ + b) over blocks of `lanes` samples, `rows` outputs at once: samples are packed side by side, with
  /// zeros where a block is not full.
  static func product(
    _ precision: Precision, _ target: Target, inputs: Int, outputs: Int, rows: Int, lanes: Int,
    maximumSamples: Int = 70
  ) -> Program {
    precondition(outputs % rows == 0)
    var b = KernelBuilder("product")
    let (w, bias, x, y) = (b.array("weight"), b.array("bias"), b.array("x"), b.array("y"))
    let (panel, result) = (b.array("panel"), b.array("result"))
    let zero = b.real(0)
    b.loop(.blocks(lanes), .ordered) { b, block in
      b.loop(.within(lanes, block), .parallel) { b, s in
        b.loop(.fixed(inputs), .parallel) { b, k in
          let value = b.load(x, strides: [(block, lanes * inputs), (s, inputs), (k, 1)])
          b.store(panel, strides: [(k, lanes), (s, 1)], value)
        }
      }
      b.loop(.padding(lanes, block), .parallel) { b, s in
        b.loop(.fixed(inputs), .parallel) { b, k in
          b.store(panel, strides: [(k, lanes), (s, 1)], zero)
        }
      }
      b.loop(.fixed(outputs / rows), .parallel) { b, j in
        b.loop(.fixed(lanes), .lanes) { b, l in
          let sums = (0..<rows).map { row in
            b.accumulator(
              initial: b.load(bias, row, strides: [(j, rows)]), name: "sum\(row)")
          }
          b.loop(.fixed(inputs), .ordered) { b, k in
            let value = b.load(panel, strides: [(k, lanes), (l, 1)], name: "x")
            for (row, sum) in sums.enumerated() {
              let weight = b.load(w, row * inputs, strides: [(j, rows * inputs), (k, 1)])
              b.accumulate(sum, .fma, weight, value)
            }
          }
          for (row, sum) in sums.enumerated() {
            let relu = b.compute(.select, b.compute(.lt, zero, sum), sum, zero)
            b.store(result, row * lanes, strides: [(j, rows * lanes), (l, 1)], relu)
          }
        }
      }
      b.loop(.within(lanes, block), .parallel) { b, s in
        b.loop(.fixed(outputs), .parallel) { b, j in
          let value = b.load(result, strides: [(j, lanes), (s, 1)])
          b.store(y, strides: [(block, lanes * outputs), (s, outputs), (j, 1)], value)
        }
      }
    }
    let weights = inputs * outputs
    return Program(
      name: "product_\(rows)_\(lanes)_\(target.name)_\(precision)", precision: precision,
      target: target,
      parameters: [
        Field(
          name: "weight", shape: [outputs, inputs], offset: 0,
          initial: .uniform(bound: 1, seed: 7, stream: 0)),
        Field(
          name: "bias", shape: [outputs], offset: weights,
          initial: .uniform(bound: 1, seed: 7, stream: 1)),
      ],
      state: [], inputCount: inputs, targetCount: 0, outputCount: outputs,
      maximumSamples: maximumSamples, kernels: [b.finish()],
      entries: [
        Entry(
          kind: .predict, many: true, arguments: [.parameters, .input, .output],
          calls: [
            .init(
              kernel: 0,
              arrays: [
                reference(.parameters), reference(.parameters, weights), reference(.input),
                reference(.output), workspace(0), workspace(lanes * inputs),
              ], comment: "all at once")
          ], workspaceCount: lanes * (inputs + outputs))
      ])
  }

  /// One kernel for each number of lanes, in which every operation stands with operands that vary and that do not.
  static func lanes(_ precision: Precision, _ target: Target, _ counts: [Int]) -> Program {
    let longest = counts.max() ?? 1
    let width = 3 * longest + 2
    var program = Program(
      name: "lanes_\(target.name)_\(precision)", precision: precision, target: target,
      parameters: [], state: [], inputCount: width, targetCount: 0, outputCount: width,
      maximumSamples: 6,
      tables: [Table(name: "scale", values: (0..<longest).map { Double($0) / 8 - 1 })],
      functions: [
        .operation("exp", precision),
        ScalarFunction(name: "scaled", arguments: ["x", "y"]) { b, x in
          b.compute(.mul, x[1], b.call(0, [b.compute(.mul, x[0], b.call(0, [b.real(0.125)]))]))
        },
        ScalarFunction(name: "bent", arguments: ["x", "y"]) { b, x in
          let isLess = b.compute(.lt, x[0], x[1])
          let inner = b.call(0, [b.compute(.sub, x[0], x[1])], where: isLess, otherwise: x[1])
          return b.compute(.add, inner, x[0])
        },
      ], kernels: [], entries: [])
    program.kernels = counts.map { lanesKernel(precision, $0, width) }
    let last = counts.count - 1
    program.entries = [
      Entry(
        kind: .predict, many: true, arguments: [.input, .output],
        calls: counts.indices.map { index in
          let scratch = workspace(index % 2 * 6 * width)
          let other = workspace((index + 1) % 2 * 6 * width)
          return .init(
            kernel: index,
            arrays: [
              index == 0 ? reference(.input) : other, index == last ? reference(.output) : scratch,
              .init(base: .table(0), offset: 0),
            ], comment: "\(counts[index]) lanes")
        }, workspaceCount: 12 * width)
    ]
    return program
  }

  private static func lanesKernel(_ precision: Precision, _ count: Int, _ width: Int) -> Kernel {
    let isDouble = precision == .f64
    var b = KernelBuilder("lanes\(count)")
    let (x, y, scale) = (b.array("x"), b.array("y"), b.array("scale"))
    let (zero, one, half) = (b.real(0), b.real(1), b.real(0.5))
    let three = 3 * count
    // What the lanes leave alone is copied first.
    b.loop(.samples, .parallel) { b, s in
      b.loop(.fixed(width), .parallel) { b, i in
        b.store(y, strides: [(s, width), (i, 1)], b.load(x, strides: [(s, width), (i, 1)]))
      }
    }
    b.loop(.samples, .parallel) { b, s in
      let first = b.load(x, strides: [(s, width)], name: "first")
      b.loop(.fixed(count), .lanes) { b, l in
        let near = [(loop: s, step: width), (loop: l, step: 1)]
        let far = [(loop: s, step: width), (loop: l, step: 3)]
        let a = b.load(x, strides: near, name: "a")
        let c = b.load(x, 1, strides: far)
        let backwards = b.load(x, three - 1, strides: [(s, width), (l, -1)])
        let same = b.load(x, 1, strides: [(s, width)])
        let t = b.load(scale, strides: [(l, 1)])
        // The numbers of pairs that lie side by side, and one of a pair alone.
        let pairs = [(loop: s, step: width), (loop: l, step: 2)]
        let (even, odd) = (b.load(x, strides: pairs), b.load(x, 1, strides: pairs))
        let alone = b.load(x, 2, strides: pairs)
        var values = [b.compute(.div, odd, even), b.compute(.mul, odd, alone)]
        for (p, q) in [(a, c), (a, same), (half, c)] {
          values.append(b.compute(.add, p, q))
          values.append(b.compute(.sub, p, q))
          values.append(b.compute(.mul, q, p))
          values.append(b.compute(.div, p, q))
          values.append(b.compute(.fma, p, q, t))
          values.append(b.compute(.fma, p, q, same))
          let tests = [Primitive.lt, .le, .eq, .ne].map { b.compute($0, p, q) }
          let uniform = b.compute(.lt, same, first)
          let both = b.compute(.and, tests[0], b.compute(.not, tests[2]))
          let either = b.compute(.or, b.compute(.and, both, uniform), tests[3])
          values.append(b.compute(.select, either, p, q))
          values.append(b.compute(.select, tests[1], same, one))
          values.append(b.compute(.select, uniform, p, q))
          let bits = b.compute(.toBits, p)
          let other = b.compute(.toBits, q)
          let distance = b.bits(isDouble ? 12 : 9)
          let exponent = b.bits(isDouble ? 0x3FF0_0000_0000_0000 : 0x3F80_0000)
          var word = b.compute(.shiftRight, bits, distance)
          word = b.compute(.bitXor, word, b.compute(.shiftLeft, other, b.bits(3)))
          word = b.compute(.bitAnd, word, b.bits(isDouble ? 0xF_FFFF_FFFF_FFFF : 0x7F_FFFF))
          word = b.compute(.selectBits, tests[0], word, b.compute(.bitAdd, word, b.bits(5)))
          word = b.compute(.bitOr, b.compute(.bitSub, word, b.bits(0)), exponent)
          values.append(b.compute(.toReal, word))
        }
        let negative = b.compute(.neg, b.compute(.abs, backwards))
        let root = b.compute(.sqrt, b.compute(.abs, a))
        values += [negative, root, b.call(0, [negative]), b.call(1, [root, same])]
        values.append(b.call(1, [same, root]))
        // A function that is called where a truth holds: in some lanes, in none, and in all or none.
        for (condition, other) in [
          (b.compute(.lt, a, same), root), (b.compute(.lt, root, zero), same),
          (b.compute(.lt, same, first), a),
        ] {
          values.append(b.call(2, [root, other], where: condition, otherwise: other))
        }
        // What is the same in all lanes.
        let constant = b.compute(.mul, same, b.call(1, [b.compute(.neg, same), half]))
        let uniformSum = b.accumulator(initial: one)
        // A sum that begins the same in all lanes and does not stay so, in a loop.
        let sum = b.accumulator(initial: zero)
        let product = b.accumulator(initial: a, name: "product")
        b.loop(.fixed(3), .ordered) { b, k in
          let lane = b.load(x, strides: near + [(k, count)])
          b.accumulate(sum, .add, b.compute(.mul, lane, half))
          b.accumulate(product, .fma, lane, b.load(x, strides: [(s, width), (k, 1)]))
          b.accumulate(uniformSum, .add, b.load(x, strides: [(s, width), (k, 1)]))
        }
        values += [sum, product]
        // One alone, several of one kind side by side, which some forms write together, and those of another behind them.
        let factors = b.compute(.add, one, b.compute(.mul, half, t))
        let others = b.compute(.sub, one, b.compute(.mul, half, t))
        let total = b.reduce(.add, sum, name: "total")
        let wide = b.reduce(.add, product)
        let third = b.reduce(.add, others)
        let powers = b.reduce(.mul, factors)
        let lesser = b.reduce(.mul, others)
        let sides = b.compute(.add, b.compute(.mul, third, half), b.compute(.sub, wide, lesser))
        let doubled = b.reduce(.add, uniformSum)
        let mixed = b.accumulator(initial: zero)
        for value in values {
          let isLess = b.compute(.lt, b.compute(.abs, value), b.real(1e9))
          let small = b.compute(.select, isLess, value, zero)
          b.accumulate(mixed, .fma, small, b.real(0.75))
        }
        b.store(y, strides: near, mixed)
        b.store(y, count, strides: [(s, width), (l, 2)], b.compute(.mul, total, a))
        b.store(y, three, strides: [(s, width)], b.compute(.add, powers, doubled))
        b.store(y, three + 1, strides: [(s, width)], b.compute(.add, constant, sides))
        // Every lane reads before any lane writes.
        let mirrored = b.load(y, count - 1, strides: [(s, width), (l, -1)])
        b.store(y, strides: near, mirrored)
        if count > 1 {
          b.store(y, count, strides: near, same)
          let again = b.accumulator(initial: mirrored)
          b.assign(again, b.compute(.sub, mirrored, one))
          b.store(y, three - 1, strides: [(s, width), (l, -1)], again)
        }
      }
    }
    return b.finish()
  }
}
