import NNCAlgebra
import NNCLayers
import NNCProgram

extension InitialValue {
  /// The first numbers of parameter number `stream` of a network with that seed.
  init(_ initial: Initial, count: Int, seed: UInt64, stream: UInt64) {
    switch initial {
    case .literal(let values): self = .literal(values)
    case .fill(let value): self = .fill(value)
    case .uniform(let bound): self = .uniform(bound: bound, seed: seed, stream: stream)
    case .normal(let deviation):
      self = .literal(normalValues(count, deviation: deviation, seed: seed, stream: stream))
    }
  }
}

/// Normal numbers with mean 0, the same bits on every machine: every operation is a machine operation of binary64.
///
/// With u₁, u₂ uniform on [0, 1), elements 2k and 2k + 1 of the stream, G. Box and M. Muller (1958):
///
///     r = √(−2 ln(1 − u₁)),   n₂ₖ = r·cos(2π u₂),   n₂ₖ₊₁ = r·sin(2π u₂)
func normalValues(_ count: Int, deviation: Double, seed: UInt64, stream: UInt64) -> [Double] {
  let logarithm = FormulaEvaluator(.apply("log", "x"), of: ["x"], precision: .f64)
  let cosine = FormulaEvaluator(.apply("cos", "x"), of: ["x"], precision: .f64)
  let sine = FormulaEvaluator(.apply("sin", "x"), of: ["x"], precision: .f64)
  let generator = UniformGenerator(seed: seed, stream: stream)
  var result: [Double] = []
  result.reserveCapacity(count)
  for pair in 0..<((count + 1) / 2) {
    // The generator gives 2u - 1; halving it is exact.
    let rest = (1 - generator.value(at: 2 * pair, bound: 1)) / 2
    let turn = (1 + generator.value(at: 2 * pair + 1, bound: 1)) / 2
    let radius = (-2 * logarithm(rest)).squareRoot() * deviation
    let angle = 6.283185307179586 * turn
    result.append(radius * cosine(angle))
    result.append(radius * sine(angle))
  }
  return Array(result.prefix(count))
}
