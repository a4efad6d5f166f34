/// A text for LaTeX's text mode, with what fonts lack as mathematics.
func latex(_ text: String) -> String {
  replaced(text) { scalar in
    switch scalar {
    case "_", "%", "&", "#", "$", "{", "}": "\\\(scalar)"
    case "^": "\\^{}"
    case "~": "\\~{}"
    case "\\": "\\textbackslash{}"
    case "<", ">": "$\(scalar)$"
    case "—", "–": "--"
    default: latexSigns[scalar]
    }
  }
}

/// Mathematics' characters.
private let latexSigns: [Unicode.Scalar: String] = [
  "′": "$'$", "ⁿ": "$^{n}$", "⁻": "$^{-}$", "¹": "$^{1}$", "²": "$^{2}$", "−": "$-$",
  "·": "$\\cdot$", "×": "$\\times$", "∂": "$\\partial$", "δ": "$\\delta$", "η": "$\\eta$",
  "≤": "$\\le$", "≠": "$\\ne$", "∧": "$\\land$", "∨": "$\\lor$", "Σ": "$\\Sigma$",
  "σ": "$\\sigma$", "⊙": "$\\odot$", "⊗": "$\\otimes$", "ᵀ": "${}^{\\top}$", "→": "$\\to$",
  "…": "\\dots{}",
]

/// Only `\end{verbatim}`, just so, ends a verbatim: a blank is put into what begins like it.
func latexVerbatim(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    if scalar == "{", result.hasSuffix("\\end") { result += " " }
    if isInvisible(scalar), scalar != "\n", scalar != "\t" {
      result += numbered(scalar)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}
