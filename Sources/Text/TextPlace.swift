/// A kind of place that a text is written to: each has lexical rules, and one escape made by them.
///
/// Whatever may come from a user goes through the escape of its place where it is written, and nowhere else: comments and
/// names of a network, names of classes, columns and files, notes beside weights. In every place the text then is a piece
/// of one token, which no text can end. Characters that nobody sees, or that change how others are seen
/// (``isInvisible(_:)``), are spelled by their numbers: `[U+202E]`.
public enum TextPlace: String, Sendable, CaseIterable {
  /// A comment of C or C++, `/* … */`; of documentation too, as Doxygen reads it.
  case cComment
  /// A string of C, between its quotes.
  case cString
  /// A line's comment in Swift, behind `//` or `///`.
  case swiftComment
  /// A string of Swift, between its quotes.
  case swiftString
  /// HTML, SVG, MathML or other XML: text, or the value of an attribute between double quotes.
  case markup
  /// A paragraph or a heading of Markdown.
  case markdown
  /// LaTeX's text mode.
  case latex
  /// A `verbatim` of LaTeX.
  case latexVerbatim
  /// A string of Graphviz's dot, between its quotes.
  case dot
  /// A string of Mermaid, between its quotes.
  case mermaid
  /// A field of CSV, with its quotes where it needs them.
  case csv
  /// The text of a man page, behind the beginning of a line.
  case manual
}

extension String {
  /// The text as it is spelled in a place, where it can end or begin nothing.
  public func escaped(for place: TextPlace) -> String {
    let text = place.keepsLines ? self : visible(self)
    return switch place {
    case .cComment: cComment(text)
    case .cString: cString(text)
    case .swiftComment: text
    case .swiftString: swiftString(text)
    case .markup: markup(text)
    case .markdown: markdown(text)
    case .latex: latex(text)
    case .latexVerbatim: latexVerbatim(text)
    case .dot: dot(text)
    case .mermaid: mermaid(text)
    case .csv: csv(text)
    case .manual: manual(text)
    }
  }
}

extension TextPlace {
  /// Whether ends of lines and tabulators are a text's own there.
  fileprivate var keepsLines: Bool { self == .markup || self == .latexVerbatim }
}

/// Whether a character is never shown, or changes how others are shown or read: controls, separators of lines, what turns
/// the direction of writing, blanks without width, tags, and what is no character at all.
public func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0xAD: true
  // Direction: Unicode's bidirectional controls, by which code reads otherwise than it runs.
  case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
  // Without width, separators, and deprecated controls of format.
  case 0x180E, 0x200B, 0x2028, 0x2029, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB:
    true
  case 0xE0000...0xE007F: true
  default: scalar.value & 0xFFFE == 0xFFFE || 0xFDD0...0xFDEF ~= scalar.value
  }
}

/// `[U+202E]`
func numbered(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return "[U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "]"
}

/// The text with what is invisible spelled by its number.
func visible(_ text: String) -> String {
  if !text.unicodeScalars.contains(where: isInvisible) { return text }
  return replaced(text) { isInvisible($0) ? numbered($0) : nil }
}

/// The text with some characters replaced; nil keeps one.
func replaced(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if let other = replacement(scalar) {
      result.append(contentsOf: other.unicodeScalars)
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}
