import NNCDiagnostics

/// The codes of mistakes in statements.
let statementCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0130", "statement expected",
    explanation: """
      A statement begins with a word: `network`, `input`, `from`, `output`, `param`, `let`, `define`, `loss`, \
      `train`, `weights`, `seed`, `repeat`, `residual`, `scan`, or the name or label of a layer; or with `=`, before an expression.
      """,
    erroneous: "2->3\n", corrected: "linear 2->3\n"),
  DiagnosticCode(
    "N0131", "assignment in a network",
    explanation: """
      A network is a list of layers, which take what flows in by themselves. A constant is \
      defined with `let`; a layer gets a name as a label, with a colon.
      """,
    erroneous: "h = linear 2->3\n", corrected: "h: linear 2->3\n"),
  DiagnosticCode(
    "N0132", "layer written as a call",
    explanation: """
      A layer is its name, then its sizes and `key=value` after blanks. It is applied to what \
      flows in, so it takes no argument in brackets.
      """,
    erroneous: "linear(2, 3)\nsigmoid(x)\n", corrected: "linear 2->3\nsigmoid\n"),
  DiagnosticCode(
    "N0133", "name expected",
    explanation: """
      `network` and `let` are followed by a name, `train` by the name of an update rule, `from` and `output` by \
      labels. A name is made of letters, digits and `_`, and does not begin with a digit.
      """,
    erroneous: "train lr\ntrain 0.5\n", corrected: "train sgd lr=0.5\n"),
  DiagnosticCode(
    "N0134", "size expected",
    explanation: """
      After a layer's name come sizes (`2->3`, `0.2`, `3x3`), names and `key=value`, divided \
      by blanks; after `input` a shape, perhaps with a name before it, after `seed` and `repeat` a whole number, after `weights` a text. Only the \
      value of a key can be calculated.
      """,
    erroneous: "linear 2, x\n", corrected: "linear 2->3\n"),
  DiagnosticCode(
    "N0135", "size after a key",
    explanation: """
      What stands without a key comes before all `key=value`.
      """,
    erroneous: "linear bias=no 2->3\n", corrected: "linear 2->3 bias=no\n"),
  DiagnosticCode(
    "N0136", "`key=value` expected",
    explanation: """
      After the name of an update rule come its settings, each as `key=value`, divided by \
      blanks.
      """,
    erroneous: "train sgd 0.5\n", corrected: "train sgd lr=0.5\n"),
  DiagnosticCode(
    "N0137", "label without a layer",
    explanation: """
      A label stands before a layer, on the same line. Blocks and other statements have no \
      labels, and a layer has one at most.
      """,
    erroneous: "start: loss mse\n", corrected: "start: sigmoid\nloss mse\n"),
  DiagnosticCode(
    "N0138", "`=` expected in `let`",
    explanation: """
      `let` defines a constant, `let c = 0.5`, or a function, `let f(a) = a^2`.
      """,
    erroneous: "let slope 0.5\n", corrected: "let slope = 0.5\n"),
  DiagnosticCode(
    "N0139", "parameter expected",
    explanation: """
      The parameters of a function are one name or several, divided by commas, in round \
      brackets.
      """,
    erroneous: "let f(2) = 4\n", corrected: "let f(a) = a^2\n"),
  DiagnosticCode(
    "N0140", "block expected",
    explanation: """
      `repeat N`, `residual` and `scan` are followed by a block in braces; its `{` stands on the same \
      line.
      """,
    erroneous: "repeat 3\n{\n  tanh\n}\n", corrected: "repeat 3 {\n  tanh\n}\n"),
  DiagnosticCode(
    "N0141", "block after a layer",
    explanation: """
      Only `repeat N`, `residual` and `scan` have a block.
      """,
    erroneous: "repat 3 { tanh }\n", corrected: "repeat 3 { tanh }\n"),
  DiagnosticCode(
    "N0142", "block of its own",
    explanation: """
      A block belongs to the `repeat N`, `residual` or `scan` before it, on the same line.
      """,
    erroneous: "{ tanh }\n", corrected: "residual { tanh }\n"),
  DiagnosticCode(
    "N0143", "`}` without `{`",
    explanation: """
      There is no open block that this brace could close: a `{` is missing before, or the \
      brace is too many.
      """,
    erroneous: "tanh }\n", corrected: "repeat 2 { tanh }\n"),
  DiagnosticCode(
    "N0144", "block is never closed",
    explanation: """
      The file ends inside a block; each `{` needs its `}`.
      """,
    erroneous: "residual {\n  tanh\n", corrected: "residual {\n  tanh\n}\n"),
  DiagnosticCode(
    "N0146", "step of a rule expected",
    explanation: """
      An update rule is a name, its keys with their values, and its steps in braces: \
      `rule mine(lr=0.1) { w = w - lr*g }`.
      """,
    erroneous: "rule mine(lr=0.1) { tanh }\n", corrected: "rule mine(lr=0.1) { w = w - lr*g }\n"),
  DiagnosticCode(
    "N0199", "too many errors",
    explanation: """
      After 1000 errors the rest are not shown. The file is perhaps not a network at all.
      """,
    erroneous: "1\n2\n3\n", corrected: "linear 1->2\n"),
]
