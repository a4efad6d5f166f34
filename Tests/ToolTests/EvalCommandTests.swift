import Testing

@testable import NNCTool

@Suite struct EvalCommandTests {
  private let file = root.appendingPathComponent("Samples/backprop.nn").path
  private let data = ["--x", "0.05,0.10", "--t", "0.01,0.99"]

  @Test func formulaWhereNothingIsKnown() {
    let outcome = nnc(["eval", "-e", "diff(sigmoid(a*x + b), x)"])
    #expect(outcome.status == .success && outcome.messages == "")
    #expect(outcome.output == "a * sigmoid(a * x + b) * (1 - sigmoid(a * x + b))\n")
  }

  @Test func valueWhereAllIsKnown() {
    #expect(nnc(["eval", "-e", "1+2"]).output == "3\n")
    #expect(nnc(["eval", "-e", "a*b", "--set", "a=2", "--set", "b=[1, 2]"]).output == "[2, 4]\n")
    #expect(nnc(["eval", "-e", "a*b", "--set", "a=2"]).output == "a * b\n")
    #expect(nnc(["eval", file, "--set", "w5=2", "-e", "w5"]).output == "2\n")
  }

  @Test func workedExample() {
    let outcome = nnc(["eval", file] + data + ["-e", "loss", "-e", "y", "-d", "9"])
    #expect(outcome.output == "0.298371109\n[0.75136507, 0.772928465]\n")
    let after = nnc(
      ["eval", file] + data + ["--steps", "1", "-e", "loss", "-e", "w5", "-d", "12"])
    #expect(after.output == "0.280471446791\n0.358916479718\n")
  }

  @Test func jsonLines() {
    let outcome = nnc(["eval", file, "--json", "-e", "w5 * 2", "-e", "y", "-e", "grad(w5)"])
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines[0] == #"{"expression":"w5 * 2","formula":"2 * w5","value":0.8}"#)
    #expect(lines[1] == #"{"expression":"y","formula":"sigmoid(net_y)","value":null}"#)
    #expect(lines[4].hasPrefix(#"{"expression":"grad(w5)","by":"linear2.weight","formula":"#))
    #expect(lines[4].hasSuffix(#""value":[[1, 0], [0, 0]]}"#))
  }

  @Test func mistakes() {
    for (words, status, text) in [
      (["eval", file, "-e", "los"], ExitStatus.wrongInput, "-e:1:1"),
      (
        ["eval", file, "--x", "1,2,3", "-e", "y"], .wrongCall, "2 numbers a sample, but 3 are given"
      ),
      (["eval", file, "--x", "1,a", "-e", "y"], .wrongCall, "takes numbers divided by commas"),
      (["eval", "--x", "1", "-e", "y"], .wrongCall, "without a network there is no `x`"),
      (["eval", "--json"], .wrongCall, "goes with `-e`"),
      (["eval", "--set", "a", "-e", "a"], .wrongCall, "`--set` takes a name and a value"),
      (["eval", "-e", "1", "-d", "0"], .wrongCall, "`full` or a number from 1 to 17"),
      (["eval", file, "--steps", "1", "-e", "y"], .wrongCall, "`x` has no value yet"),
    ] {
      let outcome = nnc(words)
      #expect(outcome.status == status, "\(words)")
      #expect(outcome.messages.contains(text), "\(words): \(outcome.messages)")
      #expect(outcome.output == "")
    }
  }
}
