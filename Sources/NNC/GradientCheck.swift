import NNCLayers
import NNCProgram

/// One derivative beside its central finite difference.
public struct GradientCheckRow: Hashable, Sendable {
  /// The parameter and the element in it.
  public let name: String
  /// What the gradient says.
  public let derivative: Double
  /// (f(p + h) − f(p − h)) / 2h.
  public let difference: Double
  /// Whether the two agree.
  public let agrees: Bool
}

extension Model {
  /// Compares every derivative of the loss with the central finite difference, parameter by parameter.
  ///
  /// The step is the cube root of the precision's spacing, relative to the parameter; where that does not agree, as
  /// beside a kink, steps 16 times smaller and larger are tried. They agree where they differ by less than 10⁻⁶ of the
  /// larger, or of a hundredth of the largest derivative.
  public func checkGradient(
    input: [Double], target: [Double] = [], tolerance: Double = 1e-6
  ) throws -> [GradientCheckRow] {
    let saved = parameters
    defer { parameters = saved }
    let gradient = try gradient(input: input, target: target).gradient
    let floor = (gradient.map { $0.magnitude }.max() ?? 0) * 0.01
    let spacing = build.options.precision == .f64 ? 6.055e-6 : 4.9e-3
    let tolerance = build.options.precision == .f64 ? tolerance : max(tolerance, 2e-2)
    var rows: [GradientCheckRow] = []
    for (index, parameter) in build.network.parameters.enumerated() where !parameter.isFrozen {
      let field = build.fields.parameters[index]
      for place in 0..<field.count {
        let number = field.offset + place
        let derivative = gradient[number]
        var best = Double.nan
        for factor in [1, 0.0625, 16] {
          let step = spacing * factor * max(1, saved[number].magnitude)
          let quotient = try difference(number, saved[number], step, input, target)
          if !((quotient - derivative).magnitude >= (best - derivative).magnitude) {
            best = quotient
          }
          if agree(best, derivative, tolerance, floor) { break }
        }
        rows.append(
          GradientCheckRow(
            name: parameter.elements.name(place), derivative: derivative, difference: best,
            agrees: agree(best, derivative, tolerance, floor)))
      }
    }
    return rows
  }

  private func agree(_ a: Double, _ b: Double, _ tolerance: Double, _ floor: Double) -> Bool {
    (a - b).magnitude <= tolerance * max(a.magnitude, b.magnitude, floor, 1e-9)
  }

  private func difference(
    _ index: Int, _ value: Double, _ step: Double, _ input: [Double], _ target: [Double]
  ) throws -> Double {
    defer { parameters[index] = value }
    parameters[index] = value + step
    let (high, above) = (parameters[index], try loss(input: input, target: target))
    parameters[index] = value - step
    let (low, below) = (parameters[index], try loss(input: input, target: target))
    return (above - below) / (high - low)
  }

  /// Inputs and targets made by the generator of initial values, the same on every machine: inputs on [−1, 1),
  /// targets on (0, 1), scaled to sum to 1 where the loss takes probabilities of classes.
  public func sampleData() -> (input: [Double], target: [Double]) {
    let generator = UniformGenerator(seed: build.network.seed, stream: 1 << 40)
    let input = (0..<counts.input).map { generator.value(at: $0, bound: 1) }
    let target = (0..<counts.target).map {
      0.5 + generator.value(at: counts.input + $0, bound: 0.5)
    }
    return (input, target)
  }
}
