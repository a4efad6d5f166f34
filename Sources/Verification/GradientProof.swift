import NNCExecution
import NNCLayers
import NNC
import NNCProgram
import NNCTraining

/// A network's gradient beside differences of its loss in 106 bits.
public struct GradientProof: Sendable {
  /// Derivatives that were compared: single ones, and directions in which all parameters change.
  public private(set) var compared = 0
  /// The greatest error, relative to the derivative, or to a hundredth of the largest one or to ``least(_:)`` where
  /// that is more.
  public private(set) var worst = 0.0
  /// What is off.
  public private(set) var mistakes: [Mistake] = []
  /// The time that it took.
  public private(set) var seconds = 0.0
  /// Whether the loss is no number at the initial parameters, so that there is nothing to compare.
  public private(set) var isUndefined = false

  /// A derivative that is off.
  public struct Mistake: Sendable {
    /// The parameter's element, or the direction.
    public let name: String
    /// What the gradient says.
    public let derivative: Double
    /// What the differences say.
    public let difference: Double
  }

  /// The greatest relative error that rounding may cause.
  static func tolerance(_ isDouble: Bool) -> Double { isDouble ? 1e-8 : 5e-3 }

  /// The derivative below which errors count as if it were so large: terms of the size of 1 may cancel in it.
  static func least(_ isDouble: Bool) -> Double { isDouble ? 1e-6 : 1e-2 }

  /// Compares at the initial parameters; nil where the network has no loss or no trained parameter.
  ///
  /// For one sample, up to 64 elements of each parameter (fewer in large networks); for that sample and for three,
  /// one random direction. The step is 2⁻⁴⁰: its error is below 10⁻²⁰ of the third derivative. Where the slopes from
  /// left and right differ, at a kink, there is no derivative to compare with: then the parameters are moved a little, by
  /// up to 1/64, and all is compared there.
  ///
  /// - Parameter singles: whether elements are compared one by one, and not the directions alone.
  public init?(_ build: Build, _ samples: Samples, singles: Bool = true) throws {
    let network = build.network
    if network.loss == nil || network.trainedParameters.isEmpty { return nil }
    let clock = ContinuousClock()
    let start = clock.now
    let model = try Model(build)
    if try !compare(build, model, samples, singles: singles) {
      let moves = UniformGenerator(seed: network.seed, stream: 1 << 43)
      for (parameter, field) in zip(network.parameters, build.program.parameters)
      where !parameter.isFrozen {
        for place in field.offset..<field.offset + field.count {
          let moved = model.parameters[place] + moves.value(at: place, bound: 1.0 / 64)
          model.parameters[place] =
            build.program.precision == .f64 ? moved : Double(Float(moved))
        }
      }
      (compared, worst, mistakes, isUndefined) = (0, 0, [], false)
      _ = try compare(build, model, samples, singles: singles)
    }
    seconds = (clock.now - start) / .seconds(1)
  }

  /// Compares at the model's parameters; answers whether no kink was met there.
  private mutating func compare(
    _ build: Build, _ model: Model, _ samples: Samples, singles: Bool
  ) throws -> Bool {
    let network = build.network
    let isDouble = build.program.precision == .f64
    let rounded = isDouble ? samples : samples.inSinglePrecision
    let counts = Set([1, min(3, samples.count)]).filter {
      build.program.entry(.gradient, many: $0 > 1) != nil
        || build.program.entry(.gradient, many: true) != nil
    }
    var isSmooth = true
    for count in counts.sorted() {
      guard var oracle = LossOracle(network, rounded, 0..<count) else { return true }
      let gradient = try model.gradient(
        input: rounded.inputs(0..<count), target: rounded.targets(0..<count)
      ).gradient
      let floor = (gradient.map(\.magnitude).max() ?? 0) / 100
      for (name, direction) in Self.directions(network, build, singles: singles && count == 1) {
        let told = direction.reduce(0) { $0 + gradient[$1.place] * $1.change }
        let slopes = oracle.derivatives(at: model.parameters, along: direction)
        guard slopes.central.isFinite else {
          isUndefined = true
          continue
        }
        if (slopes.right - slopes.left).magnitude > 1e-6 * max(1, slopes.central.magnitude) {
          isSmooth = false
        }
        compared += 1
        let size = max(slopes.central.magnitude, floor, Self.least(isDouble))
        let error = (told - slopes.central).magnitude / size
        if error > worst { worst = error }
        if !(error <= Self.tolerance(isDouble)) {
          mistakes.append(.init(name: name, derivative: told, difference: slopes.central))
        }
      }
    }
    return isSmooth
  }

  /// Elements of every trained parameter one by one, and all of them in a random direction.
  private static func directions(
    _ network: Network, _ build: Build, singles: Bool
  ) -> [(name: String, direction: [(place: Int, change: Double)])] {
    var result: [(String, [(place: Int, change: Double)])] = []
    var all: [(place: Int, change: Double)] = []
    let generator = UniformGenerator(seed: network.seed, stream: 1 << 42)
    let work = network.parameterCount * network.trainedParameters.count
    let most = max(1, min(64, 300_000 / max(1, work)))
    for (parameter, field) in zip(network.parameters, build.program.parameters)
    where !parameter.isFrozen {
      let places = field.offset..<field.offset + field.count
      all += places.map { ($0, generator.value(at: $0, bound: 1)) }
      if !singles { continue }
      for number in Swift.stride(from: 0, to: field.count, by: (field.count - 1) / most + 1) {
        let place = field.offset + number
        let name = Element(.gradient, place, of: build.program).description
        result.append((name, [(place, 1)]))
      }
    }
    return result + [("gradient along a random direction", all)]
  }
}

extension Samples {
  /// The same samples, rounded to binary32.
  var inSinglePrecision: Samples {
    Samples(
      inputs: inputs.map { Double(Float($0)) }, targets: targets.map { Double(Float($0)) },
      count: count)
  }

  func inputs(_ range: Range<Int>) -> [Double] { part(inputs, range) }

  func targets(_ range: Range<Int>) -> [Double] { part(targets, range) }

  private func part(_ numbers: [Double], _ range: Range<Int>) -> [Double] {
    let width = numbers.count / max(1, count)
    return Array(numbers[range.lowerBound * width..<range.upperBound * width])
  }
}
