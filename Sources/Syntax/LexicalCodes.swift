import NNCDiagnostics

/// The codes of what is no word, number or sign of the language.
let lexicalCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0100", "file too large",
    explanation: """
      A source may have at most 2147483646 bytes. Large tables of numbers belong in a file of \
      data, not in the network.
      """,
    erroneous: "", corrected: ""),
  DiagnosticCode(
    "N0101", "unknown character",
    explanation: """
      A network is written with letters, digits, `_`, and the signs `+ - * / ^ @ = < > ! ( ) [ \
      ] { } , : ; . " #`. Any other character may only stand in a comment or in quotes.
      """,
    erroneous: "linear 2->2 & sigmoid\n", corrected: "linear 2->2; sigmoid\n"),
  DiagnosticCode(
    "N0102", "character that looks like another",
    explanation: """
      Word processors and web pages put typographic characters in the place of plain ones: a \
      minus sign for `-`, a no-break space for a space. The message says which is meant.
      """,
    erroneous: "linear 2 → 3\n", corrected: "linear 2->3\n"),
  DiagnosticCode(
    "N0103", "text is not UTF-8",
    explanation: """
      A source is read as UTF-8. A file in another encoding, such as UTF-16 or Latin-1, must \
      be saved as UTF-8 first. A file of data was perhaps named by mistake.
      """,
    erroneous: "# written as UTF-16\n", corrected: "linear 2->3\n"),
  DiagnosticCode(
    "N0104", "letter that a name cannot have",
    explanation: """
      Names are made of the letters A to Z and a to z, digits and `_`, because they become \
      names in the emitted C and Swift.
      """,
    erroneous: "let α = 0.5\n", corrected: "let alpha = 0.5\n"),
  DiagnosticCode(
    "N0105", "text is not closed",
    explanation: """
      A text stands in double quotes, on one line. There are no escapes in it.
      """,
    erroneous: "data \"iris.csv\n", corrected: "data \"iris.csv\"\n"),
  DiagnosticCode(
    "N0106", "number with letters at its end",
    explanation: """
      A number is written `1`, `0.5` or `1e-3`, a shape `1x28x28`; a letter, digit or dot \
      cannot follow directly. A product needs its operator.
      """,
    erroneous: "loss 2y\n", corrected: "loss 2*y\n"),
  DiagnosticCode(
    "N0107", "number too large",
    explanation: """
      Numbers are double-precision floating-point numbers, up to about 1.8e308; the sizes in a \
      shape are whole numbers of 64 bits.
      """,
    erroneous: "train sgd lr=1e400\n", corrected: "train sgd lr=1e-4\n"),
  DiagnosticCode(
    "N0108", "power spelled `**`",
    explanation: """
      The power is written with `^`. It binds tighter than a minus before it, as in Python: \
      `-x^2` is `-(x^2)`.
      """,
    erroneous: "loss sum((y - t)**2)\n", corrected: "loss sum((y - t)^2)\n"),
  DiagnosticCode(
    "N0109", "shape in an expression",
    explanation: """
      `2x3` is a shape: the sizes 2 and 3. It may stand after `input`, after a layer's name, \
      or alone as the value of a key, but cannot be calculated with. For two times `x3` write \
      `2*x3`.
      """,
    erroneous: "loss sum(2x1)\n", corrected: "loss sum(2*x1)\n"),
]
