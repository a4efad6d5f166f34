import NNCExecution
import NNCProgram

/// Runs the functions of one Program. Every executor gives the same bits.
public protocol Executor<Real> {
  /// The type of its numbers.
  associatedtype Real: ProgramReal
  /// The Program.
  var program: Program { get }
  /// Runs a function over the first `samples` samples that lie in the memory.
  func run(_ function: Entry, samples: Int, over memory: NetworkMemory<Real>) throws
}

extension Executor {
  /// Runs the function of a kind: that for one sample where it is called with one and the Program has it.
  func run(_ kind: Entry.Kind, samples: Int, over memory: NetworkMemory<Real>) throws {
    let single = samples == 1 ? program.entry(kind, many: false) : nil
    guard let function = single ?? program.entry(kind, many: true) else {
      throw ExecutionError.noEntry(kind.rawValue)
    }
    try run(function, samples: samples, over: memory)
  }
}

/// Interprets the Program: needs nothing but this library.
public final class InterpreterExecutor<Real: ProgramReal>: Executor {
  /// The Program.
  public var program: Program { interpreter.program }
  private let interpreter: Interpreter

  /// Makes an interpreter of a Program.
  public init(_ program: Program) throws { interpreter = try Interpreter(program) }

  /// Runs a function.
  public func run(_ function: Entry, samples: Int, over memory: NetworkMemory<Real>) throws {
    var arrays: [Entry.Argument: UnsafeMutableBufferPointer<Real>] = [:]
    for argument in function.arguments {
      let count = program.count(of: argument, samples: samples)
      arrays[argument] = UnsafeMutableBufferPointer(rebasing: memory[argument][..<count])
    }
    try interpreter.run(
      function.kind, many: function.many, samples: samples, arrays: arrays,
      workspace: memory.workspace)
  }
}
