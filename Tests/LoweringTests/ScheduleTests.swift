import NNCAlgebra
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCLowering

/// Random nests under random legal schedules, and that of the scheduler, against direct evaluation. Products are not
/// fused with sums, so where a schedule leaves sums in order the bits are those of the definition.
@Suite struct ScheduleTests {
  @Test(arguments: ["generic", "arm64", "x86-64-v3", "x86-64-v4"], 0..<10)
  func randomNests(_ name: String, _ part: Int) {
    for seed in 0..<60 { check(UInt64(part * 60 + seed + 1), name) }
  }

  private func check(_ seed: UInt64, _ name: String) {
    var target = Target(named: name)!
    target.fused = []
    var random = RandomNest(seed: seed, target: target)
    let scheduler = Scheduler(random.context, random.buffers)
    let schedules =
      [scheduler.schedule(random.nest)] + (0..<3).map { _ in random.randomSchedule() }
    var numbers = SystemOfNumbers(seed: seed + 77)
    for (number, schedule) in schedules.enumerated() {
      let program = random.program(schedule)
      let problems = program.problems()
      #expect(problems.isEmpty, "seed \(seed): \(schedule)\n\(problems)\n\(program.description)")
      guard problems.isEmpty else { return }
      for samples in number == 0 ? [1, RandomNest.samples] : [7] {
        let arrays = random.arrays(samples, &numbers)
        let expected = random.evaluate(arrays, samples: samples)
        let shared = number == 1 ? program.shared(by: 2, isEager: true) : program
        let after = ProgramRunner(program: shared).run(
          .train, many: true, samples: samples, parts: shared.threads, arrays)
        let found = after[random.output.isBatched ? .output : .gradient]!
        let isSame = zip(found, expected).allSatisfy { found, expected in
          random.keepsOrder(schedule)
            ? found.bitPattern == expected.bitPattern || found == expected
            : abs(found - expected) <= 1e-9 * max(1, abs(expected))
        }
        #expect(isSame, "\(name), seed \(seed), \(samples) samples: \(schedule)")
      }
    }
  }
}

extension RandomNest {
  fileprivate func arrays(_ samples: Int, _ numbers: inout SystemOfNumbers)
    -> [Entry.Argument: [Double]]
  {
    [
      .parameters: numbers.reals(blockCount), .input: numbers.reals(inputCount * samples),
      .output: Array(repeating: 0, count: inputCount * samples),
      .gradient: Array(repeating: 0, count: blockCount),
    ]
  }
}

extension SystemOfNumbers {
  /// Numbers whose sums depend on their order.
  fileprivate mutating func reals(_ count: Int) -> [Double] {
    (0..<count).map { _ in Double(next(below: 2_000_003) - 1_000_001) / 300_007 }
  }
}
