import NNCExecution
import NNC
import NNCProgram

/// Which executor runs a network's functions.
public enum ExecutorChoice: String, Hashable, Sendable, CaseIterable {
  /// The interpreter.
  case interpreter
  /// C, compiled by the machine's compiler.
  case native
  /// Native code where there is a compiler and the work is worth its time, else the interpreter.
  case auto

  /// The machine operations that take the interpreter about as long as compiling takes.
  static let worthCompiling = 100_000_000

  /// The executor that is chosen, and where it was for the machine to choose, what was chosen and why.
  ///
  /// - Parameters:
  ///   - build: the network, compiled with `Real`'s precision.
  ///   - operations: the machine operations that are to be done, as far as is known.
  ///   - _: the type of its numbers.
  /// - Throws: ``NativeError`` where native code is demanded and cannot be had.
  public func executor<Real: ProgramReal>(
    for build: Build, operations: Double, as _: Real.Type
  ) throws -> (executor: any Executor<Real>, reason: String?) {
    func interpreter(_ reason: String?) throws -> (executor: any Executor<Real>, reason: String?) {
      (try InterpreterExecutor<Real>(build.program), reason)
    }
    let compiler = SystemCompiler.found()
    switch self {
    case .interpreter: return try interpreter(nil)
    case .native:
      guard let compiler else {
        throw NativeError("there is no C compiler: no `cc`, `gcc` or `clang` in PATH, and no CC")
      }
      return (try NativeExecutor<Real>(build, compiler), nil)
    case .auto:
      guard let compiler else { return try interpreter("interpreted: there is no C compiler") }
      let isShared = build.program.isShared
      let own = compiler.with(openMP: isShared)
      let source = NativeSource(build, own)
      let isKept = source.isKept
      if !isKept, operations < Double(Self.worthCompiling) {
        return try interpreter("interpreted: too little work to be worth compiling")
      }
      do throws(NativeError) {
        let executor = try NativeExecutor<Real>(build.program, source, own)
        let how = isShared ? ", in \(build.program.threads) threads" : ""
        return (executor, "native code\(isKept ? "" : ", compiled by `\(compiler.command)`")\(how)")
      } catch {
        if isShared,
          let executor = try? NativeExecutor<Real>(build, compiler, threaded: false)
        {
          let cause = "`\(compiler.command)` compiles for no more, having no OpenMP"
          return (executor, "native code, in one thread: \(cause)")
        }
        return try interpreter("interpreted: \(error.description)")
      }
    }
  }
}
