import Foundation
import NNC
import Testing

@testable import NNCTool

/// A network, its weights, and what the commands make of them.
@Suite struct WeightsCommandTests {
  private static let text = "linear 1->2; tanh; linear 2->1; loss mse\n"

  private func withWeights(_ body: (_ network: String, _ weights: String) throws -> Void) throws {
    try withFolder { folder in
      let path = folder + "/net.nn"
      try Self.text.write(toFile: path, atomically: false, encoding: .utf8)
      let compilation = Compilation(SourceFile(name: path, text: Self.text))
      try compilation.checkedNetwork().writeWeights(
        [1, -2, 0.5, 0.25, 3, 4, 0.125],
        description: DataDescription(transform: ColumnTransform(mean: [1], scale: [2])),
        to: folder + "/w.safetensors")
      try body(path, folder + "/w.safetensors")
    }
  }

  @Test func listing() throws {
    try withWeights { _, weights in
      let expected = """
        array           type  shape  least  greatest
        linear1.weight  f64   2x1       -2         1
        linear1.bias    f64   2       0.25       0.5
        linear2.weight  f64   1x2        3         4
        linear2.bias    f64   1      0.125     0.125

        4 arrays, 7 numbers
        format: pt
        nnc.mean: 1.0
        nnc.scale: 2.0

        """
      #expect(
        nnc(["weights", weights]) == Outcome(status: .success, output: expected, messages: ""))
      #expect(
        nnc(["weights", weights, "--json"]).output.hasPrefix(
          #"{"name":"linear1.weight","type":"f64","shape":[2,1],"range":[-2,1]}"# + "\n"))
    }
  }

  /// Under other names, as 32-bit numbers, and by way of NumPy's format the network is the same.
  @Test func convertedWeightsFitAgain() throws {
    try withWeights { network, weights in
      let torch = weights + ".torch"
      #expect(
        nnc(["weights", weights, "-m", "linear1=0", "-m", "linear2=2", "-r", "f32", "-o", torch])
          .status == .success)
      #expect(nnc(["weights", torch, "-o", weights + ".npz"]).status == .success)
      let values = [weights, torch, weights + ".npz"].map { path -> String in
        let outcome = nnc(["eval", network, "-w", path, "-x", "0.5", "-e", "y"])
        #expect(outcome.status == .success && outcome.messages == "")
        return outcome.output
      }
      #expect(!values[0].isEmpty && Set(values).count == 1)
    }
  }

  @Test func transformsGoIntoTheCode() throws {
    try withWeights { network, weights in
      let call = ["compile", network, "-w", weights, "--show", "simplified"]
      #expect(!nnc(call).output.contains("(x1 - 1)"))
      #expect(nnc(call + ["--raw-inputs"]).output.contains("x1 - 1"))
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    try withWeights { network, weights in
      let folder = (weights as NSString).deletingLastPathComponent
      let bad = folder + "/bad.safetensors"
      try Data([200, 0, 0, 0, 0, 0, 0, 0, 0x7B]).write(to: URL(fileURLWithPath: bad))
      for (words, status, message) in [
        (["check", network, "-w", bad], ExitStatus.wrongInput, "is no sound safetensors file"),
        (["check", network, "-w", folder], .wrongInput, "is a directory, not a file"),
        (["check", network, "-w", folder + "/none"], .wrongInput, "there is no file"),
        (["check", network, "-m", "a=b"], .wrongCall, "`--map` goes with `--weights`"),
        (["check", network, "-w", weights, "-m", "a"], .wrongCall, "an old and a new name"),
        (["check", network, "-w", weights, "-m", "linear1=a"], .wrongInput, "missing"),
        (["eval", "-w", weights, "-e", "1"], .wrongCall, "`--weights` goes with a network"),
        (["weights", weights, "-o", folder], .machineFailed, "Is a directory"),
        (["weights", weights, "-r", "f32"], .wrongCall, "`--real` goes with `--output`"),
        (["compile", network, "-e", "c", "--raw-inputs"], .wrongCall, "goes with `--weights`"),
      ] {
        let outcome = nnc(words)
        #expect(outcome.status == status, "\(words)")
        #expect(outcome.output == "", "\(words)")
        #expect(outcome.messages.contains(message), "\(words): \(outcome.messages)")
      }
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(files == ["bad.safetensors", "net.nn", "w.safetensors"])
    }
  }
}
