import Foundation
import Testing

@testable import NNCTool

/// `nnc train --find-lr`.
@Suite struct FindRateTests {
  /// Calls it in a folder, and answers which files there are in the end.
  private func find(
    _ words: String..., network: String = TrainCommandTests.network
  ) throws -> (outcome: Outcome, files: [String: String]) {
    try withFolder { folder in
      try network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try TrainCommandTests.points.write(
        toFile: folder + "/points.csv", atomically: false, encoding: .utf8)
      let paths = words.map { $0.hasPrefix("@") ? "\(folder)/\($0.dropFirst())" : $0 }
      let outcome = nnc(
        ["train", folder + "/net.nn", "-d", folder + "/points.csv", "-t", "kind", "--find-lr"]
          + paths)
      var files: [String: String] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        files[name] = (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
      }
      return (outcome, files)
    }
  }

  @Test func itSuggestsARateAndWritesNothing() throws {
    let (outcome, files) = try find("--run", "interpreter")
    #expect(outcome.status == .success && outcome.messages.isEmpty)
    #expect(files.keys.sorted() == ["net.nn", "points.csv"])
    #expect(outcome.output.contains("from 1e-07 to 10 in 100 steps"))
    let rate = try #require(
      outcome.output.firstMatch(of: /falls most steeply: `--lr ([0-9.e-]+)`\n/))
    #expect((0.001...1).contains(try #require(Double(rate.1))))
    let native = try find("--run", "native").outcome
    #expect(native.output == outcome.output)
  }

  @Test func itDraws() throws {
    let (outcome, files) = try find(
      "--run", "interpreter", "--plot", "@rates.svg", "-q", "-r", "f32")
    #expect(outcome == Outcome(status: .success, output: "", messages: ""))
    #expect(files.keys.sorted() == ["net.nn", "points.csv", "rates.svg"])
    let text = try #require(files["rates.svg"])
    #expect(text.contains("learning rate (logarithmic)") && text.contains(">smoothed</text>"))
    #expect(text.contains(">lr 0.") && !text.contains("nan"))
  }

  @Test func itTellsMachines() throws {
    let outcome = try find("--run", "interpreter", "--json", "--steps", "40").outcome
    #expect(outcome.output.hasPrefix(#"{"event":"find_lr","steps":"#))
    #expect(outcome.output.contains(#""suggestion":0."#))
  }

  @Test func whatHasNoMeaningBesideItIsRefused() throws {
    for words in [["-o", "@x.safetensors"], ["--lr", "1"], ["--epochs", "3"]] {
      let outcome = try find(words[0], words[1]).outcome
      #expect(outcome.status == .wrongCall && outcome.messages.contains("exclude each other"))
    }
    #expect(try find("--steps", "9").outcome.messages.contains("10 steps or more"))
    let rprop = try find(
      network: TrainCommandTests.network.replacing("adam", with: "rprop")
    ).outcome
    #expect(rprop.messages.contains("`rprop` asks for the learning rate only at first"))
  }
}
