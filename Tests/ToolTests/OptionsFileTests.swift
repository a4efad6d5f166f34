import Foundation
import Testing

@testable import NNCTool

/// `nnc compile --options FILE`.
@Suite struct OptionsFileTests {
  private let network = "linear 2->1; sigmoid; loss mse; train sgd"

  /// Compiles a network with a file of options beside it.
  private func compile(_ json: String, _ words: [String] = []) throws -> Outcome {
    try withFolder { folder in
      try network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try network.write(toFile: folder + "/other.nn", atomically: false, encoding: .utf8)
      try json.write(toFile: folder + "/nnc.json", atomically: false, encoding: .utf8)
      let call = ["compile", folder + "/net.nn", "--emit", "c", "--options", folder + "/nnc.json"]
      var outcome = nnc(call + words)
      outcome.messages = outcome.messages.replacingOccurrences(of: folder + "/", with: "")
      return outcome
    }
  }

  @Test func forAllAndForOne() throws {
    let outcome = try compile(
      #"{ "real": "f64", "max-samples": 7, "net.nn": { "real": "f32", "self-check": true } }"#)
    #expect(outcome.status == .success && outcome.messages == "")
    #expect(outcome.output.contains("float net_train(") && outcome.output.contains("_SELF_CHECK"))
    #expect(outcome.output.contains("#define NET_MAX_SAMPLES 7 "))
    let other = try compile(#"{ "other.nn": { "real": "f32" }, "self-check": false }"#)
    #expect(other.output.contains("double net_train(") && !other.output.contains("_SELF_CHECK"))
  }

  @Test func theCallComesFirst() throws {
    let outcome = try compile(#"{ "real": "f32", "prefix": "mine" }"#, ["--real", "f64"])
    #expect(outcome.output.contains("double mine_train("))
  }

  /// A file that an option names is sought beside the file of options.
  @Test func files() throws {
    let outcome = try compile(#"{ "weights": "net.safetensors" }"#)
    #expect(outcome.status == .wrongInput)
    #expect(outcome.messages.contains("there is no file `net.safetensors`"))
  }

  @Test func everyMistakeHasItsPlace() throws {
    let json = """
      { "reall": "f32", "output": "x",
        "net.nn": { "unroll": "x", "self-check": 1, "target": "nativ", "map": {} },
        "nett.nn": {},
        "other.nn": 3 }
      """
    let outcome = try compile(json, ["--diagnostics", "gcc"])
    #expect(outcome.status == .wrongInput && outcome.output == "")
    #expect(
      outcome.messages == """
        nnc.json:1:3: error: there is no option `reall`
        nnc.json:1:19: error: there is no option `output`
        nnc.json:2:15: error: option `unroll` takes a whole number, 0 to 1000000, not `x`
        nnc.json:2:30: error: option `self-check` takes true or false
        nnc.json:2:47: error: there is no target `nativ`
        nnc.json:2:66: error: option `map` takes a list of texts
        nnc.json:3:3: error: there is no network `nett.nn` beside this file
        nnc.json:4:3: error: `other.nn` takes an object of options

        """)
    let human = try compile(#"{ "reall": "f32" }"#)
    #expect(human.messages.contains(" --> nnc.json:1:3\n"))
    #expect(human.messages.contains("did you mean `real`?"))
  }

  @Test func noOptions() throws {
    #expect(try compile("[]").messages.contains("options are an object"))
    #expect(try compile("{ \"real\": }").messages.contains("nnc.json:1:11\n"))
  }
}
