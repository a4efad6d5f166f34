import NNCExecution
import NNCGraph
import NNCLayers
import NNCProgram

/// A compiled network that runs: its Program, its parameters and what its update rule keeps.
///
/// Arrays are flat and row-major. Several samples stand one after the other; a loss is then the mean over them. Numbers
/// are those of the Program's precision, to the bit what emitted code computes.
public final class Model {
  /// What was compiled.
  public let build: Build
  /// The parameters, in the order of ``fields``.
  public var parameters: [Double]
  /// What the update rule keeps from step to step.
  public var state: [Double]
  private let interpreter: Interpreter

  /// One parameter in the flat array of them all.
  public struct Field: Hashable, Sendable {
    /// Its name, `linear1.weight`.
    public let name: String
    /// Its shape.
    public let shape: [Int]
    /// The place of its first number.
    public let offset: Int
  }

  /// A network with its initial parameters.
  public init(_ build: Build) throws {
    self.build = build
    interpreter = try Interpreter(build.program)
    parameters = interpreter.initialParameters()
    state = interpreter.initialState()
  }

  /// Where each parameter stands among ``parameters``.
  public var fields: [Field] {
    build.fields.parameters.map { Field(name: $0.name, shape: $0.shape, offset: $0.offset) }
  }

  /// The numbers of one sample's input, target and output.
  public var counts: (input: Int, target: Int, output: Int) {
    (build.program.inputCount, build.program.targetCount, build.program.outputCount)
  }

  /// Takes the initial parameters and state again.
  public func reset() {
    parameters = interpreter.initialParameters()
    state = interpreter.initialState()
  }

  /// The outputs for one or more inputs.
  public func predict(_ input: [Double]) throws -> [Double] {
    try interpreter.predict(parameters: parameters, input: input)
  }

  /// The loss.
  public func loss(input: [Double], target: [Double] = []) throws -> Double {
    try interpreter.loss(parameters: parameters, input: input, target: target)
  }

  /// The loss and its gradient, in the order of the parameters; 0 for frozen ones.
  public func gradient(
    input: [Double], target: [Double] = []
  ) throws -> (loss: Double, gradient: [Double]) {
    try interpreter.gradient(parameters: parameters, input: input, target: target)
  }

  /// One step of the update rule; gives the loss before it.
  @discardableResult
  public func step(input: [Double], target: [Double] = []) throws -> Double {
    try interpreter.train(
      parameters: &parameters, state: &state, input: input, target: target)
  }
}
