import Diagnostics

/// Messages about names and calls in expressions.
let expressionCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0301", "unknown name",
    explanation: """
      Expressions know `x`, `y` and `t`, parameters such as `linear1.weight`, labels, constants of \
      `let`, losses, and elements such as `w5`.
      """,
    erroneous: "linear 2->2; loss msee", corrected: "linear 2->2; loss mse"),
  DiagnosticCode(
    "N0302", "no such element",
    explanation: """
      `w5` is the fifth weight, counted from 1 through all layers in order, row by row; `b2`, \
      `x1`, `y1` and `t1` likewise.
      """,
    erroneous: "linear 2->1; loss mse + w3^2", corrected: "linear 2->1; loss mse + w2^2"),
  DiagnosticCode(
    "N0303", "unknown function",
    explanation: "What is called must be a function of the language or one of a `let`.",
    erroneous: "linear 2->2; loss sum(sqr(y))", corrected: "linear 2->2; loss sum(sqrt(y))"),
  DiagnosticCode(
    "N0304", "a value is called",
    explanation: "Brackets after a name call a function; a product needs its sign.",
    erroneous: "let a = 2; linear 2->2; loss a(mse)",
    corrected: "let a = 2; linear 2->2; loss a*(mse)"),
  DiagnosticCode(
    "N0305", "a function without arguments",
    explanation: """
      A function's name alone has no value. Only a loss may stand alone: it is then taken of `y` \
      and `t`.
      """,
    erroneous: "linear 2->1; loss sigmoid", corrected: "linear 2->1; loss sigmoid(y)"),
  DiagnosticCode(
    "N0306", "not known yet",
    explanation: """
      Layers come before the output, the target and the loss, so they cannot use them; nor does a \
      loss know itself.
      """,
    erroneous: "linear 2->2; leaky_relu slope=y", corrected: "linear 2->2; leaky_relu slope=x"),
  DiagnosticCode(
    "N0307", "not mathematics",
    explanation: "A text in quotes is no number and has no place in an expression.",
    erroneous: "linear 2->1; loss \"mse\"", corrected: "linear 2->1; loss mse"),
  DiagnosticCode(
    "N0308", "arguments do not fit",
    explanation: """
      A function takes its arguments in order or by their names, each once; those that have a \
      standard value may be left out.
      """,
    erroneous: "linear 2->1; loss norm(y, t)", corrected: "linear 2->1; loss norm(y - t)"),
]

/// Messages about shapes, indices, derivatives and numbers.
let shapeCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0310", "shapes do not fit",
    explanation: """
      Operations work number by number on tensors of one shape, or on shapes of which, counted \
      from the last axis, each extent is equal, 1 or missing, as in PyTorch. `a @ b` sums over the \
      last axis of a and the first of b's last two.
      """,
    erroneous: "linear 2->2; loss sum(y*[1, 2, 3])", corrected: "linear 2->2; loss sum(y*[1, 2])"),
  DiagnosticCode(
    "N0311", "no such place",
    explanation: """
      Indices are whole numbers counted from 0, or from the end if negative; there are no more of \
      them than axes.
      """,
    erroneous: "linear 2->2; loss y[2]", corrected: "linear 2->2; loss y[1]"),
  DiagnosticCode(
    "N0312", "an uneven list",
    explanation: "The elements of a list all have one shape, and there is at least one.",
    erroneous: "linear 2->2 weight=[[1, 2], [3]]", corrected: "linear 2->2 weight=[[1, 2], [3, 4]]"),
  DiagnosticCode(
    "N0313", "too large a tensor",
    explanation: "A tensor has at most 2,147,483,647 numbers and 32 axes.",
    erroneous: "linear 300->300; loss sum(hessian(mse, linear1.weight))",
    corrected: "linear 30->30; loss sum(hessian(mse, linear1.weight))"),
  DiagnosticCode(
    "N0314", "a derivative by something that does not vary",
    explanation: """
      A derivative is by a variable: the input, the target, a parameter, a label, or an element of \
      one of them.
      """,
    erroneous: "linear 1->1; loss diff(sum(y), 2*x)", corrected: "linear 1->1; loss diff(sum(y), x)"
  ),
  DiagnosticCode(
    "N0315", "a derivative of a tensor",
    explanation: """
      `grad`, `hessian` and `hvp` are of a single number. `diff` takes tensors: its result has the \
      shape of the value followed by the shape of the variable.
      """,
    erroneous: "linear 2->2; loss sum(hessian(y, x))",
    corrected: "linear 2->2; loss sum(hessian(sum(y), x))"),
  DiagnosticCode(
    "N0316", "a direction of the wrong shape",
    explanation: """
      The direction of `jvp` and `hvp` has the shape of the variable, that of `vjp` the shape of \
      the value.
      """,
    erroneous: "linear 3->2; loss sum(jvp(y, x, [1, 0]))",
    corrected: "linear 3->2; loss sum(jvp(y, x, [1, 0, 0]))"),
  DiagnosticCode(
    "N0317", "a gradient inside an expression",
    explanation: """
      `grad(e)` is a list of derivatives, one for each parameter that is trained. It can be \
      looked at, but not calculated with; `diff(e, v)` can.
      """,
    erroneous: "linear 1->1; loss sum(grad(mse))",
    corrected: "linear 1->1; loss sum(diff(mse, linear1.weight))"),
  DiagnosticCode(
    "N0318", "not a number that is known",
    explanation: """
      Sizes, keys of `train` and first values of parameters must be known when the network is \
      read: finite numbers, calculated by `+ - * / ^`, `sqrt` and `abs`, and constants of `let`.
      """,
    erroneous: "linear 2->1 bias=1/0", corrected: "linear 2->1 bias=1/2"),
  DiagnosticCode(
    "N0319", "too large an expression",
    explanation: """
      Functions of `let` are written out where they are used. Functions that use each other many \
      times over grow beyond every bound.
      """,
    erroneous: doubling(rounds: 26), corrected: doubling(rounds: 2)),
]

/// A chain of functions that each call the one before it twice.
private func doubling(rounds: Int) -> String {
  var text = "let f0(v) = tanh(v)\n"
  for round in 1...rounds { text += "let f\(round)(v) = f\(round - 1)(f\(round - 1)(v))\n" }
  return text + "linear 1->1; f\(rounds)"
}

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

/// Messages about `loss` and `train`.
let trainingCodes: [DiagnosticCode] = [
  DiagnosticCode(
    "N0401", "a loss of several numbers",
    explanation:
      "Training makes a single number small: the loss of one sample, averaged over them.",
    erroneous: "linear 2->2; loss (y - t)^2", corrected: "linear 2->2; loss sum((y - t)^2)"),
  DiagnosticCode(
    "N0402", "unknown update rule",
    explanation: "The update rules are `sgd`, `adam`, `adamw`, `rmsprop` and `adagrad`.",
    erroneous: "linear 2->2; loss mse; train adm", corrected: "linear 2->2; loss mse; train adam"),
  DiagnosticCode(
    "N0403", "unknown key of an update rule",
    explanation: "Each update rule has keys of its own, in PyTorch's names and with its defaults.",
    erroneous: "linear 2->2; loss mse; train sgd beta1=0.9",
    corrected: "linear 2->2; loss mse; train adam beta1=0.9"),
  DiagnosticCode(
    "N0404", "Nesterov's rule without momentum",
    explanation: "`nesterov=yes` changes how momentum is used, so there must be some.",
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
]
