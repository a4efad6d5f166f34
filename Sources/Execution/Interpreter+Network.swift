import NNCProgram

/// The functions of a network, over arrays. The number of samples follows from the length of the input; one sample
/// runs the entry for one, where there is one.
extension Interpreter {
  /// The parameters that the network begins with, rounded to the Program's precision.
  public func initialParameters() -> [Double] { initialParameters(Double.self) }

  /// The optimiser's state that training begins with.
  public func initialState() -> [Double] { initialState(Double.self) }

  /// The parameters that the network begins with, rounded to the Program's precision.
  public func initialParameters<Real: ProgramReal>(_: Real.Type) -> [Real] {
    initialValues(program.parameters)
  }

  /// The optimiser's state that training begins with.
  public func initialState<Real: ProgramReal>(_: Real.Type) -> [Real] {
    initialValues(program.state)
  }

  private func initialValues<Real: ProgramReal>(_ fields: [Field]) -> [Real] {
    fields.flatMap { field in
      field.initialValues.map { program.precision == .f32 ? Real(Float($0)) : Real($0) }
    }
  }

  /// The outputs for one or more inputs.
  public func predict<Real: ProgramReal>(
    parameters: [Real], input: [Real]
  ) throws(ExecutionError) -> [Real] {
    try call(.predict, parameters, input).output
  }

  /// The loss, the mean over the samples.
  public func loss<Real: ProgramReal>(
    parameters: [Real], input: [Real], target: [Real]
  ) throws(ExecutionError) -> Real {
    try call(.loss, parameters, input, target).loss
  }

  /// The loss and its gradient, laid out as the parameters.
  public func gradient<Real: ProgramReal>(
    parameters: [Real], input: [Real], target: [Real]
  ) throws(ExecutionError) -> (loss: Real, gradient: [Real]) {
    let result = try call(.gradient, parameters, input, target)
    return (result.loss, result.gradient)
  }

  /// One step of the update rule; returns the loss before it.
  public func train<Real: ProgramReal>(
    parameters: inout [Real], state: inout [Real], input: [Real], target: [Real]
  ) throws(ExecutionError) -> Real {
    let result = try call(.train, parameters, input, target, state)
    parameters = result.parameters
    state = result.state
    return result.loss
  }

  /// What a sequence begins with: what `step` keeps, before the first step.
  public func initialStream<Real: ProgramReal>(_: Real.Type) -> [Real] {
    initialValues(program.stream)
  }

  /// The output at the next step of a sequence.
  ///
  /// - Parameters:
  ///   - stream: what is kept from step to step, at first ``initialStream(_:)``.
  ///   - frame: the step's numbers of the input.
  public func step<Real: ProgramReal>(
    parameters: [Real], stream: inout [Real], frame: [Real]
  ) throws(ExecutionError) -> [Real] {
    guard program.entry(.step, many: false) != nil else { throw .noEntry(Entry.Kind.step.rawValue) }
    func buffer(_ values: [Real]) -> UnsafeMutableBufferPointer<Real> {
      let buffer = UnsafeMutableBufferPointer<Real>.allocate(capacity: values.count)
      _ = buffer.initialize(from: values)
      return buffer
    }
    let answer = [Real](repeating: 0, count: program.count(of: .answer, samples: 1))
    let memory: [Entry.Argument: UnsafeMutableBufferPointer<Real>] = [
      .parameters: buffer(parameters), .stream: buffer(stream), .frame: buffer(frame),
      .answer: buffer(answer),
    ]
    defer { for buffer in memory.values { buffer.deallocate() } }
    try run(.step, many: false, samples: 1, arrays: memory)
    stream = Array(memory[.stream]!)
    return Array(memory[.answer]!)
  }

  private struct Arrays<Real> {
    var parameters: [Real]
    var state: [Real]
    var output: [Real]
    var gradient: [Real]
    var loss: Real
  }

  private func call<Real: ProgramReal>(
    _ kind: Entry.Kind, _ parameters: [Real], _ input: [Real], _ target: [Real] = [],
    _ state: [Real] = []
  ) throws(ExecutionError) -> Arrays<Real> {
    let width = program.inputCount > 0 ? program.inputCount : program.targetCount
    let given = program.inputCount > 0 ? input.count : target.count
    let samples = width > 0 ? max(1, (given + width - 1) / width) : 1
    let single = samples == 1 ? program.entry(kind, many: false) : nil
    guard let entry = single ?? program.entry(kind, many: true) ?? program.entry(kind, many: false)
    else { throw .noEntry(kind.rawValue) }

    var memory: [Entry.Argument: UnsafeMutableBufferPointer<Real>] = [:]
    defer { for buffer in memory.values { buffer.deallocate() } }
    for argument in entry.arguments {
      let values: [Real] =
        switch argument {
        case .parameters: parameters
        case .state: state
        case .input: input
        case .target: target
        case .output, .gradient, .loss, .stream, .frame, .answer:
          .init(repeating: 0, count: program.count(of: argument, samples: samples))
        }
      let buffer = UnsafeMutableBufferPointer<Real>.allocate(capacity: values.count)
      _ = buffer.initialize(from: values)
      memory[argument] = buffer
    }
    try run(kind, many: entry.many, samples: samples, arrays: memory)
    return Arrays(
      parameters: Array(memory[.parameters] ?? .init(start: nil, count: 0)),
      state: Array(memory[.state] ?? .init(start: nil, count: 0)),
      output: Array(memory[.output] ?? .init(start: nil, count: 0)),
      gradient: Array(memory[.gradient] ?? .init(start: nil, count: 0)),
      loss: memory[.loss]?.first ?? .nan)
  }
}
