import NNCDiagnostics
import Foundation
import Testing

/// The forms for programs.
struct MachineFormTests {
  @Test func gcc() {
    let marked = Marked("tanh\nä «sigmod»")
    let text = render([marked.diagnostic(["x"])], in: marked.source, as: .gcc)
    #expect(text == "net.nn:2:3: error: something is wrong [N0000]\n")
    let warning = Diagnostic("N0001", .warning, "odd", at: nil)
    #expect(render([warning], in: marked.source, as: .gcc) == "net.nn: warning: odd [N0001]\n")
  }

  @Test func json() throws {
    let marked = Marked("tanh\nä «sigmod» «b»")
    let fix = Diagnostic.Fix("did you mean \"x\"?", replace: marked.spans[0], with: "x\\\n\t\u{1}")
    let diagnostic = marked.diagnostic(["l", "m"], notes: ["n"], fixes: [fix])
    let lines = render([diagnostic, diagnostic], in: marked.source, as: .json).split(
      separator: "\n")
    #expect(lines.count == 2)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    #expect(object["code"] as? String == "N0000")
    #expect(object["severity"] as? String == "error")
    #expect(object["message"] as? String == "something is wrong")
    #expect(object["file"] as? String == "net.nn")
    #expect(object["label"] as? String == "l")
    #expect(object["line"] as? Int == 2)
    #expect(object["column"] as? Int == 3)
    #expect(object["endColumn"] as? Int == 9)
    #expect(object["start"] as? Int == 8)
    #expect(object["end"] as? Int == 14)
    #expect(object["notes"] as? [String] == ["n"])
    let related = try #require(object["related"] as? [[String: Any]])
    #expect(related.first?["label"] as? String == "m")
    #expect(related.first?["column"] as? Int == 10)
    let fixes = try #require(object["fixes"] as? [[String: Any]])
    #expect(fixes.first?["message"] as? String == "did you mean \"x\"?")
    #expect(fixes.first?["replacement"] as? String == "x\\\n\t\u{1}")
  }

  @Test func jsonWithoutPlace() throws {
    let text = render(
      [Diagnostic("N0000", "wrong", at: nil, label: "l")], in: SourceFile(name: "é\"", text: ""),
      as: .json)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["file"] as? String == "é\"")
    #expect(object["line"] == nil)
  }
}
