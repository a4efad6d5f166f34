import NNCCalculus
import NNCGraph
import NNCLayers
import NNCProgram
import NNCRewriting

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
  /// targets on (0, 1), or a class where the loss weighs classes: 1 at its place on the last axis and 0 elsewhere.
  public func sampleData() -> (input: [Double], target: [Double]) {
    let generator = UniformGenerator(seed: build.network.seed, stream: 1 << 40)
    /// A whole number below the bound of a place, where there are such; u is on [0, 1).
    func whole(_ argument: Entry.Argument, _ place: Int, _ u: Double) -> Double? {
      build.program.wholeNumbers[argument].map { bounds in
        (u * Double(bounds[place % bounds.count])).rounded(.down)
      }
    }
    let input = (0..<counts.input).map { place in
      let number = generator.value(at: place, bound: 1)
      return whole(.input, place, (number + 1) / 2) ?? number
    }
    var target = (0..<counts.target).map { place in
      let number = 0.5 + generator.value(at: counts.input + place, bound: 0.5)
      return whole(.target, place, number) ?? number
    }
    if build.network.weighsClasses, !build.program.isWhole(.target) {
      let width = build.network.outputShape.last ?? 1
      for start in stride(from: 0, to: target.count, by: width) {
        let choice = width == 1 ? 0 : min(width - 1, Int(target[start] * Double(width)))
        for place in 0..<width { target[start + place] = place == choice ? 1 : 0 }
      }
    }
    return (input, target)
  }
}

extension Network {
  /// Whether the loss weighs classes by its target, as cross-entropies do however they are written: it is linear in the
  /// target, so that its slope there is without it.
  public var weighsClasses: Bool {
    guard let loss, let target else { return false }
    var graph = graph
    let slope = graph.withoutDerivatives(graph.diff(loss, by: target))
    var simplifier = Simplifier(phase: .simplify)
    let root = simplifier.run(&graph, [slope])[0]
    return graph.reachable(from: [root])[Int(target.index)] == false
  }
}
