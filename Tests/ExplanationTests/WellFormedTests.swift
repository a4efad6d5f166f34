import Foundation
import NNC
import Testing

@testable import NNCExplanation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What is written is well formed, for every sample.
@Suite struct WellFormedTests {
  /// The page is XML, too: every element is closed, and nothing comes from elsewhere.
  @Test(arguments: sampleNames)
  func pages(_ name: String) throws {
    let page = try worksheet(name).explanation(as: .html)
    let start = try #require(page.range(of: "<html"))
    let parser = XMLParser(data: Data(page[start.lowerBound...].utf8))
    let reader = Reader()
    parser.delegate = reader
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") \(parser.lineNumber)")
    #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("url(http"))
    #expect(reader.addresses.allSatisfy { $0.hasPrefix("#") })
    #expect(reader.doubled.isEmpty, "\(reader.doubled)")
    #expect(reader.unnamedFigures == 0)
    #expect(page.utf8.count < 4_000_000)
  }

  /// LaTeX whose groups, environments and delimiters are balanced, and whose commands are known.
  @Test(arguments: sampleNames)
  func latex(_ name: String) throws {
    let text = try worksheet(name).explanation(as: .latex)
    #expect(problem(in: text) == nil)
    #expect(problem(in: text + "{") != nil && problem(in: text + "\\end{x}") != nil)
  }

  /// LaTeX itself takes every sample's file, where it is installed, and no line passes the margin.
  @Test(.enabled(if: TeX.program != nil), arguments: sampleNames)
  func latexCompiles(_ name: String) throws {
    let program = try #require(TeX.program)
    let text = try worksheet(name).explanation(as: .latex)
    #expect(try TeX.complaint(program, text) == nil)
    if name == "backprop" {
      #expect(try TeX.complaint(program, text.replacing("\\partial", with: "\\parcial")) != nil)
      let wide = text.replacing("maketitle", with: "maketitle\\rule{20cm}{1pt}")
      #expect(try TeX.complaint(program, wide)?.hasPrefix("Overfull") == true)
    }
  }

  private static let commands: Set<String> = [
    "documentclass", "usepackage", "setlength", "parindent", "title", "date", "begin", "end",
    "maketitle", "section", "subsection", "textbf", "texttt", "text", "frac", "left", "right",
    "partial", "delta", "mathrm", "operatorname", "sigma", "ln", "max", "min", "sqrt", "cdot",
    "approx", "quad", "hline", "endhead", "odot", "otimes", "top", "times", "le", "ne", "land",
    "lor", "lnot", "sin", "cos", "tan", "tanh", "dots", "to", "eta", "Sigma", "allowdisplaybreaks",
    "textbackslash", "raggedright", "displaystyle", "bigl", "bigr", "allowbreak", "par",
    "nopagebreak", "leftskip", "hangindent", "medskip", "lineskip", "lineskiplimit", "tabcolsep",
    "normalsize",
    "small", "footnotesize", "scriptsize", "newline",
  ]

  /// What is wrong with LaTeX, or nil.
  private func problem(in text: String) -> String? {
    var groups = 0
    var environments: [String] = []
    var delimiters = 0
    let plain = text.replacing(/(?s)\\begin\{verbatim\}.*?\\end\{verbatim\}/, with: "")
    var rest = plain[...]
    while let character = rest.popFirst() {
      switch character {
      case "{": groups += 1
      case "}":
        groups -= 1
        if groups < 0 { return "a } too many" }
      case "\\":
        let name = String(rest.prefix { $0.isASCII && $0.isLetter })
        if name.isEmpty {
          _ = rest.popFirst()
          continue
        }
        rest = rest.dropFirst(name.count)
        if !Self.commands.contains(name) { return "\\\(name)" }
        if name == "left" { delimiters += 1 }
        if name == "right" { delimiters -= 1 }
        guard name == "begin" || name == "end" else { continue }
        let environment = String(rest.dropFirst().prefix { $0 != "}" })
        if name == "begin" {
          environments.append(environment)
        } else if environments.popLast() != environment {
          return "\\end{\(environment)}"
        }
      default: if !character.isASCII { return "the character \(character)" }
      }
    }
    return groups == 0 && environments.isEmpty && delimiters == 0 ? nil : "something is not closed"
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var addresses: [String] = []
    var names: Set<String> = []
    var doubled: [String] = []
    var unnamedFigures = 0

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      if let address = attributes["href"] { addresses.append(address) }
      if let name = attributes["id"], !names.insert(name).inserted { doubled.append(name) }
      let isNamed = attributes["aria-label"] != nil || attributes["aria-labelledby"] != nil
      if ["img", "region", "group"].contains(attributes["role"] ?? ""), !isNamed {
        unnamedFigures += 1
      }
    }
  }
}
