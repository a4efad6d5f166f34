import Foundation
import NNC
import NNCAlgebra
import NNCProgram
import Testing

/// Networks that take a sequence step by step: at each step the bits of the whole sequence.
@Suite struct StreamTests {
  static let networks = [
    "input 6x3; rnn 4; linear 2",
    "input 6x3; lstm 4 layers=2; gru 3; linear 2",
    "input 5x3; scan h=3 c=2 { concat h; linear 3; c: linear 2; h: linear 3 }",
    "input 6x3; lstm 4 give=last; linear 2",
    "input 3x6; transpose; gru 4; last; linear 2; softmax",
    "input 8x4; linear 4; attention heads=2 causal=yes; layernorm; linear 3",
    "input 8x4; attention heads=2 kv_heads=1 causal=yes; rnn 3",
    "input 7 of 11; embedding 11->4; positions; residual { layernorm; attention heads=2 causal=yes }; "
      + "residual { rmsnorm; linear 8; gelu; linear 4 }; linear ->11 weight=embedding1.weight bias=no; loss cross_entropy",
    "input 7x4; positions sin; attention heads=1 causal=yes",
    "input 2x12; conv 2->3 kernel=3 pad=causal dilation=2; relu; conv 3->2 kernel=2 pad=causal; tanh",
    "input 3x9; conv 3->3 kernel=3 pad=causal groups=3; conv 3->4 kernel=1; transpose; gru 3",
    "input 2x12; conv 2->3 kernel=3; relu; conv 3->2 kernel=2; tanh",
    "input 2x12; conv 2->3 kernel=3 pad=causal; globalavgpool; linear 2",
    "input 2x12; residual { conv 2->2 kernel=3 pad=causal; relu }; conv 2->2 kernel=2",
  ]

  private func model(_ text: String, _ precision: Precision, _ target: Target) throws
    -> Model
  {
    var options = CompilerOptions()
    options.precision = precision
    options.target = target
    options.maximumSamples = 1
    options.functions = [.init(.predict, many: false), .init(.step, many: false)]
    let build = try Compilation(SourceFile(name: "net.nn", text: text)).build(options)
    if let problem = build.streamProblem {
      Issue.record("\(text): \(problem.layer ?? "the network") \(problem.reason)")
    }
    return try Model(build)
  }

  @Test(arguments: networks) func stepsHaveTheBitsOfTheWhole(text: String) throws {
    for target in [Target.generic, Target(named: "x86-64-v3")!] {
      for precision in Precision.allCases {
        try compare(try model(text, precision, target), text)
      }
    }
  }

  private func compare(_ model: Model, _ text: String) throws {
    let program = model.build.program
    let stepping = try #require(program.stepping)
    let generator = UniformGenerator(seed: 7, stream: 0)
    let x = (0..<program.inputCount).map { place -> Double in
      let value = generator.value(at: place, bound: 1)
      guard let bound = program.wholeNumbers[.input]?[place] else { return value }
      return ((value + 1) / 2 * Double(bound)).rounded(.down)
    }
    let whole = try model.predict(x)
    // A second sequence begins anew.
    for _ in 0..<2 {
      var stream = try #require(model.stream())
      var compared = 0
      for step in 0..<stepping.stepCount {
        guard let y = try stream.next(stepping.places(at: step).map { x[$0] }) else {
          #expect(step < stepping.delay)
          continue
        }
        var start = 0
        for output in stepping.outputs {
          let own = y[start..<start + output.count]
          start += output.count
          if output.axis == nil, step < stepping.stepCount - 1 { continue }
          let places = output.places(at: step - (output.axis == nil ? 0 : stepping.delay))
          #expect(
            own.map(\.bitPattern) == places.map { whole[$0].bitPattern },
            "\(text), step \(step + 1), \(program.target.name), \(program.precision)")
          compared += own.count
        }
      }
      #expect(compared == program.outputCount)
    }
  }

  /// Why a network cannot: the layer and the reason.
  @Test(arguments: [
    ("input 2x12; conv 2->3 kernel=3 pad=1; relu", "conv1 looks at the step that comes after"),
    ("input 2x12; conv 2->3 kernel=5 pad=2", "conv1 looks at 2 steps that come after"),
    ("input 6x3; gru 4 bidirectional=yes", "gru1 goes from the last step to the first"),
    ("input 8x4; attention heads=2", "attention1 looks at later steps"),
    ("input 8x4; lstm 4; attention heads=2; linear 2", "attention1 looks at later steps"),
    ("input 2x12; maxpool 2; conv 2->2 kernel=2 pad=causal", "maxpool1 moves several steps"),
    ("input a 6x3; input b 2; from a; lstm 3; last; concat b", "has several inputs"),
  ]) func refusals(text: String, reason: String) throws {
    var options = CompilerOptions()
    options.functions = [.init(.step, many: false)]
    let build = try Compilation(SourceFile(name: "net.nn", text: text)).build(options)
    let problem = try #require(build.streamProblem, "\(text)")
    let said = (problem.layer.map { $0 + " " } ?? "") + problem.reason
    #expect(said.contains(reason), "\(text): \(said)")
    #expect(build.program.stepping == nil)
  }

  /// What is made without being asked for: where outputs follow the steps of a sequence.
  @Test func standard() throws {
    func names(_ text: String) throws -> [String] {
      try Compilation(SourceFile(name: "net.nn", text: text)).build().program.entries.map(\.name)
    }
    #expect(try names("input 6x3; lstm 4").contains("step"))
    #expect(try names("input 6x3; lstm 4 give=last").contains("step"))
    #expect(try names("input 6x4; attention heads=2 causal=yes").contains("step"))
    #expect(try !names("input 6x4; attention heads=2").contains("step"))
    #expect(try !names("input 6x3; flatten; linear 4").contains("step"))
    #expect(try !names("input 3x8x8; conv 4 kernel=3; globalavgpool; linear 2").contains("step"))
    #expect(try !names("linear 2->2; relu").contains("step"))
  }

  /// A sequence with places for its steps has no more of them.
  @Test func tooManySteps() throws {
    let model = try model("input 3x2; positions; attention heads=1 causal=yes", .f64, .generic)
    var stream = try #require(model.stream())
    for _ in 0..<3 { _ = try stream.next([1, 2]) }
    #expect(throws: StreamEnd(maximumSteps: 3)) { try stream.next([1, 2]) }
    #expect(throws: (any Error).self) {
      var stream = model.stream()!
      _ = try stream.next([1])
    }
  }

  /// Its code is as long for a sequence of 2,000 steps as for one of 32, and keeps no more.
  @Test func codeDoesNotGrow() throws {
    func build(_ steps: Int) throws -> Build {
      try Compilation(SourceFile(name: "net.nn", text: "input \(steps)x4; lstm 8; linear 2"))
        .build()
    }
    let (short, long) = (try build(32), try build(400))
    let step = try #require(short.program.entry(.step, many: false))
    #expect(try #require(long.program.entry(.step, many: false)).calls.count == step.calls.count)
    #expect(long.program.count(of: .stream, samples: 1) == 16)
    #expect(step.workspaceCount == long.program.entry(.step, many: false)?.workspaceCount)
  }
}
