import NNCFormats
import NNCLayers
import NNC
import NNCProgram

/// A network's numbers beside those that another program computed of the same inputs and parameters.
public struct ReferenceComparison: Sendable {
  /// One array that was compared.
  public struct Row: Sendable {
    /// Its name in the file.
    public let name: String
    /// How many numbers it has.
    public let count: Int
    /// The greatest distance of two numbers, in units in the last place.
    public let worst: Double
    /// The number where that is, with its place in the array.
    public let place: Int
    /// What the network computes there.
    public let given: Double
    /// What the file says.
    public let expected: Double
  }

  /// What was compared.
  public private(set) var rows: [Row] = []
  /// How many samples the file has.
  public let samples: Int

  /// Computes what a file holds and compares.
  ///
  /// - Parameters:
  ///   - path: a file of `x` and, as far as they are there, `t`, parameters by name, `y`, `loss`, `gradient.NAME` and
  ///     `next.NAME`.
  ///   - compilation: the network; parameters that the file lacks begin as it says.
  /// - Throws: ``FileFailure`` where an array is missing, unknown or of another size.
  public init(_ path: String, _ compilation: Compilation, _ options: CompilerOptions) throws {
    let file = try ReferenceFile(path, for: try compilation.checkedNetwork())
    samples = file.samples
    var options = options
    options.maximumSamples = samples
    let build = try compilation.build(options)
    let model = try Model(build)
    let program = build.program
    for field in program.parameters {
      guard let values = try file.numbers(field.name, count: field.count) else { continue }
      model.parameters.replaceSubrange(field.offset..<field.offset + field.count, with: values)
    }
    let start = model.parameters
    if let y = try file.numbers("y", count: samples * program.outputCount) {
      compare("y", try model.predict(file.input), y, program)
    }
    if file.wantsGradient {
      let (loss, gradient) = try model.gradient(input: file.input, target: file.target)
      if let expected = try file.numbers("loss", count: 1) {
        compare("loss", [loss], expected, program)
      }
      try compare("gradient.", gradient, program.parameters, file, program)
    }
    if file.wantsStep {
      model.parameters = start
      try model.step(input: file.input, target: file.target)
      try compare("next.", model.parameters, program.parameters, file, program)
      try compare("next.", model.state, program.state, file, program)
    }
  }

  private mutating func compare(
    _ prefix: String, _ values: [Double], _ fields: [Field], _ file: ReferenceFile,
    _ program: Program
  ) throws {
    for field in fields {
      let name = prefix + field.name
      guard let expected = try file.numbers(name, count: field.count) else { continue }
      let part = Array(values[field.offset..<field.offset + field.count])
      compare(name, part, expected, program)
    }
  }

  /// Distances in units in the last place of the expected number; where that is less than a thousandth of the array's
  /// largest, in units of that.
  private mutating func compare(
    _ name: String, _ values: [Double], _ expected: [Double], _ program: Program
  ) {
    let largest = expected.map(\.magnitude).filter(\.isFinite).max() ?? 0
    var worst = (distance: -1.0, place: 0)
    for (place, (value, wanted)) in zip(values, expected).enumerated() {
      let isSame = value == wanted || value.isNaN && wanted.isNaN
      let size = max(wanted.magnitude, largest / 1000)
      let unit =
        program.precision == .f64 ? size.ulp : Double(Float(size).ulp)
      let distance = isSame ? 0 : (value - wanted).magnitude / unit
      if distance > worst.distance || distance.isNaN {
        worst = (distance.isNaN ? .infinity : distance, place)
      }
    }
    rows.append(
      Row(
        name: name, count: values.count, worst: max(0, worst.distance), place: worst.place,
        given: values.isEmpty ? .nan : values[worst.place],
        expected: expected.isEmpty ? .nan : expected[worst.place]))
  }
}
