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
  fileprivate let interpreter: Interpreter

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

  /// A sequence that is taken step by step; nil where the network cannot do so, for which ``Build/streamProblem`` has
  /// the reason.
  public func stream() -> Stream? {
    guard let stepping = build.program.stepping else { return nil }
    return Stream(model: self, stepping: stepping, kept: interpreter.initialStream(Double.self))
  }

  /// A sequence under way: what a network keeps of the steps that it was given.
  public struct Stream {
    let model: Model
    let stepping: Stepping
    private(set) var kept: [Double]
    /// How many steps there were.
    public private(set) var count = 0

    init(model: Model, stepping: Stepping, kept: [Double]) {
      (self.model, self.stepping, self.kept) = (model, stepping, kept)
    }

    /// The output at the next step; nil as long as a window without a border waits for its first.
    ///
    /// The bits are those that ``Model/predict(_:)`` gives there for the whole sequence. Throws where the sequence may have
    /// no more steps, or a step has other numbers than the network takes.
    public mutating func next(_ frame: [Double]) throws -> [Double]? {
      if let most = stepping.maximumSteps, count == most { throw StreamEnd(maximumSteps: most) }
      let answer = try model.interpreter.step(
        parameters: model.parameters, stream: &kept, frame: frame)
      count += 1
      return count > stepping.delay ? answer : nil
    }
  }

  /// One step of the update rule; gives the loss before it.
  @discardableResult
  public func step(input: [Double], target: [Double] = []) throws -> Double {
    try interpreter.train(
      parameters: &parameters, state: &state, input: input, target: target)
  }
}

/// A sequence is longer than the network takes.
public struct StreamEnd: Error, Hashable, Sendable, CustomStringConvertible {
  /// The most steps of a sequence.
  public let maximumSteps: Int

  /// The end behind so many steps.
  public init(maximumSteps: Int) { self.maximumSteps = maximumSteps }

  /// The reason, in words.
  public var description: String { "a sequence may have at most \(maximumSteps) steps" }
}
