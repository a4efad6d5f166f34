import NNCAlgebra
import NNCProgram
import NNCTestSupport

extension SamplePrograms {
  /// 5-7-3 with a sigmoid between, as loops over workspace: every kernel takes any number of samples.
  static func layers(_ precision: Precision) -> Program {
    let fields = [
      Field(
        name: "linear1.weight", shape: [7, 5], offset: 0,
        initial: .uniform(bound: 0.5, seed: 7, stream: 0)),
      Field(name: "linear1.bias", shape: [7], offset: 35, initial: .fill(0.125)),
      Field(
        name: "linear2.weight", shape: [3, 7], offset: 42,
        initial: .uniform(bound: 0.25, seed: 7, stream: 1)),
      Field(name: "linear2.bias", shape: [3], offset: 63, initial: .fill(0)),
    ]
    let state = fields.map {
      Field(name: $0.name, shape: $0.shape, offset: $0.offset, initial: .fill(0))
    }
    var program = Program(
      name: "layers_\(precision)", precision: precision, parameters: fields, state: state,
      inputCount: 5, targetCount: 3, outputCount: 3, maximumSamples: 40,
      tables: [Table(name: "scale", values: [1, -0.5, 0.1])],
      functions: [.operation("exp", precision)],
      kernels: [
        linear(5, 7), linear(7, 3), sigmoid(7), loss(3), outer(7, 3), sum(3), back(7, 3),
        outer(5, 7), sum(7), update(66),
      ], entries: [])
    for many in [false, true] {
      for kind in Entry.Kind.ofSamples { program.entries.append(layersEntry(kind, many)) }
    }
    return program
  }

  private static func layersEntry(_ kind: Entry.Kind, _ many: Bool) -> Entry {
    let n = many ? 40 : 1
    let (net, h, y, e, d) = (0, 7 * n, 14 * n, 17 * n, 20 * n)
    let scale = Entry.ArrayReference(base: .table(0), offset: 0)
    var calls: [Entry.Call] = []
    func call(_ kernel: Int, _ comment: String, _ arrays: Entry.ArrayReference...) {
      calls.append(.init(kernel: kernel, arrays: arrays, comment: comment))
    }
    let p = Entry.Argument.parameters
    call(0, "linear1", reference(p), reference(p, 35), reference(.input), workspace(net))
    call(2, "sigmoid1", workspace(net), workspace(h))
    let output = kind == .predict ? reference(.output) : workspace(y)
    call(1, "linear2", reference(p, 42), reference(p, 63), workspace(h), output)
    if kind != .predict {
      call(3, "loss", workspace(y), reference(.target), scale, workspace(e), reference(.loss))
    }
    let gradient = 27 * n
    func slope(_ offset: Int) -> Entry.ArrayReference {
      kind == .gradient ? reference(.gradient, offset) : workspace(gradient + offset)
    }
    if kind == .gradient || kind == .train {
      call(4, "linear2.weight", workspace(h), workspace(e), slope(42))
      call(5, "linear2.bias", workspace(e), slope(63))
      call(6, "sigmoid1", reference(p, 42), workspace(e), workspace(h), workspace(d))
      call(7, "linear1.weight", reference(.input), workspace(d), slope(0))
      call(8, "linear1.bias", workspace(d), slope(35))
    }
    if kind == .train { call(9, "momentum", slope(0), reference(.state), reference(p)) }
    let arguments: [Entry.Argument] =
      switch kind {
      case .predict: [.parameters, .input, .output]
      case .loss: [.parameters, .input, .target, .loss]
      case .gradient: [.parameters, .input, .target, .gradient, .loss]
      case .train: [.parameters, .state, .input, .target, .loss]
      case .step: []
      }
    return Entry(
      kind: kind, many: many, arguments: arguments, calls: calls,
      workspaceCount: kind == .train ? 27 * n + 66 : 27 * n)
  }

  /// y[s, i] = Σⱼ w[i, j]·x[s, j] + b[i]
  private static func linear(_ inputs: Int, _ outputs: Int) -> Kernel {
    var b = KernelBuilder("linear_forward_\(inputs)_\(outputs)")
    let (w, bias, x, y) = (b.array("weight"), b.array("bias"), b.array("x"), b.array("y"))
    let zero = b.real(0)
    b.loop(.samples, .parallel) { b, s in
      b.loop(.fixed(outputs), .parallel) { b, i in
        let sum = b.accumulator(initial: zero, name: "sum")
        b.loop(.fixed(inputs), .ordered) { b, j in
          let weight = b.load(w, strides: [(i, inputs), (j, 1)])
          let value = b.load(x, strides: [(s, inputs), (j, 1)])
          b.accumulate(sum, .add, b.compute(.mul, weight, value))
        }
        b.store(
          y, strides: [(s, outputs), (i, 1)], b.compute(.add, sum, b.load(bias, strides: [(i, 1)])))
      }
    }
    return b.finish()
  }

  private static func sigmoid(_ width: Int) -> Kernel {
    var b = KernelBuilder("sigmoid_forward")
    let (x, y) = (b.array("x"), b.array("y"))
    let one = b.real(1)
    b.loop(.samples, .parallel) { b, s in
      b.loop(.fixed(width), .parallel) { b, i in
        let value = b.load(x, strides: [(s, width), (i, 1)])
        let e = b.call(0, [b.compute(.neg, value)], name: "e")
        b.store(y, strides: [(s, width), (i, 1)], b.compute(.div, one, b.compute(.add, one, e)))
      }
    }
    return b.finish()
  }

  /// e[s, i] = (y − t)·scaleᵢ / n; loss = Σ ½(y − t)·e
  private static func loss(_ width: Int) -> Kernel {
    var b = KernelBuilder("loss")
    let (y, t, scale) = (b.array("y"), b.array("t"), b.array("scale"))
    let (e, loss) = (b.array("error"), b.array("loss"))
    let half = b.real(0.5)
    let n = b.sampleCount()
    let sum = b.accumulator(initial: b.real(-0.0), name: "total")
    b.loop(.samples, .ordered) { b, s in
      b.loop(.fixed(width), .ordered) { b, i in
        let at = [(loop: s, step: width), (loop: i, step: 1)]
        let difference = b.compute(.sub, b.load(y, strides: at), b.load(t, strides: at))
        let scaled = b.compute(.mul, difference, b.load(scale, strides: [(i, 1)]))
        let error = b.compute(.div, scaled, n, name: "error")
        b.store(e, strides: at, error)
        b.accumulate(sum, .add, b.compute(.mul, b.compute(.mul, half, difference), error))
      }
    }
    b.store(loss, 0, sum)
    return b.finish()
  }

  /// g[i, j] = Σₛ d[s, i]·x[s, j]
  private static func outer(_ inputs: Int, _ outputs: Int) -> Kernel {
    var b = KernelBuilder("weight_gradient_\(inputs)_\(outputs)")
    let (x, d, g) = (b.array("x"), b.array("d"), b.array("g"))
    let zero = b.real(0)
    b.loop(.fixed(outputs), .parallel) { b, i in
      b.loop(.fixed(inputs), .parallel) { b, j in
        let sum = b.accumulator(initial: zero)
        b.loop(.samples, .ordered) { b, s in
          let delta = b.load(d, strides: [(s, outputs), (i, 1)])
          b.accumulate(
            sum, .add, b.compute(.mul, delta, b.load(x, strides: [(s, inputs), (j, 1)])))
        }
        b.store(g, strides: [(i, inputs), (j, 1)], sum)
      }
    }
    return b.finish()
  }

  private static func sum(_ width: Int) -> Kernel {
    var b = KernelBuilder("bias_gradient_\(width)")
    let (d, g) = (b.array("d"), b.array("g"))
    let zero = b.real(0)
    b.loop(.fixed(width), .parallel) { b, i in
      let sum = b.accumulator(initial: zero)
      b.loop(.samples, .ordered) { b, s in
        b.accumulate(sum, .add, b.load(d, strides: [(s, width), (i, 1)]))
      }
      b.store(g, strides: [(i, 1)], sum)
    }
    return b.finish()
  }

  /// d[s, j] = Σᵢ w[i, j]·e[s, i] · h[s, j]·(1 − h[s, j])
  private static func back(_ inputs: Int, _ outputs: Int) -> Kernel {
    var b = KernelBuilder("sigmoid_backward")
    let (w, e, h, d) = (b.array("weight"), b.array("error"), b.array("h"), b.array("d"))
    let zero = b.real(0)
    let one = b.real(1)
    b.loop(.samples, .parallel) { b, s in
      b.loop(.fixed(inputs), .parallel) { b, j in
        let sum = b.accumulator(initial: zero)
        b.loop(.fixed(outputs), .ordered) { b, i in
          let error = b.load(e, strides: [(s, outputs), (i, 1)])
          b.accumulate(
            sum, .add, b.compute(.mul, b.load(w, strides: [(i, inputs), (j, 1)]), error))
        }
        let value = b.load(h, strides: [(s, inputs), (j, 1)])
        let slope = b.compute(.mul, value, b.compute(.sub, one, value))
        b.store(d, strides: [(s, inputs), (j, 1)], b.compute(.mul, sum, slope))
      }
    }
    return b.finish()
  }

  /// v = 0.9·v + g; p = p − 0.1·v, in place
  private static func update(_ count: Int) -> Kernel {
    var b = KernelBuilder("momentum_step")
    let (g, v, p) = (b.array("gradient"), b.array("velocity"), b.array("parameters"))
    let momentum = b.real(0.9)
    let rate = b.real(0.1)
    b.loop(.fixed(count), .parallel) { b, i in
      let kept = b.compute(.mul, momentum, b.load(v, strides: [(i, 1)]))
      let next = b.compute(.add, kept, b.load(g, strides: [(i, 1)]), name: "v")
      b.store(v, strides: [(i, 1)], next)
      let change = b.compute(.mul, rate, next)
      b.store(p, strides: [(i, 1)], b.compute(.sub, b.load(p, strides: [(i, 1)]), change))
    }
    return b.finish()
  }
}
