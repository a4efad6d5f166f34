import NNCProgram

/// Runs a Program, with exactly the bits that its compiled forms give.
///
/// Each kernel is decoded when it is first used. An interpreter keeps scratch memory, so one must not be used by two
/// threads at once; make one for each.
public final class Interpreter {
  /// The Program that is run.
  public let program: Program
  private let machine: PrecisionMachine

  private enum PrecisionMachine {
    case f64(Machine<Double>)
    case f32(Machine<Float>)
  }

  /// Makes an interpreter; throws ``ExecutionError/invalidProgram(name:problems:)`` for a malformed Program.
  public init(_ program: Program) throws(ExecutionError) {
    let problems = program.problems()
    if !problems.isEmpty {
      throw .invalidProgram(name: program.name, problems: problems)
    }
    self.program = program
    switch program.precision {
    case .f64: machine = .f64(Machine(program))
    case .f32: machine = .f32(Machine(program))
    }
  }

  /// Runs an entry over the caller's arrays.
  ///
  /// The arrays may have either precision; another than the Program's is converted on the way in and out. Sizes are
  /// checked, once; the arrays must not overlap. A workspace of the caller's must be of the Program's precision and
  /// size; without one the interpreter's own is used.
  public func run<Real: ProgramReal>(
    _ kind: Entry.Kind, many: Bool, samples: Int = 1,
    arrays: [Entry.Argument: UnsafeMutableBufferPointer<Real>],
    workspace: UnsafeMutableBufferPointer<Real>? = nil
  ) throws(ExecutionError) {
    guard let entry = program.entry(kind, many: many) else {
      throw .noEntry(many ? kind.rawValue + "_many" : kind.rawValue)
    }
    try check(entry, samples) { arrays[$0]?.count }
    if let workspace {
      precondition(Real.precision == program.precision)
      precondition(workspace.count >= entry.workspaceCount)
    }
    for (argument, bounds) in program.wholeNumbers {
      if let given = arrays[argument] {
        try program.check(given, of: argument, below: bounds, entry)
      }
    }
    let scratch = UnsafeMutableRawPointer(workspace?.baseAddress)
    // The machines are called with concrete types, so that the compiler specialises them.
    switch machine {
    case .f64(let machine):
      convert(arrays, entry) {
        machine.run(entry, samples: samples, arrays: $0, workspace: scratch)
      }
    case .f32(let machine):
      convert(arrays, entry) {
        machine.run(entry, samples: samples, arrays: $0, workspace: scratch)
      }
    }
  }

  private func check(
    _ entry: Entry, _ samples: Int, _ count: (Entry.Argument) -> Int?
  ) throws(ExecutionError) {
    let maximum = entry.many ? program.maximumSamples : 1
    guard (1...maximum).contains(samples) else {
      throw .samplesOutOfRange(entry: entry.name, given: samples, maximum: maximum)
    }
    for argument in entry.arguments {
      guard let given = count(argument) else { throw .missing(argument, entry: entry.name) }
      let expected = program.count(of: argument, samples: samples)
      if given != expected {
        throw .wrongCount(argument, entry: entry.name, given: given, expected: expected)
      }
    }
  }

  /// Gives `body` the arrays in another precision, and brings back what it writes.
  private func convert<Given: ProgramReal, Real: ProgramReal>(
    _ arrays: [Entry.Argument: UnsafeMutableBufferPointer<Given>], _ entry: Entry,
    _ body: ([Entry.Argument: UnsafeMutableBufferPointer<Real>]) -> Void
  ) {
    if let arrays = arrays as? [Entry.Argument: UnsafeMutableBufferPointer<Real>] {
      return body(arrays)
    }
    var converted: [Entry.Argument: UnsafeMutableBufferPointer<Real>] = [:]
    for argument in entry.arguments {
      guard let given = arrays[argument] else { continue }
      let copy = UnsafeMutableBufferPointer<Real>.allocate(capacity: given.count)
      _ = copy.initialize(from: given.lazy.map { Real($0) })
      converted[argument] = copy
    }
    body(converted)
    for (argument, copy) in converted {
      if entry.writes(argument), let target = arrays[argument] {
        for index in copy.indices { target[index] = Given(copy[index]) }
      }
      copy.deallocate()
    }
  }
}
