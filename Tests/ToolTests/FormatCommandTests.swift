import Foundation
import Testing

@testable import NNCTool

@Suite struct FormatCommandTests {
  @Test func standardInputIsFormatted() {
    let outcome = nnc(["fmt", "-"], input: "linear 2->3;sigmoid # a\n")
    #expect(
      outcome == Outcome(status: .success, output: "linear 2->3; sigmoid  # a\n", messages: ""))
  }

  @Test func errorsKeepTheFile() throws {
    try withFolder { folder in
      let path = folder + "/net.nn"
      try "linear (2->3\n".write(toFile: path, atomically: false, encoding: .utf8)
      let outcome = nnc(["fmt", "-i", "--diagnostics=gcc", path])
      #expect(outcome.status == .wrongInput && outcome.output == "")
      #expect(outcome.messages.hasPrefix("\(path):1:"))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "linear (2->3\n")
    }
  }

  @Test func filesAreFormattedInPlaceAndChecked() throws {
    try withFolder { folder in
      let path = folder + "/net.nn"
      try "linear 2 ->3;tanh\n".write(toFile: path, atomically: false, encoding: .utf8)
      chmod(path, 0o640)
      #expect(nnc(["fmt", "--check", path]).output == "\(path)\n")
      #expect(nnc(["fmt", "--check", path]).status == .wrongInput)
      #expect(nnc(["fmt", "-i", path]) == Outcome(status: .success, output: "", messages: ""))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "linear 2->3; tanh\n")
      #expect(nnc(["fmt", "--check", path]) == Outcome(status: .success, output: "", messages: ""))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o640)
    }
  }

  @Test func manyFiles() throws {
    try withFolder { folder in
      let texts = ["linear 2  ->3\n", "tanh (\n", "tanh;relu\n"]
      let paths = texts.indices.map { "\(folder)/\($0).nn" }
      for (path, text) in zip(paths, texts) {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
      }
      let outcome = nnc(["fmt"] + paths)
      #expect(outcome.status == .wrongInput)
      #expect(outcome.output == "linear 2->3\ntanh; relu\n")
      #expect(outcome.messages.contains("1.nn:1:"))
    }
  }

  @Test func wrongCalls() {
    #expect(nnc(["fmt"]).status == .wrongCall)
    #expect(
      nnc(["fmt", "a.nn", "b.nn"]).messages
        == "nnc: there is no file `a.nn`\nnnc: there is no file `b.nn`\n")
    #expect(nnc(["fmt", "-i", "-"]).status == .wrongCall)
    #expect(nnc(["fmt", "-i", "-c", "a.nn"]).status == .wrongCall)
  }
}
