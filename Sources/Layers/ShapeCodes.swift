import NNCDiagnostics

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
