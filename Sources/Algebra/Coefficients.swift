/// One table of numbers for the transcendental functions, at each precision.
///
/// The polynomials are minimax: Remez's exchange finds them, then each coefficient is rounded in turn and the rest are
/// fitted anew. The error named beside a table is the polynomial's own, before the roundings of its evaluation.
struct Coefficients: Sendable {
  let f64: [Double]
  let f32: [Double]

  subscript(precision: Precision) -> [Double] { precision == .f64 ? f64 : f32 }
}
