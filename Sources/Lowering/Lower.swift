import NNCAlgebra
import NNCGraph
import NNCProgram

/// The Program that computes what is asked for.
public func lower(_ request: LoweringRequest) -> Program { Lowered(request).program }

/// A lowered network: its Program, and how the workspace of each entry is used.
public struct Lowered: Sendable {
  /// The Program.
  public var program: Program
  /// The use of the workspace, for each of the Program's entries.
  public let plans: [MemoryPlan]
  /// What each kernel computes and how its loops run, for people: its algorithm and its schedule, where it has loops.
  public let scheduleText: String

  /// Lowers each entry, as straight-line code where all its values are scalars and as loops over tensors otherwise.
  ///
  /// No derivative and no free variable may be left in what the results are made from.
  public init(_ request: LoweringRequest) {
    let context = Context(request)
    var entries: [Entry] = []
    var plans: [MemoryPlan] = []
    for entry in request.entries {
      let roots = entry.results.map(\.node)
      let isReachable = request.graph.reachable(from: roots)
      let (calls, plan) =
        isStraightLine(request.graph, entry, isReachable)
        ? StraightLine(context, entry, isReachable).lower()
        : TensorLowering(context, entry, isReachable).lower()
      entries.append(
        Entry(
          kind: entry.kind, many: entry.many, arguments: entry.arguments, calls: calls,
          workspaceCount: plan.count))
      plans.append(plan)
    }
    var program = Program(
      name: request.name, precision: request.precision, target: request.target,
      parameters: request.parameters,
      state: request.state, inputCount: request.inputCount, targetCount: request.targetCount,
      outputCount: request.outputCount, maximumSamples: request.maximumSamples,
      tables: context.tables, functions: context.functions.functions,
      kernels: context.roles.named(
        context.kernels.kernels, functions: context.functions.functions),
      entries: entries)
    program.wholeNumbers = request.wholeNumbers
    (program.stream, program.stepping) = (request.stream, request.stepping)
    self.program = program.shared(by: request.threads)
    self.plans = plans
    let texts = context.plans.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map {
      "\(program.kernels[$0.key].name)\n\n" + $0.value.map(\.description).joined(separator: "\n")
    }
    scheduleText = texts.isEmpty ? "# All is straight-line code.\n" : texts.joined(separator: "\n")
  }
}

/// What the entries of one Program share while it is made.
final class Context {
  let request: LoweringRequest
  let functions: FunctionTable
  let kernels = KernelTable()
  /// The kernels written for tasks, with the numbers of the arrays that each is given.
  var written: [KernelSignature: (kernel: Int, arrays: [Int])] = [:]
  /// The nests and schedules of each kernel that has some.
  var plans: [Int: [KernelPlan]] = [:]
  /// By a sum of `predict` for one sample: how many of its terms lie in lanes; 0 where they are added one after the other.
  var termsInLanes: [NodeID: Int] = [:]
  /// What the kernels do, for their names.
  var roles = KernelRoles()
  private(set) var tables: [Table] = []
  /// By the index of a leaf of noise: its number among them.
  let noiseNumbers: [Int: Int]
  private var literalTables: [Int: Int] = [:]
  private var noiseTable: Int?
  private var fields: [Entry.Argument: [String: Field]] = [:]
  private var fieldsByOffset: [Entry.Argument: [Int: Field]] = [:]

  init(_ request: LoweringRequest) {
    var named = request
    named.graph.nameWhatIsReshaped()
    self.request = named
    functions = FunctionTable(
      precision: request.precision, fuses: request.target.fuses(request.precision))
    let noise = request.graph.symbols.indices.filter { request.graph.symbols[$0].role == .noise }
    noiseNumbers = Dictionary(uniqueKeysWithValues: zip(noise, noise.indices))
    for (argument, list) in [
      (Entry.Argument.parameters, request.parameters), (.state, request.state),
      (.stream, request.stream),
    ] {
      fields[argument] = Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0) })
      fieldsByOffset[argument] = Dictionary(
        list.map { ($0.offset, $0) }, uniquingKeysWith: { $0.count > 0 ? $0 : $1 })
    }
  }

  var graph: Graph { request.graph }

  /// How many numbers the target's vectors hold; 1 where code is scalar.
  var width: Int { request.target.lanes(request.precision) }

  /// How many samples lie side by side where an entry takes many: two vectors, or one where there are never more.
  var block: Int {
    width == 1 ? 1 : request.maximumSamples <= width ? width : 2 * width
  }

  /// How many neighbours on an axis lie side by side: two vectors.
  var columns: Int { 2 * width }

  /// The table that holds a literal of the graph.
  func table(ofLiteral literal: Int) -> Int {
    if let known = literalTables[literal] { return known }
    tables.append(Table(name: "table\(tables.count + 1)", values: graph.literals[literal]))
    literalTables[literal] = tables.count - 1
    return tables.count - 1
  }

  /// The table of the numbers of the leaves of noise, each at its own place.
  func tableOfNoise() -> Int {
    if let noiseTable { return noiseTable }
    let numbers = noiseNumbers.values.sorted().map { Double($0) }
    tables.append(Table(name: "noise", values: numbers))
    noiseTable = tables.count - 1
    return tables.count - 1
  }

  /// Where the numbers of a leaf are: the caller's array, and its first number there.
  func place(of symbol: Symbol) -> (argument: Entry.Argument, offset: Int) {
    switch symbol.role {
    case .input: return (.input, 0)
    case .target: return (.target, 0)
    case .frame: return (.frame, 0)
    case .memory: return (.stream, field(.stream, symbol).offset)
    case .parameter: return (.parameters, field(.parameters, symbol).offset)
    case .state: return (.state, field(.state, symbol).offset)
    case .sampleCount, .noise, .carried, .free:
      preconditionFailure("\(symbol.name) is not in memory")
    }
  }

  private func field(_ argument: Entry.Argument, _ symbol: Symbol) -> Field {
    guard let field = fields[argument]?[symbol.name] else {
      preconditionFailure("no field \(symbol.name) among the \(argument.rawValue)")
    }
    precondition(field.count == symbol.shape.elementCount, "\(symbol.name) has another size")
    return field
  }

  /// The field that an array begins with, where it lies in the parameters, the gradient or the state.
  func field(at buffer: Buffer) -> Field? {
    guard case .argument(let argument) = buffer.base else { return nil }
    return fieldsByOffset[argument == .gradient ? .parameters : argument]?[buffer.offset]
  }

  /// Numbers in one sample's row of a caller's array.
  func rowCount(_ argument: Entry.Argument) -> Int {
    switch argument {
    case .input: request.inputCount
    case .target: request.targetCount
    case .output: request.outputCount
    default: 0
    }
  }
}
