import NNCAlgebra
import NNCProgram

/// Spells a Program as C99: a header and a source, which need nothing else.
///
/// One rounded operation stands in each statement, so that no compiler in an ISO mode contracts two of them.
public struct CEmitter {
  let program: Program
  let options: EmissionOptions
  let dialect: CDialect
  let plan: EmissionPlan
  let vectorFunctions: VectorFunctions
  let parameters: Block
  let state: Block
  let stream: Block
  /// What every exported name begins with: `backprop`.
  public let prefix: String
  /// The names of the Program's tables, functions and kernels.
  let tableNames: [String]
  let functionNames: [String]
  let kernelNames: [String]
  /// By kernel: what a comment says of it, or an empty text.
  let kernelComments: [String]
  /// By the name of an entry: the names of places in the workspace.
  let places: [String: WorkspacePlaces]

  /// Prepares to spell a well-formed Program.
  public init(_ program: Program, options: EmissionOptions = .init()) {
    let program = program.withoutUnusedBlocks.withWideKernelsApart
    self.program = program
    self.options = options
    prefix = Names.identifier(options.prefix ?? program.name).lowercased()
    dialect = CDialect(
      precision: program.precision, prefix: prefix,
      widest: options.plain ? 1 : program.target.lanes(program.precision))
    plan = EmissionPlan(program)
    vectorFunctions = VectorFunctions(program, plan: plan, widest: dialect.widest)
    parameters = Block(program.parameters, keywords: dialect.keywords)
    state = Block(program.state, keywords: dialect.keywords)
    stream = Block(program.stream, keywords: dialect.keywords)
    let entries = Set(Entry.Kind.allCases.flatMap { [$0.rawValue, "\($0.rawValue)_many"] })
    var names = Names(reserved: entries)
    for taken in [
      "initialize", "start", "bits", "real", "parameters", "state", "stream", "workspace",
      "uniform", "set_all",
      "transpose", "weights",
    ]
      + vectorHelperNames(dialect) + Self.threadNames(program)
    {
      _ = names.claim(taken)
    }
    let prefix = prefix
    tableNames = program.tables.map { prefix + "_" + names.claim($0.name) }
    functionNames = program.functions.map { prefix + "_" + names.claim($0.name) }
    kernelNames = program.kernels.map {
      prefix + "_" + names.claim($0.name + (entries.contains($0.name) ? "_loop" : ""))
    }
    kernelComments = program.kernelComments
    let (plan, keywords) = (plan, dialect.keywords)
    places = Dictionary(
      uniqueKeysWithValues: program.entries.map { entry in
        (
          entry.name,
          WorkspacePlaces(entry, plan, reserved: keywords) { Names.identifier($0) + "_at" }
        )
      })
  }

  /// The header and the source, with their names, and where the weights have a header of their own that one.
  public var files: [EmittedFile] {
    let files = [
      EmittedFile(name: "\(prefix).h", text: header),
      EmittedFile(name: "\(prefix).c", text: source),
    ]
    if options.weightsPlace != .header { return files }
    return files + [EmittedFile(name: "\(prefix)_weights.h", text: weightsHeader)]
  }

  var macro: String { prefix.uppercased() }
  var real: String { dialect.real }

  /// The head of an entry's function; `n` counts the samples.
  func signature(_ entry: Entry) -> String {
    let list = parameterList(entry)
    let result = entry.returnsLoss ? real : "void"
    return
      "\(result) \(prefix)_\(entry.name)(\(list.isEmpty ? "void" : list.joined(separator: ", ")))"
  }

  /// What an entry's function is given.
  func parameterList(_ entry: Entry) -> [String] {
    let arguments = entry.emittedArguments(of: program)
    var list = arguments.map { declaration($0, entry) }
    let blocks = arguments.prefix(while: \.isBlock).count
    if entry.many { list.insert("size_t n", at: blocks) }
    if entry.workspaceCount > 0 { list.append("\(prefix)_workspace *w") }
    return list
  }

  private func declaration(_ argument: Entry.Argument, _ entry: Entry) -> String {
    let constant = entry.writes(argument) ? "" : "const "
    switch argument {
    case .parameters, .gradient: return "\(constant)\(prefix)_parameters *\(argument.shortName)"
    case .state, .stream:
      return "\(constant)\(prefix)_\(argument.rawValue) *\(argument.shortName)"
    case .input, .target, .output, .loss, .frame, .answer:
      let count = program.count(of: argument, samples: 1)
      let form = entry.many ? "*\(argument.shortName)" : "\(argument.shortName)[\(count)]"
      return "\(constant)\(type(argument)) \(form)"
    }
  }
}
