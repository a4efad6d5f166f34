import NNCAlgebra
import NNCGraph
import NNCLowering
import NNCProgram
import NNCTestSupport
import Testing

/// Threefry-2x64-20 and -2x32-20, written once more.
private struct Reference<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  let rotations: [Word]
  let parity: Word

  func block(_ counter: (Word, Word), key: (Word, Word)) -> (Word, Word) {
    let keys = [key.0, key.1, parity ^ key.0 ^ key.1]
    var (x, y) = (counter.0 &+ key.0, counter.1 &+ key.1)
    for round in 0..<20 {
      x &+= y
      y = (y << rotations[round % 8]) | (y >> (Word(Word.bitWidth) - rotations[round % 8]))
      y ^= x
      if round % 4 == 3 {
        let turn = round / 4 + 1
        x &+= keys[turn % 3]
        y &+= keys[(turn + 1) % 3] &+ Word(turn)
      }
    }
    return (x, y)
  }
}

private let wide = Reference<UInt64>(
  rotations: [16, 42, 12, 31, 16, 32, 24, 21], parity: 0x1bd1_1bda_a9fc_1a22)
private let narrow = Reference<UInt32>(
  rotations: [13, 15, 26, 6, 17, 29, 16, 24], parity: 0x1bd1_1bda)

@Suite struct NoiseTests {
  /// The first of the known answers of the generators' authors.
  @Test func theReferenceIsThreefry() {
    #expect(wide.block((0, 0), key: (0, 0)) == (0xc2b6_e3a8_c2c6_9865, 0x6f81_ed42_f350_084d))
    #expect(narrow.block((0, 0), key: (0, 0)) == (0x6b20_0159, 0x99ba_4efe))
  }

  /// Number e of sample s of leaf k in step i.
  private func expected(
    _ step: Int, _ leaf: Int, _ sample: Int, _ element: Int, shift: Int, _ precision: Precision
  ) -> Double {
    let place = sample << shift + element
    if precision == .f64 {
      let word = wide.block((UInt64(step), UInt64(place)), key: (Trial.seed, UInt64(leaf))).0
      return Double(word >> 12) * 0x1p-52
    }
    let seed = UInt32(Trial.seed >> 32) ^ UInt32(Trial.seed & 0xffff_ffff)
    let word = narrow.block((UInt32(step), UInt32(place)), key: (seed, UInt32(leaf))).0
    return Double(word >> 9) * 0x1p-23
  }

  @Test(arguments: [(Precision.f64, false), (.f32, false), (.f64, true), (.f32, true)])
  func noiseIsOfItsPlace(_ form: (precision: Precision, isScalar: Bool)) {
    var trial = Trial()
    trial.precision = form.precision
    trial.state = [Field(name: "steps", shape: [], offset: 0, initial: .fill(0))]
    trial.counts[.output] = 8
    let (first, second) = (
      trial.graph.symbol(Symbol(name: "dropout1.noise", shape: [5], role: .noise)),
      trial.graph.symbol(Symbol(name: "dropout2.noise", shape: [3], role: .noise))
    )
    let steps = trial.graph.symbol(Symbol(name: "steps", shape: [], role: .state))
    let next = trial.graph.map(.add, steps, trial.graph.constant(1))
    var results: [EntryRequestResult] = [.init(argument: .state, offset: 0, node: next)]
    for (node, place) in [(first, 0), (second, 5)] {
      if form.isScalar {
        for element in 0..<trial.graph.shape(node).elementCount {
          let scalar = trial.graph.element(node, at: [element])
          results.append(.init(argument: .output, offset: place + element, node: scalar))
        }
      } else {
        let negative = trial.graph.map(.neg, trial.graph.map(.neg, node))
        results.append(.init(argument: .output, offset: place, node: negative))
      }
    }
    let program = trial.lower(.train, results).program
    #expect(program.problems().isEmpty)
    let runner = ProgramRunner(program: program)
    for (many, samples) in [(false, 1), (true, 4)] {
      let after = runner.run(
        .train, many: many, samples: samples,
        [.state: [7], .output: Array(repeating: 0, count: 8 * samples)])
      #expect(after[.state] == [8])
      for sample in 0..<samples {
        for place in 0..<8 {
          let isFirst = place < 5
          let value = expected(
            7, isFirst ? 0 : 1, sample, isFirst ? place : place - 5, shift: isFirst ? 3 : 2,
            form.precision)
          #expect(after[.output]![8 * sample + place] == value)
        }
      }
    }
  }

  @Test func equalLeavesShareAKernel() {
    var trial = Trial()
    trial.counts[.output] = 300
    for leaf in 0..<10 {
      let symbol = Symbol(name: "dropout\(leaf).noise", shape: [30], role: .noise)
      trial.graph.name(trial.graph.symbol(symbol), symbol.name)
    }
    trial.state = [Field(name: "steps", shape: [], offset: 0, initial: .fill(0))]
    let results = (0..<10).map { leaf in
      EntryRequestResult(
        argument: .output, offset: 30 * leaf,
        node: trial.graph.leaf(named: "dropout\(leaf).noise")!)
    }
    let program = trial.lower(.train, results).program
    #expect(program.kernels.count == 2)
    #expect(program.problems().isEmpty)
  }
}
