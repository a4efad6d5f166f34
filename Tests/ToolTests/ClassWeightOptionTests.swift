import Foundation
import Testing

@testable import NNCTool

/// `nnc train --class-weight`.
@Suite struct ClassWeightOptionTests {
  private static let network = "input 1; linear 1->K; loss LOSS; train sgd lr=0.1\n"

  private struct File: Decodable {
    struct Entry: Decodable {
      let labels: [Int]
      let weights: [Double]
    }
    let entries: [Entry]
  }

  private func train(
    _ folder: String, _ labels: [String], _ words: [String], loss: String = "cross_entropy"
  ) throws -> Outcome {
    let classes = Set(labels).count
    let text = Self.network.replacing(
      "K", with: loss.hasPrefix("bce") || loss == "mse" ? "1" : "\(classes)"
    )
    .replacing("LOSS", with: loss)
    try text.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
    let rows = labels.enumerated().map { "\(Double($0 % 7) / 7),\($1)\n" }.joined()
    try ("x,kind\n" + rows).write(
      toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
    return nnc(
      [
        "train", folder + "/net.nn", "-d", folder + "/data.csv", "-t", "kind", "-b", "4", "--run",
        "interpreter",
      ] + (words.contains("-e") ? [] : ["-e", "2"]) + words)
  }

  /// What `nnc weights` tells of a file, as numbers.
  private func saved(_ path: String) -> [Double]? {
    nnc(["weights", path]).output.firstMatch(of: /nnc.class_weights: \[(.*)\]/)
      .map { $0.1.split(separator: ",").compactMap { Double($0) } }
  }

  @Test func balancedIsScikitLearns() throws {
    let path = root.appendingPathComponent("Tests/Golden/weights.json")
    let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: path))
    for entry in file.entries {
      try withFolder { folder in
        let labels = entry.labels.map { "c\($0)" }
        let outcome = try train(
          folder, labels, ["--class-weight", "balanced", "-o", folder + "/w.safetensors"])
        #expect(outcome.status == .success)
        #expect(outcome.output.contains("weights of the classes: c0 "))
        let weights = try #require(saved(folder + "/w.safetensors"))
        #expect(weights.count == entry.weights.count)
        for (own, wanted) in zip(weights, entry.weights) {
          #expect(abs(own - wanted) <= 1e-15 * wanted)
        }
        let json = try train(folder, labels, ["--class-weight", "balanced", "-j"])
        #expect(json.output.contains(#""class_weights":{"c0":"#))
      }
    }
  }

  /// Names may hold what stands between them.
  @Test func weightsAreNamed() throws {
    try withFolder { folder in
      let labels = ["a=b", "a=b", "x,y", "a"]
      // Quoted as CSV has it.
      let cells = labels.map { "\"\($0)\"" }
      let outcome = try train(
        folder, cells,
        ["--class-weight", "x,y=2,a=b=0.5", "-o", folder + "/w.safetensors"])
      #expect(outcome.output.contains("weights of the classes: a 1, a=b 0.5, x,y 2\n"))
      #expect(saved(folder + "/w.safetensors") == [1, 0.5, 2])
      // What was trained with weights is scored without them.
      let scored = nnc([
        "evaluate", folder + "/net.nn", "-w", folder + "/w.safetensors", "-d", folder + "/data.csv",
        "--run", "interpreter",
      ])
      #expect(scored.status == .success)
    }
  }

  @Test func whatIsWrongIsTold() throws {
    try withFolder { folder in
      func messages(_ text: String, loss: String = "cross_entropy") throws -> String {
        try train(folder, ["u", "v", "u", "u"], ["--class-weight", text], loss: loss).messages
      }
      #expect(try messages("even").contains("takes `balanced` or `NAME=W,…`, not `even`"))
      #expect(try messages("u=1,w=2").contains("there is no class `w`"))
      #expect(try messages("u=1,w=2").contains("the classes are `u`, `v`"))
      #expect(try messages("u=-1").contains("the weight of `u` is a number from 0 on, not `-1`"))
      #expect(try messages("u=1,u=2").contains("names `u` twice"))
      #expect(try messages("u=0,v=0").contains("all weights are 0"))
      let other = try messages("balanced", loss: "kl_div")
      #expect(other.contains("the loss `kl_div` has no key `weight`"))
      #expect(other.contains("`cross_entropy`"))
      #expect(try messages("balanced", loss: "bce_logits").isEmpty)
      let numbers = try train(
        folder, ["0.5", "1.5", "2.5"], ["--class-weight", "balanced"], loss: "mse")
      #expect(numbers.messages.contains("`--class-weight` needs classes"))
    }
  }

  /// A training that goes on has the weights it began with, and refuses others.
  @Test func resumedTrainingsKeepThem() throws {
    try withFolder { folder in
      let labels = (0..<30).map { $0 % 5 == 0 ? "v" : "u" }
      func train(_ words: String...) throws -> Outcome {
        try self.train(folder, labels, words)
      }
      let whole = try train(
        "-e", "4", "--class-weight", "balanced", "-o", folder + "/whole.safetensors")
      #expect(whole.status == .success)
      let run = folder + "/run"
      _ = try train("-e", "2", "--class-weight", "balanced", "--checkpoint", run)
      let other = try train("-e", "4", "--checkpoint", run, "--resume")
      #expect(other.status == .wrongInput && other.messages.contains("--class-weight"))
      let rest = try train(
        "-e", "4", "--class-weight", "balanced", "--checkpoint", run, "--resume", "-o",
        folder + "/rest.safetensors")
      #expect(rest.output.contains("weights of the classes: u 0.625, v 2.5\n"))
      let files = ["whole", "rest"].map { nnc(["weights", "\(folder)/\($0).safetensors"]).output }
      #expect(files[0] == files[1] && files[0].contains("nnc.class_weights: [0.625,2.5]"))
    }
  }
}
