import NNCDiagnostics

/// Messages about labels, and about the network as a whole.
let networkCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0210", "a label that cannot be",
    explanation: """
      A label names one layer. It is neither `x`, `y`, `t` nor `loss`, nor the name of a `let` or \
      of another layer.
      """,
    erroneous: "a: linear 2->2; a: tanh", corrected: "a: linear 2->2; b: tanh"),
  DiagnosticCode(
    "N0211", "unknown label",
    explanation: """
      `add` and `concat` join the output of an earlier layer, called by its label; `from` goes back to one, and `output` \
      makes it the network's.
      """,
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
    explanation: """
      `network`, `loss`, `train`, `weights`, `seed` and `output` stand at most once, and so does `input` without a name.
      """,
    erroneous: "linear 2->2; loss mse; loss mae", corrected: "linear 2->2; loss mse + mae"),
  DiagnosticCode(
    "N0214", "a statement in the wrong place",
    explanation: """
      `input` stands before the first layer; it, `output`, `network`, `loss`, `train`, `weights` and `seed` \
      belong to the whole network and stand outside every block.
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
    "N0219", "a parameter that cannot be shared",
    explanation: """
      A layer shares a parameter of an earlier one by its name, `weight=linear1.weight`. The parameter has the shape \
      that the layer needs, and is frozen, or not, by the layer that owns it.
      """,
    erroneous: "linear 2->3; linear 3->3 weight=linear1.weight",
    corrected: "linear 3->3; linear 3->3 weight=linear1.weight"),
  DiagnosticCode(
    "N0220", "what flows in does not fit the layer",
    explanation: """
      Layers for images and signals take `channels x height x width` or `channels x length`, and slide a window along all \
      axes but the first. The window must fit into what flows in and its padding; each size is one number, or one for each \
      of those axes; and `groups` divides the channels on both sides.
      """,
    erroneous: "input 1x4x4; conv 1->2 kernel=5", corrected: "input 1x4x4; conv 1->2 kernel=3"),
  DiagnosticCode(
    "N0221", "a block that cannot be used so",
    explanation: """
      `define NAME(a, b) { … }` names a block of layers. It is used as `NAME(32, 2)`, with one number for each of its \
      parameters, behind its definition, and not in its own body.
      """,
    erroneous: "define wide(c) { linear c; tanh }; input 2; wide(4, 2)",
    corrected: "define wide(c) { linear c; tanh }; input 2; wide(4)"),
  DiagnosticCode(
    "N0222", "numbers where names are wanted, or names where numbers are",
    explanation: """
      Whole numbers such as tokens, letters and classes are names, with which a layer cannot reckon. \
      `embedding V->D` gives each of V names a row of D numbers, which training finds; `onehot` gives \
      it V numbers, all 0 but one.
      """,
    erroneous: "input 8 of 27; linear 4", corrected: "input 8 of 27; embedding 27->4; linear 4"),
  DiagnosticCode(
    "N0223", "a scan that cannot be",
    explanation: """
      `scan NAME=SIZE { … }` does its block for each step of a sequence. In it `NAME` is what the step before left, zeros at \
      first; a layer with the label `NAME:` says what this step leaves, and with a single name the block's output does where \
      there is none. It takes numbers, steps x features, stands in no other scan, has no layer in it that does something else \
      in training or goes through steps itself, and asks for no derivative and for nothing of the whole batch.
      """,
    erroneous: "input 5x3; scan h=4 { concat h; linear 2 }",
    corrected: "input 5x3; scan h=4 { concat h; linear 4 }"),
  DiagnosticCode(
    "N0299", "too many errors",
    explanation: """
      After a thousand errors reading stops: the source is probably something other than a network.
      """,
    erroneous: String(repeating: "linear 0\n", count: 1001), corrected: "linear 2->2"),
]
