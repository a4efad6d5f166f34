import NNC
import Testing

/// What a Swift program does with the library, by its public interface alone.
@Suite struct PublicInterfaceTests {
  private let source = SourceFile(
    name: "net.nn",
    text: """
      linear 2->2 weight=[[0.15, 0.20], [0.25, 0.30]] bias=0.35; sigmoid
      linear 2->2 weight=[[0.40, 0.45], [0.50, 0.55]] bias=0.60; sigmoid
      loss mse/2; train sgd lr=0.5
      """)

  @Test func parseDifferentiateRunEmit() throws {
    let compilation = Compilation(source)
    #expect(compilation.diagnostics.isEmpty)
    let build = try compilation.build(CompilerOptions(prefix: "mine"))
    #expect(try #require(build.text(of: .gradient)).contains("diff(loss, linear2.weight) = "))
    let model = try Model(build)
    let before = try model.step(input: [0.05, 0.10], target: [0.01, 0.99])
    let after = try model.loss(input: [0.05, 0.10], target: [0.01, 0.99])
    #expect(before > after)
    #expect(build.emit(.c).map(\.name) == ["mine.h", "mine.c"])
    #expect(build.emit(.swift).count == 1)
    #expect(try model.checkGradient(input: [0.3, 0.4], target: [0, 1]).allSatisfy(\.agrees))
  }

  @Test func expressions() throws {
    var workbench = Workbench(try Compilation(source).checkedNetwork())
    try workbench.set("x", [0.05, 0.10])
    guard case .values(let values)? = try workbench.enter("diff(y, w5)").first else {
      Issue.record("no value")
      return
    }
    #expect(values[0].value?.shape == [2])
    #expect(throws: WorkbenchError.self) { try workbench.train(steps: 1) }
    try workbench.set("t", [0.01, 0.99])
    let training = try workbench.train(steps: 10)
    #expect(training.steps == 10 && training.after < training.before)
  }

  @Test func mistakesAreValues() throws {
    let wrong = Compilation(SourceFile(name: "wrong.nn", text: "linear 2->3; sigmod"))
    #expect(wrong.diagnostics.map(\.code) == ["N0201"])
    #expect(throws: CompilationError.self) { try wrong.build() }
    #expect(diagnosticCodes.contains { $0.code == "N0201" })
  }

  /// What an `nnc.json` says of a network, and what is wrong with one.
  @Test func optionsOfAFile() throws {
    let json = SourceFile(
      name: "nnc.json",
      text:
        #"{ "real": "f32", "net.nn": { "functions": "predict", "target": "cortex-m7", "train": "last" } }"#
    )
    let options = try NetworkOptions(json: json, for: "net.nn")
    #expect(options.code.precision == .f32 && options.code.target.name == "cortex-m7")
    #expect(options.trained == .last && options.weights == nil)
    #expect(try NetworkOptions(json: json, for: "other.nn").code.functions == nil)
    let compilation = try Compilation(source).applying(options)
    #expect(try compilation.checkedNetwork().trainedParameters.count == 2)
    #expect(try compilation.build(options.code).emit(.c)[0].text.contains("float"))
    let wrong = SourceFile(
      name: "nnc.json",
      text: #"{ "reall": "f32", "target": "cortex-m3", "self-check": 1, "map": "a" }"#)
    do {
      _ = try NetworkOptions(json: wrong, for: "net.nn")
      Issue.record("no error")
    } catch {
      #expect(
        error.diagnostics.map(\.message) == [
          "there is no option `reall`", "there is no target `cortex-m3`",
          "option `self-check` takes true or false",
          "`map` takes old and new names, `0.weight=linear1.weight`",
        ])
      #expect(error.description.contains("did you mean `real`?"))
    }
  }

  @Test func formatting() {
    let text = format(SourceFile(name: "a.nn", text: "linear 2->3;tanh")).text
    #expect(text == "linear 2->3; tanh\n")
  }
}
