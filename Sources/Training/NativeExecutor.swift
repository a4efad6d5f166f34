import NNCEmission
import NNCExecution
import NNC
import NNCProgram

/// Runs the network's C, compiled by the machine's compiler for this machine.
public final class NativeExecutor<Real: ProgramReal>: Executor {
  /// The Program.
  public let program: Program
  private let object: SharedObject
  private var functions: [String: Function] = [:]
  private var integerArrays: [Entry.Argument: UnsafeMutableBufferPointer<Int32>] = [:]

  private typealias Function =
    @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>, Int) -> Void

  /// Compiles a network, or takes from the user's cache what was compiled before.
  ///
  /// The precision of `Real` must be the build's.
  ///
  /// - Parameters:
  ///   - build: the network.
  ///   - compiler: what compiles it.
  ///   - threaded: whether the threads that the build is for are used; the bits are the same without.
  public convenience init(
    _ build: Build, _ compiler: SystemCompiler, threaded: Bool = true
  ) throws(NativeError) {
    let compiler = compiler.with(openMP: threaded && build.program.isShared)
    try self.init(build.program, NativeSource(build, compiler), compiler)
  }

  /// Compiles a Program's source, or takes from the user's cache what was compiled before.
  init(
    _ program: Program, _ source: NativeSource, _ compiler: SystemCompiler
  ) throws(NativeError) {
    self.program = program
    precondition(Real.precision == program.precision)
    let cache = NativeCache()
    if let kept = cache?.opened(source.key) {
      object = kept
    } else if let cache {
      object = try cache.add(source.key, source.text, compiler)
    } else {
      object = try SharedObject.temporary(source.text, compiler)
    }
    try findFunctions()
  }

  /// Takes a Program's functions from an object that holds its code with ``CEmitter/calls``.
  package init(_ program: Program, in object: SharedObject) throws(NativeError) {
    self.program = program
    self.object = object
    try findFunctions()
  }

  private func findFunctions() throws(NativeError) {
    let prefix = CEmitter(program).prefix
    let start = program.stepping == nil ? [] : [CEmitter.startCall]
    for name in program.entries.map(\.name) + [CEmitter.initialCall] + start {
      let symbol = CEmitter.callName(name, prefix: prefix)
      functions[name] = try object.function(symbol, as: Function.self)
    }
  }

  /// Sets the initial parameters and state, by the compiled code's own function for it.
  package func initialize(_ memory: NetworkMemory<Real>) {
    functions[CEmitter.initialCall]!(memory.pointers, 1)
  }

  /// Begins a sequence, by the compiled code's own function for it.
  package func start(_ memory: NetworkMemory<Real>) {
    functions[CEmitter.startCall]?(memory.pointers, 1)
  }

  /// Runs a function.
  ///
  /// Whole numbers, which lie in the memory as reals, are checked and brought to integers.
  public func run(_ function: Entry, samples: Int, over memory: NetworkMemory<Real>) throws {
    precondition(samples > 0 && samples <= memory.capacity)
    let call = functions[function.name]!
    if program.wholeNumbers.isEmpty { return call(memory.pointers, samples) }
    var pointers = (0...CEmitter.callOrder.count).map { memory.pointers[$0] }
    for (argument, bounds) in program.wholeNumbers where function.arguments.contains(argument) {
      let count = program.count(of: argument, samples: samples)
      let numbers = UnsafeMutableBufferPointer(rebasing: memory[argument][..<count])
      try program.check(numbers, of: argument, below: bounds, function)
      let integers = integers(argument)
      for (place, number) in numbers.enumerated() { integers[place] = Int32(number) }
      pointers[CEmitter.callOrder.firstIndex(of: argument)!] = UnsafeMutableRawPointer(
        integers.baseAddress)
    }
    pointers.withUnsafeMutableBufferPointer { call($0.baseAddress!, samples) }
  }

  /// Memory for an argument's integers.
  private func integers(_ argument: Entry.Argument) -> UnsafeMutableBufferPointer<Int32> {
    if let known = integerArrays[argument] { return known }
    let count = program.count(of: argument, samples: program.maximumSamples)
    let memory = UnsafeMutableBufferPointer<Int32>.allocate(capacity: count)
    memory.initialize(repeating: 0)
    integerArrays[argument] = memory
    return memory
  }

  deinit { for memory in integerArrays.values { memory.deallocate() } }
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
