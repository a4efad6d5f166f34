import Emission
import Execution
import NNC
import Program

/// Runs the network's C, compiled by the machine's compiler for this machine.
public final class NativeExecutor<Real: ProgramReal>: Executor {
  /// The Program.
  public let program: Program
  private let object: SharedObject
  private var functions: [String: Function] = [:]

  private typealias Function =
    @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>, Int) -> Void

  /// Compiles a network, or takes from the user's cache what was compiled before.
  ///
  /// The precision of `Real` must be the build's.
  ///
  /// - Parameter threaded: whether the threads that the build is for are used; the bits are the same without.
  public init(
    _ build: Build, _ compiler: SystemCompiler, threaded: Bool = true
  ) throws(NativeError) {
    let compiler = compiler.with(openMP: threaded && build.program.isShared)
    program = build.program
    precondition(Real.precision == program.precision)
    let source = NativeSource(build, compiler)
    let cache = NativeCache()
    if let kept = cache?.opened(source.key) {
      object = kept
    } else if let cache {
      object = try cache.add(source.key, source.text, compiler)
    } else {
      object = try SharedObject.temporary(source.text, compiler)
    }
    let emitter = CEmitter(program)
    for entry in program.entries {
      functions[entry.name] = try object.function(emitter.callName(entry), as: Function.self)
    }
  }

  /// Runs a function.
  public func run(_ function: Entry, samples: Int, over memory: NetworkMemory<Real>) {
    precondition(samples > 0 && samples <= memory.capacity)
    functions[function.name]!(memory.pointers, samples)
  }
}

/// A network's C and the key under which its shared object is kept.
struct NativeSource {
  let text: String
  let key: Fingerprint

  init(_ build: Build, _ compiler: SystemCompiler) {
    text = build.callableC
    var key = Fingerprint()
    key.add(text)
    key.add(compiler.identity)
    self.key = key
  }

  /// Whether it has been compiled before.
  var isKept: Bool { NativeCache()?.has(key) ?? false }
}
