import NNCDiagnostics
import Testing

/// The form for people, letter by letter.
struct HumanRendererTests {
  @Test func oneLabel() {
    #expect(
      Marked("tanh\n«sigmod» # c\n").rendered(["no such layer"], notes: ["a note"]) == """
        error[N0000]: something is wrong
         --> net.nn:2:1
          |
        2 | sigmod # c
          | ^^^^^^ no such layer
          |
          = note: a note


        """)
  }

  @Test func severalLabels() {
    #expect(
      Marked("a «b» c «dd» e «f»\n\n\n\n\n\n\n\n\n«g»").rendered(["one", "two", "three", "four"])
        == """
        error[N0000]: something is wrong
          --> net.nn:1:3
           |
         1 | a b c dd e f
           |   ^   --   - three
           |   |   |
           |   |   two
           |   one
        ...
        10 | g
           | - four


        """)
  }

  @Test func overlappingLabels() {
    #expect(
      Marked("linear «2->«3»»").rendered(["width", "all"]) == """
        error[N0000]: something is wrong
         --> net.nn:1:11
          |
        1 | linear 2->3
          |        ---^
          |        |  |
          |        |  width
          |        all


        """)
  }

  @Test func acrossLines() {
    #expect(
      Marked("let a = «[1,\n  2,\n  3]» # c").rendered(["this list"]) == """
        error[N0000]: something is wrong
         --> net.nn:1:9
          |
        1 | let a = [1,
          |         ^^^
        ...
        3 |   3] # c
          |   ^^ this list


        """)
  }

  /// What stands before the place, and how far right its underline then begins.
  @Test(arguments: [
    ("abc", 3), ("äöü", 3), ("漢字", 4), ("e\u{301}", 1), ("😀", 2), ("👩‍👩‍👧", 2), ("\t", 4),
    ("a\t", 4), ("abcd\t", 8), ("漢\t", 4), ("❤\u{FE0F}", 2), ("\u{0}\u{1B}", 2), ("한글", 4),
    ("\u{FEFF}", 0), ("ｆ", 2), ("x\u{200B}", 1),
  ])
  func columns(before: String, column: Int) throws {
    let lines = Marked(before + "«ab»").rendered([""]).split(separator: "\n")
    let underline = try #require(lines.first { $0.contains("^") })
    #expect(underline == "  | " + String(repeating: " ", count: column) + "^^")
  }

  /// What is underlined, and how wide.
  @Test(arguments: [("漢字", 4), ("👩‍👩‍👧", 2), ("\t", 4), ("", 1), ("e\u{301}x", 2), ("😀a", 3)])
  func widths(text: String, width: Int) throws {
    let lines = Marked("«\(text)» z").rendered([""]).split(separator: "\n")
    let underline = try #require(lines.first { $0.contains("^") })
    #expect(underline == "  | " + String(repeating: "^", count: width))
  }

  @Test func invalidBytes() {
    let source = SourceFile(name: "net.nn", bytes: [0x61, 0xFF, 0xE2, 0x82, 0x62, 0x63])
    let diagnostic = Diagnostic("N0000", "wrong", at: SourceSpan(5, 6), label: "c")
    #expect(
      render([diagnostic], in: source, as: .human(colour: false)) == """
        error[N0000]: wrong
         --> net.nn:1:5
          |
        1 | a��bc
          |     ^ c


        """)
  }

  @Test func withoutPlace() {
    let diagnostic = Diagnostic(
      "N0000", .warning, "wrong", at: nil, label: "no place", notes: ["n"])
    #expect(
      render([diagnostic], in: SourceFile(name: "net.nn", text: "abc"), as: .human(colour: false))
        == """
        warning[N0000]: wrong
         --> net.nn
          = note: no place
          = note: n


        """)
  }

  @Test func atTheEnd() {
    #expect(
      Marked("abc\n«»").rendered(["end"]) == """
        error[N0000]: something is wrong
         --> net.nn:2:1
          |
        2 |
          | ^ end


        """)
  }

  @Test func colours() {
    let marked = Marked("«a» «b»")
    let text = render([marked.diagnostic(["x", "y"])], in: marked.source, as: .human(colour: true))
    #expect(text.contains("\u{1B}[1;31merror[N0000]\u{1B}[0m"))
    #expect(text.contains("\u{1B}[1;31m^\u{1B}[0m \u{1B}[1;34m-\u{1B}[0m"))
    let plain = text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == marked.rendered(["x", "y"]))
  }

  /// A source cannot send commands to the terminal.
  @Test func controlCharactersAreShown() {
    let marked = Marked("«\u{1B}[31m\u{7}\u{202E}»")
    var diagnostic = marked.diagnostic(["\u{1B}[2J"])
    diagnostic.message = "`\u{1B}[31m\n`"
    for form in [.human(colour: false), .gcc, .json] as [DiagnosticForm] {
      let text = render([diagnostic], in: marked.source, as: form)
      #expect(!text.unicodeScalars.contains("\u{1B}"))
      #expect(!text.unicodeScalars.contains("\u{7}"))
    }
  }
}
