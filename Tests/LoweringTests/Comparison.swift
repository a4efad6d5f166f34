import NNCAlgebra
import NNCExecution
import NNCGraph
import NNCLowering
import NNCProgram
import NNCTestSupport
import Testing

/// A graph under construction with parameters and results, lowered and compared with its direct evaluation.
struct Trial {
  var graph = Graph()
  var parameters: [Field] = []
  var state: [Field] = []
  var leaves: [String: [Double]] = [:]
  var counts: [Entry.Argument: Int] = [.input: 0, .target: 0, .output: 0]
  var maximumSamples = 5
  var precision = Precision.f64
  static let seed: UInt64 = 0x0123_4567_89ab_cdef
  var random = SystemOfNumbers(seed: 1)

  mutating func parameter(_ name: String, _ shape: Shape) -> NodeID {
    let offset = parameters.last.map { $0.offset + $0.count } ?? 0
    parameters.append(Field(name: name, shape: shape, offset: offset, initial: .fill(0)))
    leaves[name] = random.numbers(shape.elementCount)
    return graph.symbol(Symbol(name: name, shape: shape, role: .parameter))
  }

  mutating func input(_ name: String, _ shape: Shape, _ role: Symbol.Role) -> NodeID {
    counts[role == .input ? .input : .target] = shape.elementCount
    leaves[name] = random.numbers(shape.elementCount * maximumSamples)
    return graph.symbol(Symbol(name: name, shape: shape, role: role))
  }

  /// Lowers one entry in both forms.
  func lower(
    _ kind: Entry.Kind, _ results: [EntryRequest.Result], for target: Target = .generic
  ) -> Lowered {
    let arguments: [Entry.Argument] = [
      .parameters, .state, .input, .target, .output, .loss, .gradient,
    ]
    return Lowered(
      LoweringRequest(
        name: "trial", precision: precision, target: target, graph: graph, parameters: parameters,
        state: state,
        inputCount: counts[.input]!, targetCount: counts[.target]!, outputCount: counts[.output]!,
        maximumSamples: maximumSamples, noise: NoiseSource(seed: Self.seed, counter: "steps"),
        entries: [false, true].map {
          EntryRequest(kind: kind, many: $0, arguments: arguments, results: results)
        }))
  }

  /// Runs both forms, made for several targets, and compares every result with the graph's direct evaluation; gives the
  /// code for any machine.
  @discardableResult
  func check(
    _ kind: Entry.Kind, _ results: [EntryRequest.Result], tolerance: Double = 1e-12,
    at location: SourceLocation = #_sourceLocation
  ) -> Lowered {
    for name in ["arm64", "x86-64-v3"] {
      check(kind, results, for: Target(named: name)!, tolerance: tolerance, at: location)
    }
    return check(kind, results, for: .generic, tolerance: tolerance, at: location)
  }

  @discardableResult
  private func check(
    _ kind: Entry.Kind, _ results: [EntryRequest.Result], for target: Target, tolerance: Double,
    at location: SourceLocation
  ) -> Lowered {
    let lowered = lower(kind, results, for: target)
    let problems = lowered.program.problems()
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))", sourceLocation: location)
    guard problems.isEmpty else { return lowered }
    for (many, samples) in [(false, 1), (true, 1), (true, 3), (true, maximumSamples)] {
      let arrays = arrays(samples)
      let after = ProgramRunner(program: lowered.program).run(
        kind, many: many, samples: samples, arrays)
      compareInterpreter(lowered.program, kind, many, samples, arrays, after, location)
      compareThreads(lowered.program, kind, many, samples, arrays, after, location)
      let truth = GraphEvaluator(graph, samples: samples, leaves: leaves)
      var expected = arrays
      for result in results {
        let rows = truth[result.node]
        let isPerSample = [.input, .target, .output].contains(result.argument)
        for sample in 0..<(isPerSample ? samples : 1) {
          let row = isPerSample ? sample * (counts[result.argument] ?? 0) : 0
          for (element, value) in rows[rows.count == 1 ? 0 : sample].enumerated() {
            expected[result.argument]![row + result.offset + element] = value
          }
        }
      }
      for (argument, values) in expected {
        for (place, value) in values.enumerated() {
          let found = after[argument]![place]
          let isClose =
            found == value || (found.isNaN && value.isNaN)
            || (found - value).magnitude <= tolerance * max(1, value.magnitude)
          #expect(
            isClose,
            "\(target.name) \(argument)[\(place)], \(samples) samples: \(found), not \(value)",
            sourceLocation: location)
        }
      }
    }
    return lowered
  }

  /// Threads that share all they can give the bits of one, in whatever order they come.
  private func compareThreads(
    _ program: Program, _ kind: Entry.Kind, _ many: Bool, _ samples: Int,
    _ arrays: [Entry.Argument: [Double]], _ expected: [Entry.Argument: [Double]],
    _ location: SourceLocation
  ) {
    if many, samples == 1 { return }
    let threads = samples == 3 ? 2 : 3
    let shared = program.shared(by: threads, isEager: true)
    let problems = shared.problems()
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))", sourceLocation: location)
    guard problems.isEmpty else { return }
    let after = ProgramRunner(program: shared).run(
      kind, many: many, samples: samples, parts: many ? threads : 5, backwards: many, arrays)
    for (argument, values) in expected {
      let isSame = zip(after[argument]!, values).allSatisfy {
        $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN
      }
      #expect(
        isSame, "\(program.target.name) \(argument), \(samples) samples, \(threads) threads",
        sourceLocation: location)
    }
  }

  /// The interpreter gives the bits of the plain reading.
  private func compareInterpreter(
    _ program: Program, _ kind: Entry.Kind, _ many: Bool, _ samples: Int,
    _ arrays: [Entry.Argument: [Double]], _ expected: [Entry.Argument: [Double]],
    _ location: SourceLocation
  ) {
    guard precision == .f64, let interpreter = try? Interpreter(program) else { return }
    var memory: [Entry.Argument: UnsafeMutableBufferPointer<Double>] = [:]
    defer { for buffer in memory.values { buffer.deallocate() } }
    for (argument, values) in arrays {
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: values.count)
      _ = buffer.initialize(from: values)
      memory[argument] = buffer
    }
    #expect(throws: Never.self, sourceLocation: location) {
      try interpreter.run(kind, many: many, samples: samples, arrays: memory)
    }
    for (argument, buffer) in memory {
      let isSame = zip(buffer, expected[argument]!).allSatisfy {
        $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN
      }
      #expect(isSame, "\(program.target.name) \(argument)", sourceLocation: location)
    }
  }

  private func arrays(_ samples: Int) -> [Entry.Argument: [Double]] {
    func rows(_ role: Symbol.Role) -> [Double] {
      guard let symbol = graph.symbols.first(where: { $0.role == role }) else { return [] }
      return Array(leaves[symbol.name]!.prefix(samples * symbol.shape.elementCount))
    }
    let block = parameters.flatMap { leaves[$0.name]! }
    return [
      .parameters: block, .state: state.flatMap { leaves[$0.name]! },
      .input: rows(.input), .target: rows(.target),
      .output: Array(repeating: 0, count: counts[.output]! * samples),
      .loss: [0], .gradient: Array(repeating: 0, count: block.count),
    ]
  }
}

/// Numbers that look random and are the same in every run.
struct SystemOfNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  mutating func numbers(_ count: Int) -> [Double] {
    (0..<count).map { _ in Double(next(below: 2001) - 1000) / 500 }
  }
}
