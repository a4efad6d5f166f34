/// How an input is taken step by step, where a network can do so.
public struct Stepping: Hashable, Sendable {
  /// The input's shape, and the axis along which its steps stand.
  public var shape: [Int]
  /// See ``shape``.
  public var axis: Int
  /// The outputs, in order.
  public var outputs: [Output]
  /// The most steps of one sequence; nil where there is no bound.
  public var maximumSteps: Int?
  /// How many steps pass before the first output.
  public var delay: Int

  /// An output: whole, and at one step.
  public struct Output: Hashable, Sendable {
    /// The place of its first number in a sample's row of outputs.
    public var offset: Int
    /// Its shape for a whole sequence.
    public var shape: [Int]
    /// The axis along which its steps stand; nil where it is what the sequence comes to, which a step gives as if the sequence
    /// ended with it.
    public var axis: Int?

    /// Makes an output.
    public init(offset: Int, shape: [Int], axis: Int?) {
      self.offset = offset
      self.shape = shape
      self.axis = axis
    }

    /// How many numbers it has at one step.
    public var count: Int { shape.reduce(1, *) / (axis.map { shape[$0] } ?? 1) }

    /// The places in a sample's row of outputs of what a step gives: of the step with that number, counted from 0.
    public func places(at step: Int) -> [Int] {
      guard let axis else { return Array(offset..<offset + count) }
      return Stepping.places(shape, axis, step).map { offset + $0 }
    }
  }

  /// Makes a description.
  public init(
    shape: [Int], axis: Int, outputs: [Output], maximumSteps: Int? = nil, delay: Int = 0
  ) {
    self.shape = shape
    self.axis = axis
    self.outputs = outputs
    self.maximumSteps = maximumSteps
    self.delay = delay
  }

  /// How many steps a whole input has.
  public var stepCount: Int { shape[axis] }
  /// Numbers in one step of an input.
  public var frameCount: Int { shape.reduce(1, *) / shape[axis] }
  /// Numbers in the output at one step.
  public var answerCount: Int { outputs.reduce(0) { $0 + $1.count } }

  /// The places in a whole input of the numbers of a step.
  public func places(at step: Int) -> [Int] { Self.places(shape, axis, step) }

  private static func places(_ shape: [Int], _ axis: Int, _ step: Int) -> [Int] {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    return (0..<outer).flatMap { row in
      let start = (row * shape[axis] + step) * inner
      return start..<start + inner
    }
  }
}
