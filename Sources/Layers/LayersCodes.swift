import Diagnostics

/// What each of this module's messages means, for `nnc help CODE`.
public let layersDiagnosticCodes: [DiagnosticCode] =
  layerCodes + networkCodes + expressionCodes + shapeCodes + definitionCodes + trainingCodes

/// Messages about a layer and what stands behind it.
private let layerCodes: [DiagnosticCode] = [
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

/// Messages about labels, and about the network as a whole.
private let networkCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0210", "a label that cannot be",
    explanation: """
      A label names one layer. It is neither `x`, `y`, `t` nor `loss`, nor the name of a `let` or \
      of another layer.
      """,
    erroneous: "a: linear 2->2; a: tanh", corrected: "a: linear 2->2; b: tanh"),
  DiagnosticCode(
    "N0211", "unknown label",
    explanation: "`add` and `concat` join the output of an earlier layer, called by its label.",
    erroneous: "skip: linear 2->2; tanh; add skp", corrected: "skip: linear 2->2; tanh; add skip"),
  DiagnosticCode(
    "N0212", "shapes that cannot be joined",
    explanation: """
      `add` and `residual` add two values number by number, so both must have one shape. `concat` \
      appends along the last axis; the other axes must be equal.
      """,
    erroneous: "input 3; residual { linear 3->4 }", corrected: "input 3; residual { linear 3->3 }"),
  DiagnosticCode(
    "N0213", "a statement stands twice",
    explanation: "`network`, `input`, `loss`, `train` and `seed` stand at most once.",
    erroneous: "linear 2->2; loss mse; loss mae", corrected: "linear 2->2; loss mse + mae"),
  DiagnosticCode(
    "N0214", "a statement in the wrong place",
    explanation: """
      `input` stands before the first layer; it, `network`, `loss`, `train` and `seed` belong to \
      the whole network and stand outside every block.
      """,
    erroneous: "linear 2->2; input 2", corrected: "input 2; linear 2->2"),
  DiagnosticCode(
    "N0215", "too large a network",
    explanation: """
      A network has at most 1,000,000 layers, those of `repeat` counted in every round, and at \
      most 2,147,483,647 numbers as parameters.
      """,
    erroneous: "linear 1000000->1000000", corrected: "linear 1000->1000"),
  DiagnosticCode(
    "N0216", "no layers",
    explanation: "A network has at least one layer.",
    erroneous: "input 2", corrected: "input 2; tanh"),
  DiagnosticCode(
    "N0217", "not a seed",
    explanation: "A seed is a whole number from 0 to 2^64 - 1.",
    erroneous: "linear 2->2; seed -1", corrected: "linear 2->2; seed 1"),
  DiagnosticCode(
    "N0218", "a constant used as a layer",
    explanation:
      "A `let` with arguments is a function and can be a layer; one without is a number.",
    erroneous: "let half = 0.5; linear 2->2; half",
    corrected: "let half(v) = 0.5*v; linear 2->2; half"),
  DiagnosticCode(
    "N0299", "too many errors",
    explanation: """
      After a thousand errors reading stops: the source is probably something other than a network.
      """,
    erroneous: String(repeating: "linear 0\n", count: 1001), corrected: "linear 2->2"),
]
