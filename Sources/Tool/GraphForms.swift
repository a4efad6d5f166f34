import NNC
import NNCTraining

/// What a network's formulas are written as for engines that compile them themselves.
enum GraphForm: String, CaseIterable {
  /// A module of StableHLO.
  case stablehlo
  /// A module of JAX, and the module of StableHLO that it reads.
  case jax
}

/// Options of the code that such forms have no use for.
private let foreign = [
  "target", "unroll", "max-samples", "threads", "self-check",
]

/// Writes a network's formulas for an engine.
func emit(
  _ form: GraphForm, _ compilation: Compilation, _ options: CompilerOptions, _ call: Call,
  _ console: Console
) throws {
  if let option = foreign.first(where: { call.has($0) }) {
    throw Failure.call("`--\(option)` goes with `--emit c` and `--emit swift`")
  }
  let standardBatch = 32
  let wanted = StableOptions(
    batch: call.number("batch") ?? standardBatch,
    real: call.value("real").flatMap { RealType(rawValue: $0) } ?? .f64,
    functions: options.functions, prefix: options.prefix)
  let network = try compilation.checkedNetwork()
  let name = options.prefix ?? network.name
  let files =
    switch form {
    case .stablehlo: [GeneratedFile(name: name + ".mlir", text: try compilation.stableHLO(wanted))]
    case .jax: try compilation.jax(wanted)
    }
  guard let path = call.value("output") else {
    if files.count > 1 {
      throw Failure.call("`--emit \(form.rawValue)` makes several files: `-o` says in which folder")
    }
    return try console.write(file: files[0].text)
  }
  let isFolderPath = path.hasSuffix("/") || isFolder(path) || files.count > 1
  if !isFolderPath { return try writeFiles([OutputFile(path: path, text: files[0].text)]) }
  try makeFolder(path)
  let folder = path.hasSuffix("/") ? path : path + "/"
  try writeFiles(files.map { OutputFile(path: folder + $0.name, text: $0.text) })
}

/// Writes a network as a module of Python.
func emitPython(
  _ compilation: Compilation, _ options: CompilerOptions, _ call: Call, _ console: Console
) throws {
  if let option = ["self-check", "std", "weights-in"].first(where: { call.has($0) }) {
    throw Failure.call("`--\(option)` goes with `--emit c`")
  }
  var options = options
  // A method takes one sample or many.
  options.functions = options.functions.map { functions in
    Set(functions.flatMap { [.init($0.kind, many: false), .init($0.kind, many: true)] })
  }
  let meaning = OutputMeaning(losses: compilation.lossNames)
  let files = try compilation.build(options).python(meaning: meaning.rawValue)
  guard let path = call.value("output") else { return try console.write(file: files[0].text) }
  guard path.hasSuffix("/") || isFolder(path) else {
    return try writeFiles([OutputFile(path: path, text: files[0].text)])
  }
  try makeFolder(path)
  let folder = path.hasSuffix("/") ? path : path + "/"
  try writeFiles(files.map { OutputFile(path: folder + $0.name, text: $0.text) })
}
