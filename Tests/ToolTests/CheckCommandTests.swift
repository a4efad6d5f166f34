import Foundation
import Testing

@testable import NNCTool

@Suite struct CheckCommandTests {
  private let file = root.appendingPathComponent("Samples/backprop.nn").path

  @Test func layersAndSizes() {
    let outcome = nnc(["check", file])
    #expect(outcome.status == .success && outcome.messages == "")
    #expect(outcome.output.hasPrefix("backprop: 2 -> 2, 12 parameters, straight-line code\n"))
    #expect(
      outcome.output.contains("\nlinear2   linear   2 -> 2           6              4         16\n")
    )
    #expect(outcome.output.contains("\n8 multiply-adds for one sample, 96 bytes of parameters"))
    let single = nnc(["check", file, "--real", "f32"])
    #expect(single.output.contains(", 48 bytes of parameters"))
  }

  @Test func manyFiles() {
    let xor = root.appendingPathComponent("Samples/xor.nn").path
    let outcome = nnc(["check", file, "no.nn", xor])
    #expect(outcome.status == .wrongInput)
    #expect(outcome.output.hasPrefix("backprop: 2 -> 2"))
    #expect(outcome.output.contains("\n\nxor: 2 -> "))
    #expect(outcome.messages == "nnc: there is no file `no.nn`\n")
    #expect(nnc(["check", file, xor, "--gradient", "--x", "1,2"]).status == .wrongCall)
  }

  @Test func gradient() {
    let outcome = nnc(["check", file, "--gradient", "--x", "0.05,0.10", "--t", "0.01,0.99"])
    #expect(outcome.status == .success)
    #expect(outcome.output.contains("\nw5               0.0821670406    0.0821670406  ok\n"))
    #expect(outcome.output.hasSuffix("12 of 12 derivatives agree with finite differences\n"))
  }

  /// At a bend, y = 0.5, the central difference is the mean of both slopes, and no step makes it agree.
  @Test func disagreementIsFound() {
    let source = "linear 1->1 weight=1 bias=0\nloss sum(where(y < 0.5, y, 3*y - 1))\ntrain sgd\n"
    let outcome = nnc(["check", "-", "--gradient", "--x", "0.5"], input: source)
    #expect(outcome.status == .wrongInput)
    #expect(outcome.output.contains("OFF"))
    #expect(outcome.messages == "nnc: 2 of 2 derivatives are off\n")
  }

  @Test func whatTheChoicesTake() {
    let iris = root.appendingPathComponent("Samples/iris.nn").path
    let whole = nnc(["check", iris, "--real", "f32"])
    #expect(
      whole.output.contains("\none sample  operations  flash bytes  RAM bytes\npredict  "))
    let last = nnc(["check", iris, "--real", "f32", "--train", "last"])
    #expect(
      last.status == .success && last.output.hasPrefix("iris: 4 -> 3, 131 parameters (51 trained)"))
    for choice in ["last", "bias", "all"] { #expect(last.output.contains("\ntrain \(choice) ")) }
    let none = nnc(
      ["check", "-", "--train", "bias"], input: "linear 2->1 bias=no; loss mse; train sgd")
    #expect(none.status == .wrongInput)
    #expect(none.messages.contains("leaves nothing to train: no bias that is not frozen"))
    #expect(nnc(["check", "-", "--train", "last"], input: "linear 2->1").status == .wrongInput)
    let code = nnc(["compile", iris, "--emit", "c", "--train", "last"])
    #expect(code.status == .success && !code.output.contains("linear1_weight_velocity"))
    #expect(code.output.contains("linear2_weight_velocity"))
  }

  /// A compiler that tells what this test says: frames of functions, of the parts of one, and of a helper.
  @Test func stackOfFunctions() throws {
    try withFolder { folder in
      let compiler = folder + "/compiler"
      let script = """
        #!/bin/sh
        for word; do last=$word; done
        [ "$1 $2 $3" = "-std=c99 -fno-math-errno -O1" ] || exit 7
        : >"$last"
        printf 'net.c:1:2:backprop_predict\t100\tstatic\nnet.c:3:backprop_sigmoid_tail\t10\tstatic\n' >"${last%.so}.su"
        printf 'net.c:9:2:backprop_sigmoid_tail.part.0\t5\tstatic\nnet.c:4:6:backprop_bits\t2\tstatic\n' >>"${last%.so}.su"

        """
      try Data(script.utf8).write(to: URL(filePath: compiler))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: compiler)
      let outcome = nnc(["check", file, "--stack", "--compiler", compiler + " -O1"])
      #expect(outcome.status == .success && outcome.messages == "")
      #expect(
        outcome.output.contains(
          "\nStack, as \(compiler) -std=c99 -fno-math-errno -O1 lays it out:\n"))
      #expect(outcome.output.contains("\npredict                117\n"))
      // Its own frame was put into its caller, or it has none.
      #expect(outcome.output.contains("\nloss                    17\n"))
    }
  }

  @Test func stackByARealCompiler() throws {
    for compiler in [
      "gcc", "clang", "arm-none-eabi-gcc -mcpu=cortex-m0 -mthumb", "avr-gcc -mmcu=atmega1284p",
    ]
    where path(of: String(compiler.prefix { $0 != " " })) != nil {
      let outcome = nnc(["check", file, "--real", "f32", "--stack", "--compiler", compiler])
      let words = outcome.output.split(separator: "\n").last?.split(separator: " ") ?? []
      #expect(words.first == "train_many", "\(outcome.messages)")
      #expect(words.last.flatMap { Int($0) } ?? 0 > 0)
    }
    let none = nnc(["check", file, "--stack", "--compiler", "no-such-compiler -O2"])
    #expect(none.status == .machineFailed)
    #expect(
      none.messages
        == "nnc: there is no compiler `no-such-compiler -O2`: `--compiler` names another\n")
    #expect(nnc(["check", file, "--compiler", "gcc"]).status == .wrongCall)
  }

  @Test func mistakes() {
    #expect(nnc(["check", file, "--x", "1,2"]).status == .wrongCall)
    #expect(nnc(["check", file, "-g", "--x", "1"]).status == .wrongCall)
    #expect(nnc(["check", "-", "-g"], input: "linear 1->1").status == .wrongInput)
    #expect(nnc(["check", "-"], input: "linear 0->2").status == .wrongInput)
  }
}
