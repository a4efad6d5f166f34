import NNCExecution
import NNC
import NNCProgram
import NNCTraining

/// Verifies random networks, hundreds in one run of a compiler.
///
/// Of each network one function is verified, another from network to network; every fifth network is in single
/// precision, every fourth keeps its loops, every fourth batch of networks is made for this machine's vectors. Batch by
/// batch the C compilers take turns at -O1 and -O2; a few networks of every 16th batch are compiled as Swift too. Where
/// the function is the gradient, it is also compared with differences of the loss.
public struct RandomVerification {
  /// The seed of the whole run.
  public let seed: UInt64
  /// What has been done so far.
  public private(set) var tally = Tally()
  private let forms: [Form]
  private let vectorForms: [Form]
  private let swift: Form?

  /// Counts of what has been verified.
  public struct Tally: Sendable {
    /// Networks.
    public fileprivate(set) var networks = 0
    /// Networks by form.
    public fileprivate(set) var byForm: [String: Int] = [:]
    /// Numbers that were compared.
    public fileprivate(set) var numbers = 0
    /// Derivatives that were compared with differences.
    public fileprivate(set) var derivatives = 0
    /// The greatest relative error of a derivative in double precision.
    public fileprivate(set) var worst = 0.0
  }

  /// What went wrong with a network.
  public struct Failure: Sendable {
    /// Its source; empty where a whole batch is to blame.
    public let source: String
    /// The form and what was found; nil where a derivative is off.
    public let result: FormResult?
    /// The derivatives that are off.
    public let mistakes: [GradientProof.Mistake]
  }

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - compilers: the C compilers that take turns.
  ///   - languages: the languages that are compiled.
  public init(
    seed: UInt64, compilers: [String] = Form.knownCompilers,
    languages: Set<Form.Language> = [.c, .swift]
  ) {
    self.seed = seed
    let commands = languages.contains(.c) ? Form.different(compilers) : []
    func forms(_ target: Target) -> [Form] {
      ["-O1", "-O2"].flatMap { level in
        commands.compactMap { Form(c: $0, [level], target: target, isPlain: false) }
      }
    }
    self.forms = forms(.generic)
    vectorForms = forms(.native)
    swift = languages.contains(.swift) ? Form(swift: "-Onone") : nil
  }

  private static let batch = 256
  private static let swiftPart = 6

  /// Verifies networks until one fails.
  ///
  /// - Parameter progress: is told after every batch.
  /// - Returns: what failed; nil where nothing did.
  public mutating func run(_ count: Int, progress: (Tally) throws -> Void) throws -> Failure? {
    for (number, start) in stride(from: 0, to: count, by: Self.batch).enumerated() {
      let range = start..<min(count, start + Self.batch)
      let usesVectors = number % 4 == 3
      let target = usesVectors ? Target.native : .generic
      let builds = try range.map { try build($0, target) }
      if let failure = try prove(builds) { return failure }
      let all = usesVectors ? vectorForms : forms
      if !all.isEmpty {
        let form = all[(usesVectors ? number / 4 : number) % all.count]
        if let failure = try verify(builds, form) { return failure }
      }
      if let swift, number % 16 == 0 || all.isEmpty {
        if let failure = try verify(Array(builds.prefix(Self.swiftPart)), swift) { return failure }
      }
      tally.networks += range.count
      try progress(tally)
    }
    return nil
  }

  private func source(_ index: Int) -> String {
    RandomNetwork(seed: seed &+ UInt64(index) &* 1_000_003, name: "net\(index)").text
  }

  private func build(_ index: Int, _ target: Target) throws -> Build {
    var options = CompilerOptions()
    options.maximumSamples = 4
    options.target = target
    if index % 4 == 0 { options.unrollLimit = 0 }
    if index % 5 == 0 { options.precision = .f32 }
    let kinds: [Entry.Kind] = [.train, .gradient, .train, .predict, .gradient, .loss]
    let compilation = Compilation(SourceFile(name: "net\(index).nn", text: source(index)))
    let function = Build.Function(kinds[index / 2 % 6], many: index % 2 == 1)
    // Some of those that predict take their input step by step as well, where they can.
    let step = Build.Function(.step, many: false)
    let functions: Set =
      function.kind == .predict && index % 4 == 2 ? [function, step] : [function]
    return Build(try compilation.checkedNetwork(), options, only: functions)
  }

  private mutating func verify(_ builds: [Build], _ form: Form) throws -> Failure? {
    let programs = builds.map(\.program)
    let object: SharedObject
    do throws(NativeError) {
      object = try form.compile(programs)
    } catch {
      return Failure(
        source: "",
        result: FormResult(
          form: form.name, outcome: .failed(error.description), calls: 0, numbers: 0, seconds: 0),
        mistakes: [])
    }
    tally.byForm[form.name, default: 0] += programs.count
    for build in builds {
      let result =
        switch build.program.precision {
        case .f64: try verify(build, form, object, Double.self)
        case .f32: try verify(build, form, object, Float.self)
        }
      if !result.isRight {
        return Failure(source: text(of: build), result: result, mistakes: [])
      }
      tally.numbers += result.numbers
    }
    return nil
  }

  private func verify<Real: ProgramReal>(
    _ build: Build, _ form: Form, _ object: SharedObject, _: Real.Type
  ) throws -> FormResult {
    let program = build.program
    let samples = Samples(3, seed: seed, for: build)
    let course = Course(program, samples: 3, counts: [2, 3])
    let recording = try Recording<Real>(program, course, samples)
    if let found = recording.firstDifferingStep() {
      let difference = Difference(step: found.name, element: found.element, numbers: found.numbers)
      return FormResult(
        form: "step by step", outcome: .different(difference), calls: course.steps.count,
        numbers: recording.count, seconds: 0)
    }
    var known: [Difference] = []
    let outcome = try Verifier.outcome(
      of: NativeExecutor(program, in: object), form, recording, &known)
    return FormResult(
      form: form.name, outcome: outcome, calls: course.steps.count, numbers: recording.count,
      seconds: 0)
  }

  /// Compares the gradients of those networks whose function it is.
  private mutating func prove(_ builds: [Build]) throws -> Failure? {
    for build in builds where build.program.entries.first?.kind == .gradient {
      let samples = Samples(3, seed: seed &+ 1, for: build)
      guard let proof = try GradientProof(build, samples, singles: false) else { continue }
      if !proof.mistakes.isEmpty {
        return Failure(source: text(of: build), result: nil, mistakes: proof.mistakes)
      }
      tally.derivatives += proof.compared
      if build.program.precision == .f64 { tally.worst = max(tally.worst, proof.worst) }
    }
    return nil
  }

  private func text(of build: Build) -> String {
    Int(build.network.name.dropFirst(3)).map { source($0) } ?? ""
  }
}
