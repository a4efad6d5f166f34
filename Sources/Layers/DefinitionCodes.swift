import NNCDiagnostics

/// Messages about `let`, and about giving values.
let definitionCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0320", "a name that is taken",
    explanation: """
      A `let` has a name of its own: not that of a layer, a function or another `let`, and not \
      `x`, `y`, `t` or `loss`.
      """,
    erroneous: "let tanh(v) = v; linear 2->2; tanh",
    corrected: "let plain(v) = v; linear 2->2; plain"),
  DiagnosticCode(
    "N0321", "defined by itself",
    explanation: """
      A `let` is written out where it is used, so it cannot mention itself, nor others that \
      mention it. The order of the `let`s does not matter.
      """,
    erroneous: "let f(v) = g(v); let g(v) = 2*f(v); linear 2->2; f",
    corrected: "let f(v) = g(v); let g(v) = 2*v; linear 2->2; f"),
  DiagnosticCode(
    "N0322", "not a place for a value",
    explanation: """
      Only `x`, `t`, parameters, their elements and, without a network, variables can be given a \
      value.
      """,
    erroneous: "y = 1", corrected: "x = 1"),
]
