import NNCDiagnostics
import NNCSyntax
import Testing

/// Input that wants to crash or stall the compiler.
struct HostileTests {
  /// Parses, renders in every form and formats; gives the codes.
  @discardableResult
  func survive(_ bytes: [UInt8]) -> [String] {
    let source = SourceFile(name: "net.nn", bytes: bytes)
    let (tree, diagnostics) = parse(source)
    #expect(violation(tree) == nil)
    for form in [.human(colour: true), .human(colour: false), .gcc, .json] as [DiagnosticForm] {
      let isHuman = form == .human(colour: true) || form == .human(colour: false)
      let shown = isHuman ? Array(diagnostics.suffix(5)) : diagnostics
      let text = render(shown, in: source, as: form)
      #expect(text.utf8.count < 4000 * (diagnostics.count + 1))
    }
    if diagnostics.isEmpty { #expect(format(source).text != nil) }
    return diagnostics.map(\.code)
  }

  @discardableResult
  func survive(_ text: String) -> [String] { survive(Array(text.utf8)) }

  static let depth = 12_000
  func nest(_ open: String, _ core: String, _ close: String) -> String {
    String(repeating: open, count: Self.depth) + core + String(repeating: close, count: Self.depth)
  }

  @Test(arguments: [
    "", "\n", ";", "# only a comment", "# comments\r# and CR\r", "\u{FEFF}", " \t ", "\r\n\r\n",
    "\u{FEFF}# a mark and a comment\r\n;;;",
  ])
  func emptyFiles(text: String) { #expect(survive(text) == []) }

  @Test func lineEnds() {
    let expected = parsed("linear 2->3\nsigmoid")
    #expect(parsed("linear 2->3\rsigmoid\r") == expected)
    #expect(parsed("\u{FEFF}linear 2->3\r\nsigmoid\r\n") == expected)
    #expect(parsed("linear 2->3;sigmoid") == expected)
  }

  @Test func deepBrackets() {
    #expect(survive("loss " + nest("(", "y", ")")) == [])
    #expect(survive("linear 1->1 weight=" + nest("[", "1", "]")) == [])
    #expect(survive("loss " + nest("f(", "y", ")")) == [])
    #expect(survive("loss " + nest("f(k=", "y", ")")) == [])
    #expect(survive("loss " + nest("-", "y", "")) == [])
    #expect(survive("loss " + nest("2^", "y", "")) == [])
    #expect(survive("loss y" + nest("[1]", "", "")) == [])
    #expect(survive("loss y" + nest("+1", "", "*2")) == [])
    #expect(survive("loss " + nest("y[", "0", "]")) == [])
  }

  /// A million brackets: too many for any recursion.
  @Test func aMillionBrackets() {
    let count = 1_000_000
    let open = String(repeating: "(", count: count)
    let (tree, diagnostics) = parse(source("loss \(open)y\(String(repeating: ")", count: count))"))
    #expect(diagnostics == [])
    #expect(tree.description == "(loss y)\n")
  }

  @Test func deepBlocks() {
    #expect(survive(nest("repeat 2 {", "tanh", "}")) == [])
    #expect(survive(nest("residual {\n", "tanh\n", "}\n")) == [])
  }

  @Test func unclosed() {
    #expect(survive("loss " + nest("(", "", "")) == ["N0110"])
    #expect(survive("loss " + nest("[", "1", "")) == ["N0110"])
    #expect(survive("loss " + nest("(", "y", "]")).count == HostileTests.limit)
    #expect(survive(nest("residual {", "", "")) == ["N0144"])
    #expect(survive(nest("}", "", "")).count == HostileTests.limit)
    #expect(survive("loss " + nest("([", "y", "])")) == [])
    #expect(survive(nest("loss (\n", "", "")).count == HostileTests.limit)
    #expect(survive(nest("loss (y\n", "", "")).count == HostileTests.limit)
    #expect(survive(nest("linear 2->2 weight=[\n", "", "")).count == HostileTests.limit)
  }
  static let limit = 1001

  @Test func strangeBytes() {
    #expect(survive([UInt8](repeating: 0, count: 30_000)) == ["N0101"])
    #expect(survive([UInt8](repeating: 0xFF, count: 30_000)) == ["N0103"])
    #expect(survive([UInt8](repeating: 0xE2, count: 30_000)) == ["N0103"])
    #expect(survive(Array("linear 2->3\0\nsigmoid".utf8)) == ["N0101"])
    var random = Random(seed: 1)
    for _ in 0..<50 { survive((0..<300).map { _ in UInt8(truncatingIfNeeded: random.next()) }) }
    for byte in UInt8.min...UInt8.max { survive([byte]) }
    for byte in UInt8.min...UInt8.max { survive(Array("loss (y".utf8) + [byte] + [0x29]) }
  }

  @Test func longLines() {
    let size = 2_000_000
    #expect(survive([UInt8](repeating: UInt8(ascii: "a"), count: size)) == [])
    #expect(survive([UInt8](repeating: UInt8(ascii: " "), count: size)) == [])
    #expect(survive([UInt8](repeating: UInt8(ascii: "#"), count: size)) == [])
    #expect(survive(Array("seed ".utf8) + [UInt8](repeating: 0x39, count: size)) == ["N0107"])
    #expect(survive("# " + String(repeating: "é", count: size / 4) + "\nloss )") == ["N0112"])
    #expect(survive("loss y" + String(repeating: " ", count: size) + ")") == ["N0122"])
  }

  @Test func longLists() {
    let list = "linear 1->1 bias=[" + String(repeating: "0.5, ", count: 30_000)
    #expect(survive(list + "1]") == [])
    #expect(survive(list + "1 $ 2]") == ["N0101"])
    #expect(survive(list + "1").count == 1)
    #expect(survive(String(repeating: "tanh; ", count: 30_000) + "(") == ["N0130"])
    #expect(survive(String(repeating: "1 ; ", count: 30_000)).count == HostileTests.limit)
    #expect(survive(String(repeating: "é ; $ ", count: 30_000)).count >= HostileTests.limit)
  }
}
