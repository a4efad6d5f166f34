import NNCDiagnostics

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
    erroneous: "linear 2->1; loss dot(y)", corrected: "linear 2->1; loss dot(y, t)"),
  DiagnosticCode(
    "N0309", "a sample's derivative through the batch",
    explanation: """
      `samples` and `batchmean` are values of the whole batch. What is made of one and of a sample's \
      own values has a derivative by every other sample's, too; only the batch's sum or mean of it \
      can be asked for.
      """,
    erroneous: "linear 2->1; loss sum(diff(sum(y - batchmean(y)), x)^2)",
    corrected: "linear 2->1; loss sum(diff(batchmean(sum(y)), x)^2)"),
]
