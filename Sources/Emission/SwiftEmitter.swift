import NNCAlgebra
import NNCProgram
import NNCText

/// Spells a Program as one Swift file without imports: a namespace with the network's functions.
///
/// A small network's parameters are a struct with a named array for each field, which needs no allocation and suits
/// Embedded Swift. Those of a large one are a span over memory of the caller's. Inside, kernels work on unsafe
/// pointers; the functions that a user calls check all sizes.
public struct SwiftEmitter {
  let program: Program
  let options: EmissionOptions
  let dialect: SwiftDialect
  let plan: EmissionPlan
  let vectorFunctions: VectorFunctions
  let parameters: Block
  let state: Block
  let stream: Block
  /// The name of the namespace: `Backprop`.
  public let namespace: String
  /// The names of the Program's tables, functions and kernels.
  let tableNames: [String]
  let functionNames: [String]
  let kernelNames: [String]
  /// By kernel: what a comment says of it, or an empty text.
  let kernelComments: [String]
  /// By the name of an entry: the names of places in the workspace.
  let places: [String: WorkspacePlaces]

  /// The most numbers that a network's blocks and samples may have for it to be emitted with structs and inline arrays.
  public static let structLimit = 1024

  /// Whether parameters are a struct, and inputs and outputs of one sample inline arrays.
  public let usesStructs: Bool

  /// Prepares to spell a well-formed Program.
  public init(_ program: Program, options: EmissionOptions = .init()) {
    let program = program.withoutUnusedBlocks.withWideKernelsApart
    self.program = program
    self.options = options
    namespace = Names.capitalised(options.prefix ?? program.name)
    // Every machine that Swift is compiled for has vectors of 16 bytes, or computes them one by one.
    dialect = SwiftDialect(
      precision: program.precision,
      widest: max(program.target.lanes(program.precision), 16 / program.precision.bytes))
    plan = EmissionPlan(program)
    vectorFunctions = VectorFunctions(program, plan: plan, widest: dialect.widest)
    parameters = Block(program.parameters, keywords: dialect.keywords, camel: true)
    state = Block(program.state, keywords: dialect.keywords, camel: true)
    stream = Block(program.stream, keywords: dialect.keywords, camel: true)
    let sample = program.inputCount + program.targetCount + program.outputCount
    usesStructs =
      parameters.count + state.count + stream.count + sample <= Self.structLimit
    var names = Names(reserved: dialect.keywords.union(Self.entryNames))
    for entry in program.entries {
      _ = names.claim(Self.name(entry))
      _ = names.claim(Self.name(entry) + "Core")
    }
    let threadNames =
      program.isShared
      ? ["Team", "share", "team", "own", "number", "turnOfUnit", "parts", "part"] : []
    for taken in ["initialize", "start", "uniform", "setAll", "setUniform", "loss", Self.choice]
      + swiftVectorHelperNames
      + threadNames
    {
      _ = names.claim(taken)
    }
    tableNames = program.tables.map { names.claim(Names.camel($0.name)) }
    functionNames = program.functions.map { names.claim(Names.camel($0.name)) }
    let entries = Set(program.entries.map(Self.name))
    kernelNames = program.kernels.map {
      let name = Names.camel($0.name)
      return names.claim(name + (entries.contains(name) ? "Loop" : ""))
    }
    kernelComments = program.kernelComments
    let plan = plan
    let taken = dialect.keywords.union(Self.entryNames)
      .union(["loss", "n", "turn", "part", "parts", "team", "own", "number"])
      .union(kernelNames).union(functionNames).union(tableNames)
    places = Dictionary(
      uniqueKeysWithValues: program.entries.map { entry in
        (entry.name, WorkspacePlaces(entry, plan, reserved: taken) { Names.camel($0) + "At" })
      })
  }

  /// The file, with its name.
  public var files: [EmittedFile] { [EmittedFile(name: "\(namespace).swift", text: source)] }

  var real: String { dialect.real }

  /// `trainMany`
  static func name(_ entry: Entry) -> String { entry.kind.rawValue + (entry.many ? "Many" : "") }

  /// The names that functions of entries give to what they are given.
  static let entryNames: Set<String> = ["p", "s", "m", "x", "t", "y", "w", "n", "gradient"]

  /// The text of the file.
  public var source: String {
    var body: [String] = []
    if program.functions.indices.contains(where: {
      plan.usedFunctions.contains($0) && program.functions[$0].isRare
    }) {
      body += choiceText
    }
    for index in program.functions.indices where plan.usedFunctions.contains(index) {
      for width in vectorFunctions.instances(index) {
        body += functionText(index, width: width)
      }
    }
    for index in program.kernels.indices where plan.forms[index] == .shared {
      body += sharedKernel(index)
    }
    for entry in program.entries {
      for call in entry.calls where plan.forms[call.kernel] == .once {
        body += onceKernel(call, entry)
      }
    }
    let imports = program.isShared ? ["import Dispatch", "import Synchronization", ""] : []
    var lines = imports + opening + ["public enum \(namespace) {"]
    let entries = program.entries.flatMap { entryText($0) }
    let initial = usesStructs ? [] : initialText + startText
    lines += (sizes + blocks + initial + entries).map { $0.isEmpty ? "" : "  " + $0 }
    var words = Words(body)
    let transposition = transposition(words)
    words.add(transposition)
    var inner = threadSupport(words) + vectorHelpers(words) + transposition + body + tables
    words.add(entries)
    let needsLayout = !usesStructs || words.contains("Layout")
    if needsLayout { inner = layout + inner }
    lines += inner.map { $0.isEmpty ? "" : "  " + $0 }
    while lines.last == "" { lines.removeLast() }
    lines.append("}")
    if options.selfCheck { lines += selfCheckText }
    return lines.joined(separator: "\n") + "\n"
  }

  private var opening: [String] {
    let bytes = program.workspaceCount * program.precision.bytes
    let bits = program.precision == .f64 ? 64 : 32
    var lines = [
      "// Generated by nnc; changes belong into the network.", "",
      "/// The network \(program.name.escaped(for: .swiftComment)): \(program.inputCount) inputs, \(program.outputCount) outputs, "
        + "\(program.parameterCount) parameters,",
      "/// computed in IEEE 754 binary\(bits). Workspace: \(bytes) bytes.", "///",
    ]
    if !options.remarks.isEmpty {
      lines += options.remarks.map { "///     \($0.escaped(for: .swiftComment))" } + ["///"]
    }
    if !program.target.flags.isEmpty {
      let flags = program.target.flags.split(separator: " ").map { "-Xcc \($0)" }
      lines += [
        "/// Made for \(program.target.name): compile with -O \(flags.joined(separator: " "))",
        "/// -Xcc -fno-math-errno.", "///",
      ]
    }
    if let advice = threadAdvice(program, how: "by Dispatch") {
      lines += advice.map { "/// \($0)" } + ["///"]
    }
    return lines + [
      "/// Nothing is allocated, and nothing is kept between calls. The results have the same bits at every",
      "/// level of optimisation.",
    ]
  }

  private var sizes: [String] {
    var rows = [
      ("inputCount", "Numbers in one input.", program.inputCount),
      ("outputCount", "Numbers in one output.", program.outputCount),
      ("parameterCount", "Numbers in the parameters.", program.parameterCount),
    ]
    if program.targetCount > 0 {
      rows.insert(("targetCount", "Numbers in one target.", program.targetCount), at: 2)
    }
    if state.count > 0 {
      rows.append(("stateCount", "Numbers in the optimiser's state.", state.count))
    }
    if stream.count > 0 {
      rows += [
        ("frameCount", "Numbers in one step of an input.", program.count(of: .frame, samples: 1)),
        (
          "answerCount", "Numbers in the output at one step.",
          program.count(of: .answer, samples: 1)
        ),
        ("streamCount", "Numbers kept from step to step.", stream.count),
      ]
    }
    if program.entries.contains(where: \.many) {
      rows.append(("maximumSamples", "The most samples of one call.", program.maximumSamples))
    }
    if program.workspaceCount > 0 {
      rows.append(
        (
          "workspaceCount", "Numbers of scratch memory that serve every call.",
          program.workspaceCount
        )
      )
    }
    return rows.flatMap { ["/// \($0.1)", "public static let \($0.0) = \($0.2)"] } + partRanges
      + [""]
  }

  /// Where each of several inputs, outputs or targets stands in a sample's row.
  private var partRanges: [String] {
    var names = Names(reserved: dialect.keywords)
    return program.rowParts.flatMap { argument, parts in
      parts.flatMap { part in
        let name = names.claim(
          argument.rawValue + part.name.prefix(1).uppercased() + part.name.dropFirst())
        return [
          "/// Where \(part.name) stands in one \(argument.rawValue): \(part.extentText).",
          "public static let \(name) = \(part.offset)..<\(part.offset + part.count)",
        ]
      }
    }
  }

  /// The name of the function that chooses one of two numbers in what is rarely called.
  private static let choice = "choose"

  /// Swift's optimiser threads jumps through choices that follow one another, for minutes where there are a hundred.
  private var choiceText: [String] {
    [
      "/// One of two numbers. It stays a function: many choices in a row would take the compiler very long.",
      "@inline(never)",
      "private static func \(Self.choice)(_ isFirst: Bool, _ a: \(real), _ b: \(real)) -> \(real) {",
      "  isFirst ? a : b", "}", "",
    ]
  }

  /// A function of numbers, or of vectors.
  private func functionText(_ index: Int, width: Int) -> [String] {
    let function = program.functions[index]
    var dialect = dialect
    if function.isRare, width == 1 { dialect.choice = Self.choice }
    var names = Names(reserved: dialect.keywords.union(functionNames))
    let arguments = function.arguments.map { names.claim($0) }
    let type = width > 1 ? dialect.vectors?.type(.real, width) ?? real : real
    let list = arguments.map { "_ \($0): \(type)" }.joined(separator: ", ")
    var writer = BodyWriter(
      function: function, dialect: dialect, functions: functionNames, arguments: arguments,
      width: width, names: names, indent: "  ")
    writer.write(function.body)
    return [
      "/// \(function.summary.escaped(for: .swiftComment))",
      // What is rarely called is kept out of the way of what is.
      function.isRare ? "@inline(never)" : "@inline(__always)",
      "private static func \(functionNames[index])(\(list)) -> \(type) {",
    ] + writer.lines + ["  return \(writer.spell(function.result))", "}", ""]
  }

  private var tables: [String] {
    program.tables.indices.filter { index in
      program.entries.contains { entry in
        entry.calls.contains { call in call.arrays.contains { $0.base == .table(index) } }
      }
    }.flatMap { constant(tableNames[$0], program.tables[$0].values) }
  }

  /// A constant array.
  func constant(_ name: String, _ values: [Double]) -> [String] {
    ["private static let \(name): InlineArray<\(values.count), \(real)> = ["]
      + wrapped(values.map { dialect.real($0) }) + ["]", ""]
  }
}
