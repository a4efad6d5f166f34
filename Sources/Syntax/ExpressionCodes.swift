import NNCDiagnostics

/// The codes of mistakes within expressions.
let expressionCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0110", "bracket is never closed",
    explanation: """
      Each `(` and `[` needs its `)` or `]`. Inside them a line end is white space, so the \
      message also says where the next statement seems to begin.
      """,
    erroneous: "linear 2->1 weight=[[0.1, 0.2]\nsigmoid\n",
    corrected: "linear 2->1 weight=[[0.1, 0.2]]\nsigmoid\n"),
  DiagnosticCode(
    "N0111", "bracket closed by another kind",
    explanation: """
      `(` is closed by `)`, and `[` by `]`, the innermost first.
      """,
    erroneous: "linear 2->2 bias=[0.1, 0.2)\n", corrected: "linear 2->2 bias=[0.1, 0.2]\n"),
  DiagnosticCode(
    "N0112", "expression expected",
    explanation: """
      An operator, an opening bracket, `=` or `loss` is followed by an expression: a number, a \
      name, a call, a list, or one of these after a minus.
      """,
    erroneous: "loss mse/\n", corrected: "loss mse/2\n"),
  DiagnosticCode(
    "N0113", "operator expected",
    explanation: """
      Two values side by side mean nothing; a product is written with `*`.
      """,
    erroneous: "loss sum(2 y)\n", corrected: "loss sum(2*y)\n"),
  DiagnosticCode(
    "N0114", "comma expected",
    explanation: """
      The values of a list are divided by commas, and so are the rows of a matrix.
      """,
    erroneous: "linear 2->2 bias=[0.1 0.2]\n", corrected: "linear 2->2 bias=[0.1, 0.2]\n"),
  DiagnosticCode(
    "N0115", "chained comparison",
    explanation: """
      A comparison is 1 where it holds and 0 where it does not, so `a < b < c` would compare \
      that number with `c`. Multiply two comparisons to ask for both.
      """,
    erroneous: "loss sum(where(0 < y < 1, y, t))\n",
    corrected: "loss sum(where((0 < y)*(y < 1), y, t))\n"),
  DiagnosticCode(
    "N0116", "`=` in an expression",
    explanation: """
      `=` gives a value to a key or a name. Two values are compared with `==`.
      """,
    erroneous: "loss sum((y = t))\n", corrected: "loss sum((y == t))\n"),
  DiagnosticCode(
    "N0117", "plus without a left side",
    explanation: """
      There is a minus before a single value, but no plus: leave it out.
      """,
    erroneous: "train sgd lr=+0.1\n", corrected: "train sgd lr=0.1\n"),
  DiagnosticCode(
    "N0118", "comma in round brackets",
    explanation: """
      Round brackets that are no call hold one expression. A list stands in square brackets.
      """,
    erroneous: "loss sum((y, t))\n", corrected: "loss sum([y, t])\n"),
  DiagnosticCode(
    "N0119", "value after a key in a call",
    explanation: """
      In a call the values without a key come first, as in Python.
      """,
    erroneous: "loss sum(leaky_relu(slope=0.2, y))\n",
    corrected: "loss sum(leaky_relu(y, slope=0.2))\n"),
  DiagnosticCode(
    "N0120", "given twice",
    explanation: """
      A key may stand once in a statement or call, and the parameters of a function have \
      different names.
      """,
    erroneous: "train sgd lr=0.1 lr=0.2\n", corrected: "train sgd lr=0.1\n"),
  DiagnosticCode(
    "N0121", "sign that no expression has",
    explanation: """
      `->` stands between the widths of a layer and `:` after a label; in an expression they \
      mean nothing.
      """,
    erroneous: "loss sum(y -> t)\n", corrected: "loss sum(y - t)\n"),
  DiagnosticCode(
    "N0122", "end of the statement expected",
    explanation: """
      A statement ends at the end of its line or at `;`, and a block's `}` ends its statement \
      too.
      """,
    erroneous: "loss mse/2 train sgd lr=0.5\n", corrected: "loss mse/2; train sgd lr=0.5\n"),
  DiagnosticCode(
    "N0123", "expression nested too deeply",
    explanation: """
      At most five million brackets and operators of an expression may wait for their ends. Nobody \
      writes such an expression; the file is perhaps damaged.
      """,
    erroneous: "loss ((((y))))\n", corrected: "loss (y)\n"),
  DiagnosticCode(
    "N0145", "value given to an expression",
    explanation: """
      At the prompt, `=` gives a value to a name or to an element of a parameter: `x = [0.1, \
      0.2]`, `linear1.weight[0, 1] = 0.3`.
      """,
    erroneous: "a + b = 3\n", corrected: "a = 3\n"),
]
