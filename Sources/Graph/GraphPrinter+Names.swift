import NNCAlgebra
import NNCText

// Names and numbers.
extension GraphPrinter {
  /// A name in the style: `delta_h1` is δ with the index h1, trailing digits are an index.
  public func spelled(_ name: String) -> String {
    if name.hasSuffix("'") { return primed(spelled(String(name.dropLast()))) }
    let parts = indexedParts(name)
    switch style {
    case .text: return name
    case .unicode:
      if name.hasPrefix("delta_") { return "δ_" + name.dropFirst(6) }
      return name
    case .latex: return parts.index.map { "\(latexStem(parts.stem))_{\($0)}" } ?? latexStem(name)
    case .mathml:
      let stem = "<mi>\(escaped(parts.stem))</mi>"
      return parts.index.map { "<msub>\(stem)\($0)</msub>" } ?? stem
    }
  }

  /// ∂of/∂by; the loss is E here.
  func derivative(_ of: String, _ by: String) -> Piece {
    let upper = of == "loss" ? "E" : spelled(of)
    let (top, lower) = (style == .mathml && of == "loss" ? "<mi>E</mi>" : upper, spelled(by))
    return switch style {
    case .text, .unicode: Piece("∂\(top)/∂\(lower)", binding: 25)
    case .latex: Piece("\\frac{\\partial \(top)}{\\partial \(lower)}", binding: 45)
    case .mathml:
      Piece(
        "<mfrac><mrow><mo>∂</mo>\(top)</mrow><mrow><mo>∂</mo>\(lower)</mrow></mfrac>", binding: 45)
    }
  }

  private func primed(_ name: String) -> String {
    style == .mathml
      ? "<msup>\(name)<mo>′</mo></msup>" : style == .unicode ? "\(name)′" : "\(name)'"
  }

  /// The stem of a name and its index, spelled; no index for names that have none.
  private func indexedParts(_ name: String) -> (stem: String, index: String?) {
    for (prefix, stem) in [("delta_", style == .latex ? "\\delta" : "δ"), ("net_", "net")]
    where name.hasPrefix(prefix) && name.count > prefix.count {
      return (stem, spelled(String(name.dropFirst(prefix.count))))
    }
    let stem = name.prefix { !$0.isNumber }
    let rest = name.dropFirst(stem.count)
    guard !stem.isEmpty, !rest.isEmpty, rest.allSatisfy({ $0.isNumber || $0 == "_" }),
      !stem.hasSuffix("_"), rest.last != "_"
    else { return (name, nil) }
    // h1_2 is element 2 of h1.
    let numbers = rest.split(separator: "_").joined(separator: ",")
    return (String(stem), style == .mathml ? "<mn>\(numbers)</mn>" : numbers)
  }

  private func latexStem(_ stem: String) -> String {
    if stem.count == 1 || stem.hasPrefix("\\") { return stem }
    return
      "\\mathrm{\(stem.split(separator: "_", omittingEmptySubsequences: false).joined(separator: "\\_"))}"
  }

  /// A number that is written so, in the style.
  public func numeral(_ text: String) -> String { written(text).text }

  /// Words in the style's formulas.
  public func words(_ text: String) -> String {
    switch style {
    case .text, .unicode: text
    case .latex: "\\text{\(text.escaped(for: .latex))}"
    // Blanks at the ends of an element are not shown.
    case .mathml: "<mtext>\(escaped(text.replacing(" ", with: "\u{A0}")))</mtext>"
    }
  }

  /// A number as short as it can be read back exactly: a fraction where its digits would be many.
  func number(_ value: Double) -> Piece {
    if let known = fraction(value) { return known }
    var text = value.description
    if text.hasSuffix(".0") { text.removeLast(2) }
    return written(text)
  }

  /// A number that is written so, in the style.
  func written(_ text: String) -> Piece {
    let isNegative = text.hasPrefix("-")
    var binding = isNegative ? 30 : Int.max
    switch style {
    case .text: return Piece(text, binding: binding)
    case .unicode:
      let text = text.replacing("-", with: "−")
      return isNegative ? signed(text, binding) : Piece(text, binding: binding)
    case .latex, .mathml: break
    }
    let digits = isNegative ? text.dropFirst() : text[...]
    let parts = digits.split(separator: "e")
    var result =
      style == .latex ? String(parts.first ?? digits) : marked(String(parts.first ?? digits))
    if parts.count == 2, let exponent = Int(parts[1]) {
      binding = min(binding, 20)
      result =
        style == .latex
        ? "\(result) \\cdot 10^{\(exponent)}"
        : "<mrow>\(result)<mo>·</mo><msup><mn>10</mn>\(written("\(exponent)").text)</msup></mrow>"
    }
    if !isNegative { return Piece(result, binding: binding) }
    return signed(style == .latex ? "-\(result)" : "<mrow><mo>−</mo>\(result)</mrow>", binding)
  }

  /// A text as markup, where it is not already.
  func marked(_ text: String) -> String {
    if text.hasPrefix("<") || style != .mathml { return text }
    return text.first?.isNumber == true ? "<mn>\(text)</mn>" : "<mtext>\(escaped(text))</mtext>"
  }

  /// A text with the characters that markup keeps for itself written otherwise.
  func escaped(_ text: String) -> String {
    style == .mathml ? text.escaped(for: .markup) : text
  }
}
