import NNCAlgebra

private let x: Formula = "x"
private let a: Formula = "a"
private let b: Formula = "b"
private let p: Formula = "p"
private let eps: Formula = "eps"
private let alpha: Formula = "alpha"
private let beta: Formula = "beta"
private let lambd: Formula = "lambd"

private func sum(_ e: Formula) -> Formula { .apply("sum", e) }
private func norm(_ e: Formula) -> Formula { .apply("norm", e) }
private func expm1(_ e: Formula) -> Formula { .apply("expm1", e) }
private func greater(_ a: Formula, _ b: Formula) -> Formula { .apply("max", a, b) }

/// The distance ‖a − b + ε‖ₚ, as `torch.nn.functional.pairwise_distance` has it, for the keys `p` and `eps`.
func distance(_ a: Formula, _ b: Formula) -> Formula {
  let difference = a - b + eps
  let sizes: Formula = .apply("abs", difference)
  return select(
    .apply("eq", p, 2), norm(difference),
    select(
      .apply("eq", p, 1), sum(sizes), .apply("pow", sum(.apply("pow", sizes, p)), 1 / p)))
}

/// The table of functions that are formulas: names, arguments and the choice at kinks are those of
/// `torch.nn.functional`.
///
/// `softplus` is exact for every `threshold` by default: PyTorch's 20, beyond which it takes x, keeps exp from
/// overflowing, which ours needs not. `rrelu` is its value outside training.
let formulaFunctions: [FormulaFunction] = [
  FormulaFunction(
    "softplus", [("x", nil), ("beta", 1), ("threshold", .infinity)], drawn: "beta=2",
    select(
      .apply("eq", "threshold", Formula(.number(.infinity))), .apply("softplus", beta * x) / beta,
      select("threshold" < beta * x, x, .apply("softplus", beta * x) / beta))),
  FormulaFunction(
    "celu", [("x", nil), ("alpha", 1)], drawn: "alpha=0.7",
    select(x <= 0, alpha * expm1(x / alpha), x)),
  FormulaFunction(
    "softshrink", [("x", nil), ("lambd", 0.5)], drawn: "lambd=0.2",
    select(lambd < x, x - lambd, select(x < -lambd, x + lambd, 0 * x))),
  FormulaFunction(
    "hardshrink", [("x", nil), ("lambd", 0.5)], drawn: "lambd=0.2",
    select(.apply("and", -lambd <= x, x <= lambd), 0, x)),
  FormulaFunction("tanhshrink", drawn: "", x - .apply("tanh", x)),
  FormulaFunction(
    "threshold", [("x", nil), ("threshold", nil), ("value", nil)],
    drawn: "threshold=0.1 value=-0.2", select(x <= "threshold", "value", x)),
  FormulaFunction(
    "prelu", [("x", nil), ("weight", nil)], isLayer: false, select(0 < x, x, "weight" * x)),
  FormulaFunction(
    "cosine_similarity", [("a", nil), ("b", nil), ("eps", 1e-8)], isLayer: false,
    sum(a * b) / (greater(norm(a), eps) * greater(norm(b), eps))),
  FormulaFunction(
    "pairwise_distance", [("a", nil), ("b", nil), ("p", 2), ("eps", 1e-6)], isLayer: false,
    distance(a, b)),
]

/// The layers that random networks draw beside the operations, with their keys.
public let drawnLayers: [String] =
  formulaFunctions.compactMap { row in
    row.drawn.map { $0.isEmpty ? row.name : "\(row.name) \($0)" }
  } + ["prelu", "rrelu lower=0.2 upper=0.4", "gelu approximate=tanh", "softmin", "normalize"]
