import NNCEmission
import NNCExecution
import NNC
import NNCProgram
import NNCTraining

/// Runs a network in every form and compares what each gives with what the interpreter gives, bit by bit.
public struct Verifier: Sendable {
  /// The most samples that a network is run with: more than the lanes of any vector.
  public static let sampleCount = Course.counts.max() ?? 1

  private let program: Program
  private let samples: Samples
  private let skipsLongWork: Bool

  /// Prepares to run a network with samples.
  ///
  /// - Parameter skipsLongWork: whether forms are left out that would take a compiler many minutes.
  public init(_ build: Build, _ samples: Samples, skipsLongWork: Bool = true) {
    program = build.program
    self.samples = samples
    self.skipsLongWork = skipsLongWork
  }

  /// Runs the network in the forms, one after the other.
  ///
  /// - Parameter each: takes what was found of a form, the interpreter first, as soon as it is known.
  public func verify(_ forms: [Form], each: (FormResult) throws -> Void) throws {
    switch program.precision {
    case .f64: try verify(forms, Double.self, each)
    case .f32: try verify(forms, Float.self, each)
    }
  }

  private func verify<Real: ProgramReal>(
    _ forms: [Form], _: Real.Type, _ each: (FormResult) throws -> Void
  ) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let course = Course(program, samples: samples.count)
    let recording = try Recording<Real>(program, course, samples)
    let (calls, count) = (course.steps.count, recording.count)
    func result(_ name: String, _ outcome: FormResult.Outcome, since start: ContinuousClock.Instant)
      -> FormResult
    {
      let seconds = (clock.now - start) / .seconds(1)
      return FormResult(
        form: name, outcome: outcome, calls: calls, numbers: count, seconds: seconds)
    }
    try each(result("interpreter", .reference, since: start))
    if program.stepping != nil {
      let outcome: FormResult.Outcome =
        recording.firstDifferingStep().map {
          .different(Difference(step: $0.name, element: $0.element, numbers: $0.numbers))
        } ?? .equal
      try each(result("step by step", outcome, since: clock.now))
    }
    var known: [Difference] = []
    for form in forms {
      let start = clock.now
      try each(result(form.name, try outcome(form, recording, &known), since: start))
    }
  }

  private func outcome<Real: ProgramReal>(
    _ form: Form, _ recording: Recording<Real>, _ known: inout [Difference]
  ) throws -> FormResult.Outcome {
    if skipsLongWork, form.isLongWork(program) { return .skipped }
    let executor: NativeExecutor<Real>
    do throws(NativeError) {
      executor = try NativeExecutor(program, in: try form.compile([program]))
    } catch {
      let message = error.description
      if message.contains(CEmitter.otherBits) { return .refused }
      return form.isRisky ? .unknown : .failed(message)
    }
    return try Self.outcome(of: executor, form, recording, &known)
  }

  /// Runs a course in a form that has been compiled.
  ///
  /// - Parameter known: differences that have been looked into; whoever shows one of them has the same operation.
  static func outcome<Real: ProgramReal>(
    of executor: NativeExecutor<Real>, _ form: Form, _ recording: Recording<Real>,
    _ known: inout [Difference]
  ) throws -> FormResult.Outcome {
    guard let found = try recording.firstDifference(executor) else { return .equal }
    var difference = Difference(
      step: found.step.map { recording.course.steps[$0].name } ?? "initialize",
      element: found.element, numbers: found.numbers)
    if let same = known.first(where: { $0.isAlike(difference) }) { return .different(same) }
    if let step = found.step {
      let search = OperationSearch(
        recording: recording, form: form, step: step, element: found.element)
      difference.operation = try search.operation()
    }
    known.append(difference)
    return .different(difference)
  }
}

/// What was found of one form.
public struct FormResult: Sendable {
  /// The form's name.
  public let form: String
  /// What came of it.
  public let outcome: Outcome
  /// How many calls are made in every form.
  public let calls: Int
  /// How many numbers are compared.
  public let numbers: Int
  /// The time that it took, compiling included.
  public let seconds: Double

  /// What came of a form.
  public enum Outcome: Sendable {
    /// It is what others are compared with.
    case reference
    /// All bits are equal.
    case equal
    /// Some number differs.
    case different(Difference)
    /// It would take its compiler too long.
    case skipped
    /// The code refuses to be compiled so, in words: it would give other bits.
    case refused
    /// The compiler does not take its switches.
    case unknown
    /// It cannot be compiled or opened; the message says why.
    case failed(String)
  }

  /// Whether nothing is wrong with it.
  public var isRight: Bool {
    switch outcome {
    case .reference, .equal, .skipped, .refused, .unknown: true
    case .different, .failed: false
    }
  }
}
