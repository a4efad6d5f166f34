import Foundation
import NNC
import Testing

@testable import NNCVerification

/// Compilers that miscompile on purpose are found out, and the operation is named.
@Suite struct VerifierTests {
  private func verified(
    _ build: Build, _ compiler: String, _ level: [String]
  ) throws -> [FormResult] {
    let form = try #require(Form(c: compiler, level, isPlain: false))
    var results: [FormResult] = []
    let samples = Samples(Verifier.sampleCount, seed: 5, for: build)
    try Verifier(build, samples).verify([form]) { results.append($0) }
    return results
  }

  private func difference(
    _ build: Build, edit: String = "", flags: String = "", level: [String] = ["-O2"]
  ) throws -> Difference {
    let results = try withWrongCompiler(edit: edit, flags: flags) {
      try verified(build, $0, level)
    }
    #expect(results.count == 2 && results[0].isRight && !results[1].isRight)
    guard case .different(let difference) = results[1].outcome else {
      throw Missing(description: "\(results[1].outcome)")
    }
    return difference
  }

  private struct Missing: Error, CustomStringConvertible { let description: String }

  @Test func rightCompilersAgree() throws {
    let build = try sample("backprop").build()
    for compiler in ["gcc", "clang"] {
      #expect(try verified(build, compiler, ["-O2"]).allSatisfy(\.isRight))
    }
  }

  @Test func aSignThatIsLost() throws {
    let build = try sample("backprop").build()
    let difference = try difference(build, edit: "/ net_y2 = /s/ [+] / - /")
    #expect(difference.step == "predict")
    #expect(difference.element.description == "output[1]")
    let operation = try #require(difference.operation)
    #expect(operation.kernel == "predict" && operation.functions.isEmpty)
    #expect(operation.statement.hasPrefix("net_y2 = ") && operation.statement.contains(" + "))
    #expect(operation.numbers != nil && operation.turns.isEmpty)
  }

  /// A step alone goes wrong, in its second half.
  @Test func anUpdateThatGoesUphill() throws {
    let build = try sample("backprop").build()
    let difference = try difference(
      build, edit: "/ backprop_train[(]/,/^}/s/(linear2_weight.1..0. = .*) - /\\1 + /")
    #expect(difference.step == "train")
    #expect(difference.element.description == "linear2.weight[1, 0]")
    let statement = try #require(difference.operation?.statement)
    #expect(statement.contains("w7"))
  }

  /// In a loop: one row of a layer's products, the turn is told.
  @Test func aLoopThatEndsEarly() throws {
    var options = CompilerOptions()
    options.unrollLimit = 0
    let source = "linear 3->4; tanh; linear 4->2; loss mse; train sgd lr=0.1"
    let build = try Compilation(SourceFile(name: "loops.nn", text: source)).build(options)
    let difference = try difference(build, edit: "s/j < 4; [+]{2}j/j < 3; ++j/")
    let operation = try #require(difference.operation)
    #expect(!operation.turns.isEmpty && operation.numbers != nil)
  }

  /// Initial values are the form's own too.
  @Test func aWrongInitialValue() throws {
    let build = try sample("backprop").build()
    let difference = try difference(build, edit: "s/0[.]55/0.56/")
    #expect(difference.step == "initialize")
    #expect(difference.element.description == "linear2.weight[1, 1]")
    #expect(difference.numbers.expected.value == 0.55 && difference.numbers.given.value == 0.56)
    #expect(difference.operation == nil)
  }

  #if arch(x86_64)
    /// A product and a sum are contracted to one operation. Watching the product keeps gcc from it, so instructions
    /// are watched one by one.
    @Test func contraction() throws {
      let build = try sample("backprop").build()
      let difference = try difference(build, flags: "-mfma -ffp-contract=fast -DNNC_OTHER_BITS")
      let operation = try #require(difference.operation)
      #expect(!operation.statement.isEmpty)
      let numbers = try #require(operation.numbers)
      let error = (numbers.given.value - numbers.expected.value).magnitude
      #expect(error <= 1e-14 * numbers.expected.value.magnitude)
    }
  #endif

  /// The code keeps its bits under every switch, or refuses to be compiled.
  @Test(arguments: ["gcc", "clang"]) func riskySwitches(_ compiler: String) throws {
    let build = try sample("backprop").build()
    let samples = Samples(Verifier.sampleCount, seed: 5, for: build)
    var outcomes: [String: FormResult.Outcome] = [:]
    let forms = Form.all(compilers: [compiler], target: .generic, isPlain: false)
    try Verifier(build, samples).verify(forms.filter { $0.language == .c }) { result in
      outcomes[result.form] = result.outcome
      #expect(result.isRight, "\(result.form): \(result.outcome)")
    }
    guard case .refused? = outcomes["\(compiler) -O3 -ffast-math"],
      case .equal? = outcomes["\(compiler) -O2 -march=native -std=gnu11"]
    else { return #expect(Bool(false), "\(outcomes)") }
  }

  /// Who defines the macro gets what the switch does.
  @Test func otherBits() throws {
    let build = try sample("backprop").build()
    let form = try #require(
      Form(c: "gcc", ["-O3", "-ffast-math", "-DNNC_OTHER_BITS"], isPlain: false))
    let samples = Samples(Verifier.sampleCount, seed: 5, for: build)
    var last: FormResult?
    try Verifier(build, samples).verify([form]) { last = $0 }
    guard case .different? = last?.outcome else { return #expect(Bool(false), "\(last!)") }
    // Opening that library leaves this thread's arithmetic as it was.
    let one = try #require(Double("1"))
    #expect(Double.leastNonzeroMagnitude * one > 0)
  }

  @Test func codeThatCannotBeCompiled() throws {
    let build = try sample("backprop").build()
    let results = try withWrongCompiler(edit: "s/double/duoble/") { try verified(build, $0, []) }
    guard case .failed(let message) = results[1].outcome else {
      return #expect(Bool(false), "\(results[1].outcome)")
    }
    #expect(message.contains("duoble"))
  }

  @Test func compilersThatAreOneCountOnce() {
    #expect(Form.different(["gcc", "gcc", "no-such-compiler", "/usr/bin/gcc"]) == ["gcc"])
    let forms = Form.all(compilers: ["gcc"], target: .generic, isPlain: false)
    #expect(
      forms.map(\.name).prefix(4) == ["gcc -O0", "gcc -O2", "gcc -O3", "gcc -O3 -march=native"])
  }
}
