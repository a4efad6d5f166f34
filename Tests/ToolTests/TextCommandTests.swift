import Foundation
import Testing

@testable import NNCTool

/// `nnc train --tokens`, `nnc evaluate` and `nnc generate`.
@Suite struct TextCommandTests {
  private static let network = """
    input 4 of 30
    embedding 30->6
    residual { attention heads=2 causal=yes }
    linear 30
    loss cross_entropy
    train adam lr=0.02

    """
  /// Of what stands there each letter follows from the one before it.
  private static let text = String(repeating: "abcdef\n", count: 60)

  private func withText(_ body: (_ folder: String) throws -> Void) throws {
    try withFolder { folder in
      try Self.network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try Self.text.write(toFile: folder + "/text.txt", atomically: false, encoding: .utf8)
      try body(folder)
    }
  }

  private func train(_ folder: String, _ words: String...) -> Outcome {
    nnc(
      [
        "train", folder + "/net.nn", "-d", folder + "/text.txt", "--tokens", "characters", "-b",
        "8", "--run", "interpreter", "-o", folder + "/net.safetensors",
      ] + words)
  }

  @Test func aTextIsLearned() throws {
    try withText { folder in
      let trained = train(folder, "--steps", "200", "-q")
      #expect(trained == Outcome(status: .success, output: "", messages: ""))
      let weights = ["-w", folder + "/net.safetensors", "--run", "interpreter"]
      let scores = nnc(
        ["evaluate", folder + "/net.nn", "-d", folder + "/text.txt"] + weights)
      #expect(scores.output.hasPrefix("104 samples: loss 0.0"))
      #expect(scores.output.contains("accuracy 100 % (416 of 416)\n0.0"))
      #expect(scores.output.hasSuffix(" bits a character\n"))
      let written = nnc(
        ["generate", folder + "/net.nn", "-p", "cd", "-l", "9", "--temperature", "0"] + weights)
      #expect(written.output == "cdef\nabcdef\n")
      let again = nnc(["generate", folder + "/net.nn", "-l", "3", "-k", "1"] + weights)
      #expect(again.output == "\nabc\n")
    }
  }

  @Test func stepsEndATraining() throws {
    try withText { folder in
      // 13 steps an epoch.
      let outcome = train(folder, "--steps", "20")
      #expect(outcome.output.contains("\n20 steps in "))
      let both = train(folder, "--steps", "20", "--epochs", "1")
      #expect(both.output.contains("1 epoch, 13 steps in "))
      let scheduled = train(folder, "--steps", "20", "--schedule", "cosine")
      #expect(scheduled.messages.contains("say how many there are by `--epochs`"))
    }
  }

  /// A training that is cut in two by a checkpoint comes to the same weights.
  @Test func stepsResume() throws {
    try withText { folder in
      _ = train(folder, "--steps", "20", "-q")
      let whole = try Data(contentsOf: URL(fileURLWithPath: folder + "/net.safetensors"))
      _ = train(folder, "--steps", "9", "-q", "--checkpoint", folder + "/run", "--every", "9")
      let rest = train(
        folder, "--steps", "20", "-q", "--checkpoint", folder + "/run", "--resume")
      #expect(rest == Outcome(status: .success, output: "", messages: ""))
      let cut = try Data(contentsOf: URL(fileURLWithPath: folder + "/net.safetensors"))
      #expect(whole == cut)
    }
  }

  @Test func refusals() throws {
    try withText { folder in
      func message(_ words: String...) -> String { nnc(words).messages }
      try "linear 4->2; loss mse; train sgd lr=0.1\n".write(
        toFile: folder + "/plain.nn", atomically: false, encoding: .utf8)
      #expect(
        message("train", folder + "/plain.nn", "-d", folder + "/text.txt", "--tokens", "bytes")
          .contains("is for networks whose input is whole numbers"))
      try "1,2,3,40,1,2,3,4\n0,1,2,3,4,5,6,7\n".write(
        toFile: folder + "/table.csv", atomically: false, encoding: .utf8)
      let outside = message(
        "train", folder + "/net.nn", "-d", folder + "/table.csv", "-t", "5..8", "--run",
        "interpreter")
      #expect(outside.contains("whole numbers from 0 to 29"), "\(outside)")
      _ = train(folder, "--steps", "1", "-q")
      let weights = folder + "/net.safetensors"
      #expect(
        message("generate", folder + "/net.nn", "-w", weights, "-p", "x")
          .contains("the character `x` of the prompt is none"))
      #expect(
        message("generate", folder + "/net.nn", "-w", weights, "--temperature", "-1")
          .contains("takes a number from 0 on"))
      #expect(
        message("generate", folder + "/net.nn", "-w", weights, "--share", "2")
          .contains("takes a number from 0 to 1"))
    }
  }
}
