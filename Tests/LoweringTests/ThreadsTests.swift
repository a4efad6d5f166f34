import NNCAlgebra
import NNCGraph
import NNCLowering
import NNCProgram
import NNCTestSupport
import Testing

/// What is shared among threads, and from where on. ``Trial`` compares what threads compute, everywhere.
@Suite struct ThreadsTests {
  /// One layer and its prediction, x of `inputs` numbers.
  private func program(
    _ outputs: Int, _ inputs: Int, samples: Int, for target: Target
  ) -> Program {
    var trial = Trial()
    trial.maximumSamples = samples
    trial.precision = .f32
    trial.counts[.output] = outputs
    let weight = trial.parameter("w", [outputs, inputs])
    let x = trial.input("x", [inputs], .input)
    let y = trial.graph.contract(Contraction("ij,j->i"), [weight, x])
    return trial.lower(
      .predict, [.init(argument: .output, offset: 0, node: y)], for: target
    ).program
  }

  @Test func littleWorkStaysInOneThread() {
    let program = program(4, 3, samples: 8, for: .generic).shared(by: 4)
    #expect(program.entries.allSatisfy { $0.sharedFrom == nil })
    #expect(program.kernels.allSatisfy { !$0.isDivided })
    #expect(program.entries.allSatisfy { $0.calls.allSatisfy { !$0.waits } })
  }

  @Test func aFewSamplesStayInOneThread() throws {
    let program = program(64, 64, samples: 256, for: .generic).shared(by: 2)
    let entry = try #require(program.entry(.predict, many: true))
    let fewest = try #require(entry.sharedFrom)
    #expect(fewest > 1 && fewest <= 32)
    #expect(program.entry(.predict, many: false)?.sharedFrom == nil)
  }

  /// Rows of a matrix are units, so that one block of samples has work for several threads.
  @Test func oneBlockOfSamplesIsSharedToo() throws {
    let target = try #require(Target(named: "x86-64-v3"))
    let program = program(128, 784, samples: 512, for: target).shared(by: 2)
    let units = program.kernels.flatMap { $0.divisions.values.map(\.units) }
    #expect((units.max() ?? 0) >= 16)
    let entry = try #require(program.entry(.predict, many: true))
    #expect(entry.sharedFrom == 1)
    #expect(entry.calls.map(\.waits) == [false, true, true])
    #expect(program.problems() == [])
  }

  @Test func oneThreadChangesNothing() {
    let program = program(128, 784, samples: 64, for: .generic)
    #expect(program.shared(by: 1).description == program.description)
    #expect(program.threads == 1)
  }

  @Test(arguments: [1, 2, 3, 5, 16], [0, 1, 7, 16, 33])
  func partsHaveAllUnitsOnce(_ parts: Int, _ units: Int) {
    let shares = (0..<parts).map { Division.units(units, part: $0, of: parts) }
    #expect(shares.flatMap { Array($0) } == Array(0..<units))
    let sizes = shares.map(\.count)
    #expect(sizes.max()! - sizes.min()! <= 1)
  }
}
