import Foundation
import NNCFormats
import Testing

@testable import NNCTool

/// What strangers wrote into files does nothing to the terminal of who reads them, and does not stop the tool.
@Suite struct HostileTextTests {
  static let sequences = "\u{1B}[2J\u{1B}]0;title\u{7}\u{9B}31m\u{202E}\u{2066}\u{7F}"

  private func hasControls(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
        || $0.properties.isBidiControl
    }
  }

  /// Names and texts of a file of weights, columns and classes of a table, names of files, words of a call.
  @Test func nothingReachesTheTerminal() throws {
    try withFolder { folder in
      let name = Self.sequences
      let weights = folder + "/a\(Self.sequences.replacing("\u{0}", with: "")).safetensors"
      try Safetensors.write(
        [NamedArray(name: name, shape: [1], values: [0])], metadata: [name: name, "a": "b\nc"],
        to: weights)
      let table = folder + "/t.csv"
      try "a\(name),b,\(name)\n1,2,\(name)\n3,4,x\n".write(
        toFile: table, atomically: true, encoding: .utf8)
      let network = folder + "/n.nn"
      try "linear 2->2\nloss cross_entropy; train sgd\n# \(name)\nrelo\(name)\n".write(
        toFile: network, atomically: true, encoding: .utf8)
      let sound = folder + "/s.nn"
      try "linear 2->2\nloss cross_entropy; train sgd\n".write(
        toFile: sound, atomically: true, encoding: .utf8)
      let calls = [
        ["weights", weights], ["weights", weights, "--json"], ["weights", weights + name],
        ["check", network], ["check", network, "--diagnostics", "gcc"],
        ["check", network, "--diagnostics", "json"], ["check", sound, "--weights", weights],
        ["train", sound, "-d", table, "-t", "b", "-o", folder + "/w"], [name],
        ["check", "--" + name],
        ["train", sound, "-d", table, "-t", "3", "-o", folder + "/w", "--epochs", "1"],
        ["train", sound, "-d", table, "-t", "q", "-o", folder + "/w"],
        ["evaluate", sound, "-d", table, "-t", "3", "-w", folder + "/w"],
        ["eval", "-e", "1 + \(name)"], ["help", name],
      ]
      for call in calls {
        let outcome = nnc(call)
        #expect(!hasControls(outcome.output), "\(call[0]): \(outcome.output.debugDescription)")
        #expect(!hasControls(outcome.messages), "\(call[0]): \(outcome.messages.debugDescription)")
        #expect(outcome.output + outcome.messages != "")
      }
    }
  }

  /// The text of a network does not make the tool read what has no end.
  @Test func devicesAreNotRead() {
    for file in ["/dev/zero", "/dev/stdin", "/proc/self/fd/0", "/"] {
      let outcome = nnc(["check", "-"], input: "linear 2->2\nweights \"\(file)\"\n")
      #expect(outcome.status == .wrongInput && !outcome.messages.isEmpty, "\(file)")
    }
  }

  /// What has more bytes than a network's text may have is read no further.
  @Test func endlessTexts() {
    for call in [["check", "/dev/zero"], ["fmt", "/dev/zero"]] {
      let outcome = nnc(call)
      #expect(outcome.status == .wrongInput && outcome.messages.contains("the most for"))
    }
  }
}
