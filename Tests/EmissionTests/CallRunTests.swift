import NNCDiagnostics
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCEmission
@testable import NNC

/// Equal layers become loops, which compute the same bits as the calls one by one.
@Suite struct CallRunTests {
  private static func call(_ kernel: Int, _ offsets: Int...) -> Entry.Call {
    Entry.Call(
      kernel: kernel,
      arrays: offsets.map { .init(base: .workspace, offset: $0) },
      comment: "call \(kernel)")
  }

  private static func shape(_ calls: [Entry.Call]) -> [[Int]] {
    CallRun.runs(of: calls) { $0 != 9 }.map { [$0.first, $0.period, $0.turns] }
  }

  @Test func stepsAreConstant() {
    let calls = (0..<20).map { Self.call(1, 3 * $0, 100 - $0, 7) }
    let runs = CallRun.runs(of: calls) { _ in true }
    #expect(runs.count == 1)
    #expect(runs[0].turns == 20 && runs[0].steps == [[3, -1, 0]])
    #expect(runs[0].advance(call: 0, array: 0, turn: "i") == " + 3 * i")
    #expect(runs[0].advance(call: 0, array: 1, turn: "i") == " - 1 * i")
    #expect(runs[0].advance(call: 0, array: 2, turn: "i") == "")
  }

  @Test func aTurnHasSeveralCalls() {
    var calls = [Self.call(0, 5)]
    for turn in 0..<10 { calls += [Self.call(1, 2 * turn), Self.call(2, turn, 4 * turn)] }
    calls += [Self.call(1, 20), Self.call(3, 0)]
    #expect(Self.shape(calls) == [[0, 1, 1], [1, 2, 10], [21, 1, 1], [22, 1, 1]])
  }

  @Test func placesThatAlternateMakeTurnsOfTwo() {
    let calls = (0..<24).map { Self.call(1, 10 * $0, $0 % 2 == 0 ? 0 : 100) }
    #expect(Self.shape(calls) == [[0, 2, 12]])
  }

  @Test func whatIsIrregularOrRareStaysAsItIs() {
    let few = (0..<7).map { Self.call(1, $0) }
    #expect(Self.shape(few).count == 7)
    let squares = (0..<20).map { Self.call(1, $0 * $0) }
    #expect(Self.shape(squares).count == 20)
    let unshared = (0..<20).map { Self.call(9, $0) }
    #expect(Self.shape(unshared).count == 20)
    var other = (0..<20).map { Self.call(1, $0) }
    other[10].arrays[0].base = .argument(.input)
    #expect(Self.shape(other).map { $0[2] } == [10, 1, 9])
  }

  @Test func threeTurnsAreALoopWhereTheySpareMuch() {
    func calls(_ period: Int, turns: Int) -> [Entry.Call] {
      (0..<turns).flatMap { turn in (0..<period).map { Self.call($0 + 10, 5 * turn, $0) } }
    }
    #expect(Self.shape(calls(12, turns: 3)) == [[0, 12, 3]])
    #expect(Self.shape(calls(11, turns: 3)).count == 33)
    #expect(Self.shape(calls(30, turns: 2)).count == 60)
  }

  @Test func everyCallIsInOneRun() {
    var calls: [Entry.Call] = []
    for block in 0..<3 {
      for turn in 0..<9 { calls += [Self.call(1, turn), Self.call(1, 50 + turn * (block + 1))] }
      calls.append(Self.call(2, block))
    }
    let runs = CallRun.runs(of: calls) { _ in true }
    var next = 0
    for run in runs {
      #expect(run.first == next)
      next += run.period * run.turns
    }
    #expect(next == calls.count)
  }

  @Test(arguments: Precision.allCases) func deepNetworksGiveTheSameBits(
    _ precision: Precision
  ) throws {
    let text = """
      repeat 12 { linear 3->3; tanh }
      repeat 9 { residual { linear 3->3; sigmoid }; layernorm }
      loss mse
      train adam
      """
    var options = CompilerOptions()
    options.precision = precision
    options.unrollLimit = 0
    options.maximumSamples = 4
    let program = try Compilation(SourceFile(name: "deep.nn", text: text)).build(options).program
    #expect(CEmitter(program).source.contains("for (size_t turn = 0; turn < "))
    #expect(SwiftEmitter(program).source.contains("for turn in 0..<"))
    let differences = try NativeComparison.differences(
      [program], forms: isThorough || precision == .f64 ? NativeForm.few : [.gcc("-O1")],
      samples: [1, 3])
    #expect(differences == [])
  }
}
