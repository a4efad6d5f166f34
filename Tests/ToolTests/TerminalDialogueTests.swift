import Foundation
import Testing

/// The built tool at a terminal: its line editor, its history, its interrupts.
@Suite struct TerminalDialogueTests {
  @Test func dialogueAtATerminal() throws {
    try withFolder { folder in
      let history = folder + "/history"
      let sample = root.appendingPathComponent("Samples/backprop.nn").path
      let tool = try RunningTool(["eval", sample], ["NNC_HISTORY": history])
      tool.expect("about the network backprop.")
      tool.expect("> ")

      // Editing: a wrong word is taken back, and completion finishes the name.
      var mark = tool.mark
      tool.type("1 + 4\u{7F}2\r")
      tool.expect("\n3\n", from: mark)
      mark = tool.mark
      tool.type("linear1.w\t[0, 0]\r")
      tool.expect("0.15\n", from: mark)

      // Up recalls the entry before, and an open bracket asks for a further line.
      mark = tool.mark
      tool.type("\u{1B}[A\u{1B}[A*2\r")
      tool.expect("1 + 2*2", from: mark)
      tool.expect("\n5\n", from: mark)
      mark = tool.mark
      tool.type("2*(3 +\r4)\r")
      tool.expect("… ", from: mark)
      tool.expect("\n14\n", from: mark)

      // What ends in `=` goes on.
      mark = tool.mark
      tool.type("let twice(a) =\r2*a\rtwice(21)\r")
      tool.expect("… ", from: mark)
      tool.expect("\n42\n", from: mark)

      // Ctrl-C drops a line, and stops a training that would take days.
      mark = tool.mark
      tool.type("nonsense\u{03}x = [0, 1]; t = [1, 0]\r")
      tool.expect("^C", from: mark)
      tool.type(":step 1000000000\r")
      tool.expect(":step 1000000000\n", from: mark)
      usleep(300_000)
      tool.interrupt()
      tool.expect("; stopped", from: mark)

      mark = tool.mark
      tool.type("help\r")
      tool.expect(":tangent EXPR NAME=VALUE", from: mark)
      tool.type("exit\r")
      #expect(tool.status() == 0)
      let entries = try String(contentsOfFile: history, encoding: .utf8).split(separator: "\n")
      #expect(entries.contains("1 + 2") && entries.contains(":step 1000000000"))
      #expect(!entries.contains { $0.contains("nonsense") })
    }
  }

  @Test func plainInputIsReadPlainly() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: RunningTool.path)
    process.arguments = ["eval"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.environment = ["NNC_HISTORY": ""]
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data("a = 2\na^3\nwhat?\n1".utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text == "8\n1\n")
    #expect(process.terminationStatus == 1)
  }
}
