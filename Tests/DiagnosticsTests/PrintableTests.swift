import Testing

@testable import NNCDiagnostics

/// What would control a terminal is shown, and not done.
@Suite struct PrintableTests {
  @Test func everyControl() {
    for value in UInt32(0)...0x2FFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(scalar)b"
      let shown = printable(text)
      let isControl = scalar.properties.generalCategory == .control
      let isBidirectional = scalar.properties.isBidiControl
      if (isControl || isBidirectional) && scalar != "\n" && scalar != "\t" {
        #expect(
          shown.hasPrefix("a\\") && shown.hasSuffix("b") && shown.utf8.allSatisfy { $0 >= 0x20 })
        #expect(!shown.unicodeScalars.contains(scalar))
      } else if value != 0x2028, value != 0x2029 {
        #expect(shown == text)
      }
      #expect(printable(shown) == shown)
      let line = printableOnOneLine(text)
      #expect(!line.contains { $0.isNewline || $0 == "\t" } && printable(line) == line)
    }
    #expect(printable("ESC[2J: \u{1B}[2J") == "ESC[2J: \\u{1B}[2J")
    #expect(printableOnOneLine("a\nb") == "a\\nb")
  }

  @Test func jsonHoldsNoControls() {
    let text = jsonString("\u{9B}2J\u{202E}\u{7F}\u{0}")
    #expect(text == "\"\\u009b2J\\u202e\\u007f\\u0000\"")
  }
}
