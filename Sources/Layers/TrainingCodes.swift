import NNCDiagnostics

/// Messages about `loss` and `train`.
let trainingCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0401", "a loss of several numbers",
    explanation:
      "Training makes a single number small: the loss of one sample, averaged over them.",
    erroneous: "linear 2->2; loss (y - t)^2", corrected: "linear 2->2; loss sum((y - t)^2)"),
  DiagnosticCode(
    "N0402", "unknown update rule",
    explanation: "`nnc help rules` lists the update rules; `rule` makes one of your own.",
    erroneous: "linear 2->2; loss mse; train adm", corrected: "linear 2->2; loss mse; train adam"),
  DiagnosticCode(
    "N0403", "unknown key of an update rule",
    explanation: "Each update rule has keys of its own, in PyTorch's names and with its defaults.",
    erroneous: "linear 2->2; loss mse; train sgd beta1=0.9",
    corrected: "linear 2->2; loss mse; train adam beta1=0.9"),
  DiagnosticCode(
    "N0404", "Nesterov's rule without momentum",
    explanation:
      "`nesterov=yes` changes how momentum is used, so there must be some, and it is not damped.",
    erroneous: "linear 2->2; loss mse; train sgd nesterov=yes",
    corrected: "linear 2->2; loss mse; train sgd nesterov=yes momentum=0.9"),
  DiagnosticCode(
    "N0405", "training without a loss",
    explanation: "`train` makes the loss small, so the network needs one.",
    erroneous: "linear 2->2; train sgd", corrected: "linear 2->2; loss mse; train sgd"),
  DiagnosticCode(
    "N0406", "nothing to train",
    explanation: "A network that is trained has a parameter that is not frozen.",
    erroneous: "linear 2->2 frozen=yes; loss mse; train sgd",
    corrected: "linear 2->2 frozen=bias; loss mse; train sgd"),
  DiagnosticCode(
    "N0407", "keys that exclude each other",
    explanation: """
      A gradient is bounded by its norm or element by element, not both; and what a key of \
      several numbers gives, such as `betas`, is not given once more.
      """,
    erroneous: "linear 2->2; loss mse; train adam betas=0.9,0.99 beta1=0.8",
    corrected: "linear 2->2; loss mse; train adam betas=0.8,0.99"),
  DiagnosticCode(
    "N0408", "a rule that cannot be",
    explanation: """
      A rule of your own has a name that no other has, a key `lr`, and a step that assigns to \
      `w`. `w` is the parameter, `g` its gradient, `step` the number of the step from 1. What is \
      read before it is assigned is kept from step to step and begins with 0; it has the \
      parameter's shape.
      """,
    erroneous: "rule mine(lr=0.1) { v = 0.9*v + g }; linear 2->2; loss mse; train mine",
    corrected:
      "rule mine(lr=0.1) { v = 0.9*v + g; w = w - lr*v }; linear 2->2; loss mse; train mine"),
]
