import NNCTestSupport
import Testing

@testable import NNCText

/// What would end, begin or change something in one of the places.
private let pieces = [
  "*/", "/*", "*", "/", "\\", "\n", "\r", "\r\n", "??/", "??", "?", "\"", "'", "`", "```", "<", ">",
  "&", "&lt;",
  "</script>", "<!--", "]]>", "\\end{verbatim}", "\\end", "{verbatim}", "{", "}", "$", "%",
  "%%{init: {}}%%", "#",
  "#quot;", "=", "=1+1", "+", "-", "@", "@include", ",", ";", ".", ":", " ", "\t", "a", "1", "\\(",
  "\\u{41}",
  "__attribute__((constructor)) static void f(void){}", "\u{202E}", "\u{2066}", "\u{2028}",
  "\u{85}", "\u{0}",
  "\u{1B}[2J", "\u{7F}", "\u{200B}", "\u{FEFF}", "\u{E0041}", "\u{FFFE}", "é", "σ", "—", "_", "^",
  "~", "[x](y)", "|",
]

/// The comment of a network that became code in C: `*\ … \*`.
private let hostile = #"*\ __attribute__((constructor)) static void f(void){} \*"#

private func texts() -> [String] {
  var random = SplitMix(state: 7)
  var result = pieces + [hostile, hostile + "\\", #"?\?/"#]
  for _ in 0..<4000 {
    let count = 1 + Int(random.next() % 8)
    result.append(
      (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined())
  }
  return result
}

@Suite struct TextPlaceTests {
  @Test(arguments: [false, true]) func comments(_ trigraphs: Bool) {
    for text in texts() {
      let inner = text.escaped(for: .cComment)
      let code = "int a; /* \(inner) */ int b; /**< \(inner) */\n/**\n *     \(inner)\n */\nint c;"
      let tokens = ["int", "a", ";", "int", "b", ";", "int", "c", ";"]
      #expect(cTokens(code, trigraphs: trigraphs) == tokens, "\(text.debugDescription)")
      let swift =
        "let a // \(text.escaped(for: .swiftComment))\n/// \(text.escaped(for: .swiftComment))\n;"
      #expect(swiftTokens(swift).joined() == "leta;", "\(text.debugDescription)")
    }
  }

  /// Doxygen's commands begin with a backslash or an `@` right before a letter.
  @Test func commandsOfDoxygen() {
    for text in texts() {
      let scalars = Array(text.escaped(for: .cComment).unicodeScalars)
      for (mark, next) in zip(scalars, scalars.dropFirst()) where mark == "\\" || mark == "@" {
        #expect(next == " ")
      }
    }
  }

  @Test(arguments: [false, true]) func strings(_ trigraphs: Bool) {
    for text in texts() {
      let c = "a \"\(text.escaped(for: .cString))\" b"
      #expect(
        cTokens(c, trigraphs: trigraphs) == ["a", "<string>", "b"], "\(text.debugDescription)")
      let swift = "a \"\(text.escaped(for: .swiftString))\" b"
      #expect(swiftTokens(swift) == ["a", "<string>", "b"], "\(text.debugDescription)")
    }
  }

  @Test func markup() {
    for text in texts() {
      let inner = text.escaped(for: .markup)
      #expect(
        tags("<p title=\"\(inner)\">\(inner)</p>") == ["p 1", "/p 0"], "\(text.debugDescription)")
      #expect(!inner.contains("'") && !inner.contains("\""))
      let entities = inner.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
      for tail in entities {
        let isKnown = ["amp;", "lt;", "gt;", "quot;", "#39;"].contains { tail.hasPrefix($0) }
        #expect(isKnown, "\(text.debugDescription)")
      }
    }
  }

  @Test func markdown() {
    for text in texts() {
      var rest = Array(text.escaped(for: .markdown))[...]
      while let next = rest.popFirst() {
        if next == "\\" { _ = rest.popFirst() }
        #expect(!"`*_[]<>#|&!$~".contains(next), "\(text.debugDescription)")
      }
    }
  }

  @Test func latex() {
    let words: Set = [
      "textbackslash", "cdot", "times", "partial", "delta", "eta", "le", "ne", "land", "lor",
      "Sigma", "sigma",
      "odot", "otimes", "top", "to", "dots",
    ]
    for text in texts() {
      var rest = Array(text.escaped(for: .latex))[...]
      var depth = 0
      var dollars = 0
      while let next = rest.popFirst() {
        switch next {
        case "\\":
          let word = String(rest.prefix { $0.isASCII && $0.isLetter })
          if word.isEmpty {
            #expect("_%&#${}^~".contains(rest.first ?? "x"))
            rest = rest.dropFirst()
          } else {
            #expect(words.contains(word))
            rest = rest.dropFirst(word.count)
          }
        case "{": depth += 1
        case "}": depth -= 1
        case "$": dollars += 1
        case "%", "#", "&", "~": Issue.record("\(text.debugDescription)")
        case "^", "_": #expect(dollars % 2 == 1)
        default: break
        }
        #expect(depth >= 0)
      }
      #expect(depth == 0 && dollars % 2 == 0, "\(text.debugDescription)")
      #expect(!text.escaped(for: .latexVerbatim).contains("\\end{"), "\(text.debugDescription)")
    }
  }

  @Test func stringsOfDrawings() {
    for text in texts() {
      var rest = Array(text.escaped(for: .dot).unicodeScalars)[...]
      while let next = rest.popFirst() {
        if next == "\\" {
          let escaped = rest.popFirst()
          #expect(escaped == "\\" || escaped == "\"")
        }
        #expect(next != "\"", "\(text.debugDescription)")
      }
      let mermaid = text.escaped(for: .mermaid)
      let isEscaped = !mermaid.contains { "\"`%<>&\\".contains($0) }
      #expect(isEscaped, "\(text.debugDescription)")
    }
  }

  @Test func tables() {
    for text in texts() {
      let lines = fields("a,\(text.escaped(for: .csv)),b\n")
      #expect(lines.count == 2 && lines[0].count == 3, "\(text.debugDescription)")
      let field = lines[0][1].drop { $0 == " " }
      if let first = field.first, "=+-@".contains(first) { #expect(Double(text) != nil) }
    }
    #expect("-1.5".escaped(for: .csv) == "-1.5")
    #expect("=HYPERLINK(\"x\")".escaped(for: .csv) == "\"'=HYPERLINK(\"\"x\"\")\"")
    #expect("setosa".escaped(for: .csv) == "setosa")
  }

  @Test func manualPages() {
    for text in texts() {
      let inner = text.escaped(for: .manual)
      let isPlain = inner.unicodeScalars.allSatisfy { $0.isASCII }
      #expect(isPlain, "\(text.debugDescription)")
      #expect(inner.first != "." && inner.first != "'")
      for tail in inner.split(separator: "\\", omittingEmptySubsequences: false).dropFirst() {
        let isKnown = ["e", "-", "(aq", "(ha", "(ti", "[u", "&"].contains { tail.hasPrefix($0) }
        #expect(isKnown, "\(text.debugDescription)")
      }
    }
  }

  /// No place lets a character through that is not seen, or that turns the direction of writing.
  @Test(arguments: TextPlace.allCases) func invisible(_ place: TextPlace) {
    for text in texts() {
      let left = text.escaped(for: place).unicodeScalars.filter { isInvisible($0) }
      let isOwn = place == .markup || place == .latexVerbatim
      let areOwn = left.allSatisfy { isOwn && ($0 == "\n" || $0 == "\t") }
      #expect(areOwn, "\(text.debugDescription)")
    }
    #expect("a\u{202E}b".escaped(for: .swiftComment) == "a[U+202E]b")
  }

  /// What people write stays as it is.
  @Test(arguments: [
    TextPlace.cComment, .cString, .swiftComment, .swiftString, .csv, .latexVerbatim, .dot,
  ])
  func plain(_ place: TextPlace) {
    for text in ["linear 2->2; sigmoid", "# δ by h1, été (1.5)", "naïve 数 👩‍👩‍👧"] {
      let needsQuotes = place == .csv && (text.contains(";") || text.contains(","))
      #expect(text.escaped(for: place) == (needsQuotes ? "\"\(text)\"" : text))
    }
  }
}
