import Foundation
import Testing

@testable import NNCTool

@Suite struct CompileCommandTests {
  private let file = root.appendingPathComponent("Samples/backprop.nn").path

  @Test func filesInAFolder() throws {
    try withFolder { folder in
      let outcome = nnc(["compile", file, "--emit", "c", "-o", folder + "/new/"])
      #expect(outcome == Outcome(status: .success, output: "", messages: ""))
      let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/new")
      #expect(files.sorted() == ["backprop.c", "backprop.h"])
      #expect(nnc(["compile", file, "--emit", "swift", "-o", folder]).status == .success)
      #expect(FileManager.default.fileExists(atPath: folder + "/backprop.swift"))
    }
  }

  @Test func filesOfTheUsersName() throws {
    try withFolder { folder in
      #expect(nnc(["compile", file, "-e", "c", "-o", folder + "/mine.c"]).status == .success)
      let source = try String(contentsOfFile: folder + "/mine.c", encoding: .utf8)
      #expect(source.contains("#include \"mine.h\""))
      #expect(nnc(["compile", file, "-e", "swift", "-o", folder + "/a.swift"]).status == .success)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(files.sorted() == ["a.swift", "mine.c", "mine.h"])
      let wrong = nnc(["compile", file, "-e", "c", "-o", folder + "/mine"])
      #expect(wrong.status == .wrongCall && wrong.messages.contains("did you mean"))
    }
  }

  /// Standard output gets one text that stands alone: the header is where it was included.
  @Test func codeOnStandardOutput() {
    let outcome = nnc(["compile", file, "--emit", "c", "--prefix", "net", "--real", "f32"])
    #expect(outcome.status == .success)
    #expect(!outcome.output.contains("#include \"net.h\""))
    #expect(outcome.output.contains("void net_predict(") && outcome.output.contains("float"))
  }

  @Test(.enabled(if: access("/dev/full", W_OK) == 0)) func fullDisk() {
    let outcome = nnc(["compile", file, "--emit", "swift", "-o", "/dev/full"])
    #expect(outcome.status == .machineFailed)
    #expect(outcome.messages == "nnc: cannot write `/dev/full`: No space left on device\n")
  }

  /// What is too small to be shared has no word of threads.
  @Test(arguments: ["c", "swift"]) func threads(_ language: String) {
    let call = ["compile", "-", "--threads", "2", "--max-samples", "32", "--emit", language]
    let large = nnc(call, input: "linear 100->200; tanh; linear 200->9; loss mse; train sgd")
    #expect(large.status == .success)
    let word = language == "c" ? "#pragma omp parallel num_threads(2)" : "import Dispatch"
    #expect(large.output.contains(word))
    let small = nnc(call, input: "linear 2->2; tanh; loss mse; train sgd")
    #expect(small.status == .success && !small.output.contains(word))
    #expect(nnc(["compile", "-", "--threads", "0", "--emit", "c"], input: "").status == .wrongCall)
  }

  @Test func formsForEngines() throws {
    try withFolder { folder in
      #expect(
        nnc(["compile", file, "-e", "stablehlo", "-b", "4", "-o", folder]).status == .success)
      #expect(nnc(["compile", file, "-e", "jax", "-o", folder + "/new"]).status == .success)
      #expect(nnc(["compile", file, "-e", "python", "-o", folder + "/new/"]).status == .success)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(files.sorted() == ["backprop.mlir", "new"])
      let made = try FileManager.default.contentsOfDirectory(atPath: folder + "/new")
      let expected = [
        "backprop.py", "backprop_jax.py", "backprop_stablehlo.mlir", "pyproject.toml",
      ]
      #expect(made.sorted() == expected)
    }
    let text = nnc(["compile", file, "-e", "stablehlo", "-r", "bf16", "-b", "4"]).output
    #expect(text.contains("%x: tensor<4x2xbf16>"))
    #expect(nnc(["compile", file, "-e", "python", "-f", "loss"]).output.contains("def loss("))
  }

  /// What a form has no use for is refused.
  @Test(arguments: [
    ["-e", "c", "--batch", "4"], ["-e", "swift", "--real", "bf16"], ["-e", "jax"],
    ["-e", "stablehlo", "--threads", "2"], ["-e", "python", "--std", "c99"],
    ["-e", "python", "--batch", "2"], ["-e", "jax", "--target", "native", "-o", "."],
    ["-e", "python", "--self-check"], ["--show", "graph", "--batch", "2"],
  ])
  func foreignOptions(_ options: [String]) {
    #expect(nnc(["compile", file] + options).status == .wrongCall, "\(options)")
  }

  @Test func formulasInMarkup() {
    let outcome = nnc(["compile", "-", "--show", "graph", "--mathml"], input: "linear 1->1; relu")
    #expect(outcome.status == .success)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("<math") && $0.hasSuffix("</math>") })
  }

  @Test func stages() {
    let outcome = nnc(["compile", "-", "--show", "graph", "--unicode"], input: "linear 1->1; relu")
    #expect(outcome.output.hasPrefix("net_y = linear1.weight"))
    let latex = nnc(["compile", "-", "-s", "graph", "--latex"], input: "linear 1->1; sigmoid")
    #expect(latex.output.contains("\\sigma"))
    let none = nnc(["compile", "-", "-s", "gradient"], input: "linear 1->1")
    #expect(none.output.hasPrefix("#") && none.status == .success)
  }

  @Test func functions() {
    let outcome = nnc(["compile", file, "--emit", "c", "--functions", "predict,loss_many"])
    #expect(outcome.output.contains("backprop_predict(") && outcome.output.contains("loss_many("))
    #expect(!outcome.output.contains("backprop_loss(") && !outcome.output.contains("_train"))
    let swift = nnc(["compile", file, "--emit", "swift", "-f", "predict"])
    #expect(!swift.output.contains("targetCount") && !swift.output.contains("func loss"))
    let wrong = nnc(["compile", file, "--emit", "c", "--functions", "predict,trian"])
    #expect(wrong.status == .wrongCall && wrong.messages.contains("did you mean `train`?"))
    #expect(
      nnc(["compile", file, "--emit", "c", "-f", "train", "--self-check"]).status == .wrongCall)
  }

  @Test func placesOfWeights() throws {
    try withFolder { folder in
      let call = ["compile", file, "--emit", "c", "-o", folder + "/mine.c", "--weights-in"]
      #expect(nnc(call + ["header"]).status == .success)
      let source = try String(contentsOfFile: folder + "/mine.c", encoding: .utf8)
      let weights = try String(contentsOfFile: folder + "/mine_weights.h", encoding: .utf8)
      #expect(!source.contains("0.15") && !source.contains("initialize"))
      #expect(weights.contains("{{0.15, 0.2}") && weights.contains("#include \"mine.h\""))
      #expect(nnc(call + ["source"]).status == .success)
      let header = try String(contentsOfFile: folder + "/mine.h", encoding: .utf8)
      #expect(header.contains("extern const backprop_parameters backprop_weights;"))
      #expect(header.contains("backprop_initialize("))
      #expect(nnc(call + ["none"]).status == .success)
      let bare = try String(contentsOfFile: folder + "/mine.c", encoding: .utf8)
      #expect(!bare.contains("0.15") && !bare.contains("initialize"))
      #expect(nnc(call + ["none", "--self-check"]).status == .wrongCall)
      #expect(nnc(["compile", file, "--emit", "c", "--weights-in", "header"]).status == .wrongCall)
    }
  }

  @Test func mistakes() {
    #expect(nnc(["compile", file]).status == .wrongCall)
    #expect(nnc(["compile", file, "--show", "grph"]).messages.contains("did you mean `graph`?"))
    #expect(nnc(["compile", file, "--emit", "c", "--show", "graph"]).status == .wrongCall)
    #expect(nnc(["compile", file, "--emit", "c", "--prefix", "1x"]).status == .wrongCall)
    let outcome = nnc(["compile", "-", "--emit", "c"], input: "linear 2->3\nsigmod\ntrain sgdd\n")
    #expect(outcome.status == .wrongInput && outcome.output == "")
    // Two errors in one run, each with its place.
    #expect(outcome.messages.contains("-:2:1") && outcome.messages.contains("-:3:"))
  }

  @Test func selfCheckNeedsSomethingToCheck() {
    for (source, reason) in [
      ("linear 2->1", "no loss"),
      ("input 2; sigmoid; loss mse", "no parameter that is trained"),
    ] {
      let outcome = nnc(["compile", "-", "--emit", "c", "--self-check"], input: source)
      #expect(outcome.status == .wrongInput)
      #expect(outcome.messages.contains("has \(reason), so there is no gradient to check"))
    }
  }
}
