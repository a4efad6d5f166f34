@testable import NNCAlgebra

/// The functions whose formulas are machine operations, with the largest error allowed, in ulp.
let functions: [(name: String, formula: @Sendable (Precision) -> Formula, bound: Double)] = [
  ("exp", Arithmetic.exp, 1),
  ("log", Arithmetic.log, 1),
  ("expm1", Arithmetic.expm1, 2),
  ("log1p", Arithmetic.log1p, 2),
  ("tanh", Arithmetic.tanh, 2),
  ("sin", Arithmetic.sin, 2),
  ("cos", Arithmetic.cos, 2),
  ("erf", Arithmetic.erf, 4),
  ("pow", Arithmetic.pow, 4),
]

/// Functions whose formulas use others by name, or are as many operations as those do, with their bounds.
let composed: [(name: String, bound: Double)] = [
  ("sigmoid", 2), ("softplus", 2), ("gelu", 4), ("sinh", 2), ("cosh", 2), ("sech", 2), ("asinh", 2),
  ("atanh", 2), ("tan", 2), ("erfc", 4), ("logcosh", 2), ("log1mexp", 4), ("tanh_rest", 2),
  ("floor", 0),
  ("ceil", 0),
  ("round", 0), ("trunc", 0), ("mod", 1), ("log2", 1), ("log10", 1), ("exp2", 2), ("asin", 1),
  ("acos", 1), ("atan", 1), ("atan2", 2), ("hypot", 1.5), ("acosh", 2), ("sinc", 3),
  ("sinc_slope", 4), ("lgamma", 4), ("digamma", 4), ("polygamma", 8),
]

/// An evaluator of the operation.
func compiled(_ name: String, _ precision: Precision) -> FormulaEvaluator {
  let arguments = Operation(name)!.row.arguments.map(\.name)
  return FormulaEvaluator(
    Formula(.apply(name, arguments.map { .symbol($0) })), of: arguments, precision: precision)
}
