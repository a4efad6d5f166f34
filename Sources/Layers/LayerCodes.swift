import NNCDiagnostics

/// Messages about a layer and what stands behind it.
let layerCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0201", "unknown layer",
    explanation: """
      The first word of a line is no kind of layer, no scalar function and no function of a `let`. \
      A function of one argument becomes a layer by its name alone.
      """,
    erroneous: "linear 2->3; sigmiod", corrected: "linear 2->3; sigmoid"),
  DiagnosticCode(
    "N0202", "widths do not fit",
    explanation: """
      `I->O` states how many numbers a layer takes and gives. The first is checked against what \
      flows in from the layer before it. `linear ->O` takes what comes.
      """,
    erroneous: "linear 2->3; linear 4->1", corrected: "linear 2->3; linear 3->1"),
  DiagnosticCode(
    "N0203", "the input's shape is not known",
    explanation: """
      The first layer says how wide the input is, as in `linear 2->3`. Where it does not, an \
      `input` statement before it must.
      """,
    erroneous: "tanh; linear ->1", corrected: "input 2; tanh; linear ->1"),
  DiagnosticCode(
    "N0204", "not a size",
    explanation: """
      Widths, the sizes of an input and the count of `repeat` are whole numbers from 1 on. They \
      may be constants of a `let`.
      """,
    erroneous: "linear 2->0", corrected: "linear 2->1"),
  DiagnosticCode(
    "N0205", "a layer is given what it does not take",
    explanation: """
      Without a key, `linear` takes its widths, `dropout` a probability, `add` and `concat` a \
      label; other layers take nothing. What else a layer takes is given by keys.
      """,
    erroneous: "linear 2->3; leaky_relu 0.2", corrected: "linear 2->3; leaky_relu slope=0.2"),
  DiagnosticCode(
    "N0206", "a layer's keys do not fit",
    explanation: """
      A layer has keys of its own: those of its parameters, or the further arguments of its \
      function. Arguments of a user's function all need a value.
      """,
    erroneous: "linear 2->3; elu aplha=0.5", corrected: "linear 2->3; elu alpha=0.5"),
  DiagnosticCode(
    "N0207", "a value that is not possible",
    explanation: """
      Truth values are `yes` and `no`; probabilities and decay rates lie from 0 on and below 1; \
      learning rates are not negative.
      """,
    erroneous: "linear 2->3; dropout 1.5", corrected: "linear 2->3; dropout 0.5"),
  DiagnosticCode(
    "N0208", "a literal of the wrong shape",
    explanation: """
      The weight of `linear I->O` has O rows of I numbers, one row for each output, as in PyTorch; \
      its bias has O numbers. A single number fills the whole tensor.
      """,
    erroneous: "linear 2->1 weight=[1, 2]", corrected: "linear 2->1 weight=[[1, 2]]"),
  DiagnosticCode(
    "N0209", "unknown initialiser",
    explanation: """
      `init=` chooses how the parameters begin: `pytorch`, `he`, `xavier`, `lecun`, `normal`, \
      `uniform` or `zeros`.
      """,
    erroneous: "linear 2->3 init=xaver", corrected: "linear 2->3 init=xavier"),
]
