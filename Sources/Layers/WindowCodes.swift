import NNCDiagnostics

/// The messages about windows that slide over tensors in expressions.
let windowCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0323", "windows that do not fit",
    explanation: """
      `conv(x, w)` slides w, of shape outputs x channels x window, over x, of shape channels x \
      length or channels x height x width. `pad=` makes room on both sides of each axis, \
      `groups=` divides the channels.
      """,
    erroneous: "input 1x4; = conv(x, [[[1, 2, 3, 4, 5]]])",
    corrected: "input 1x4; = conv(x, [[[1, 2, 3, 4, 5]]], pad=1)")
]
