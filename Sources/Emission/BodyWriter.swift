import NNCAlgebra
import NNCProgram

/// Spells a list of instructions as statements, one rounded operation each.
struct BodyWriter {
  let dialect: any Dialect
  let types: [ScalarType]
  let analysis: BodyAnalysis
  let valueNames: [String]
  let views: [ArrayView]
  let functions: [String]
  /// The number of samples, as text; and at most so many.
  let samples: String
  private let maximumSamples: Int
  var counts: [Int]
  var names: Names
  /// The text of each value: one for each vector that the lanes are spelled as where the value varies, else one.
  var text: [[String]]
  /// Which values vary from lane to lane.
  let varying: [Bool]
  /// The lanes of the open loop over lanes.
  var lanes: Lanes?
  /// Where there are no vectors: what stands in one loop over the lanes.
  private var runs: LaneRuns?
  /// The name of the lane in such loops, and how many there are.
  var laneName = ""
  var laneCount = 0
  /// The run that is being spelled, its statements so far, and whether the next one belongs to it.
  var openRun: Int?
  var runLines: [String] = []
  var isInRun = false
  var loops: [String]
  /// The elements that are read.
  private(set) var loaded: Set<Access> = []
  /// Of each loop, whether an access depends on it.
  var isIndex: [Bool] = []
  private(set) var letters: [String] = []
  private(set) var sampleLoop = ""
  /// Of each divided loop, how its turns are shared; and the present part's first unit and the one behind its last.
  private(set) var divisions: [LoopID: Division] = [:]
  var unitNames = (first: "", end: "")
  var openLoops: [String] = []
  var indent: String
  var next = 1
  /// How many sums have no name of their own, and how many of them have been given one.
  private var sumCount = 0
  private var namedSums = 0
  private var statements: [Statement] = []
  var place = -1

  /// Begins a body inside a scope where `names` are taken.
  init(
    kernel: Kernel, program: Program, dialect: any Dialect, views: [ArrayView],
    functions: [String], samples: String, names: Names, indent: String
  ) {
    self.init(
      body: kernel.body, count: kernel.valueCount, valueNames: kernel.valueNames,
      varying: kernel.varyingValues, dialect: dialect, views: views, functions: functions,
      names: names, indent: indent, samples: samples,
      maximumSamples: samples == "1" ? 1 : program.maximumSamples, result: nil)
    counts = kernel.extents.map { $0.range(samples: maximumSamples).upperBound }
    loops = .init(repeating: "", count: kernel.loopCount)
    claimLoops(kernel.body)
    if dialect.vectors == nil, kernel.hasLanes {
      runs = LaneRuns(kernel, varying: varying)
      laneName = self.names.claim("lane")
    }
    isIndex = .init(repeating: false, count: kernel.loopCount)
    divisions = kernel.divisions
    for case let outer? in divisions.values.map(\.outer) { isIndex[Int(outer)] = true }
    for instruction in kernel.body {
      if case .load(_, let access) = instruction { loaded.insert(access) }
      switch instruction {
      case .load(_, let access), .store(let access, _):
        for stride in access.strides { isIndex[Int(stride.loop)] = true }
      case .transpose(let matrix):
        for stride in matrix.source.strides + matrix.target.strides {
          isIndex[Int(stride.loop)] = true
        }
        for case let block? in [matrix.rows.blockLoop, matrix.columns.blockLoop] {
          isIndex[Int(block)] = true
        }
      case .place(_, let access), .pick(_, _, let access):
        for stride in access.strides { isIndex[Int(stride.loop)] = true }
      case .loop(_, let extent, _):
        if let block = extent.blockLoop { isIndex[Int(block)] = true }
        if case .element(let access, _) = extent {
          for stride in access.strides { isIndex[Int(stride.loop)] = true }
        }
      default: break
      }
    }
  }

  /// Begins the body of a function whose arguments are called `arguments`: numbers, or vectors of a width.
  init(
    function: ScalarFunction, dialect: any Dialect, functions: [String], arguments: [String],
    width: Int = 1, names: Names, indent: String
  ) {
    let isVector = width > 1
    self.init(
      body: function.body, count: function.valueCount, valueNames: function.valueNames,
      varying: isVector
        ? function.varyingValues : .init(repeating: false, count: function.valueCount),
      dialect: dialect, views: [], functions: functions, names: names, indent: indent,
      samples: "1", maximumSamples: 1, result: function.result)
    if isVector { lanes = Lanes(width, widest: width) }
    for (value, name) in arguments.enumerated() { text[value] = [name] }
  }

  private init(
    body: [Instruction], count: Int, valueNames: [String], varying: [Bool], dialect: any Dialect,
    views: [ArrayView], functions: [String], names: Names, indent: String, samples: String,
    maximumSamples: Int, result: ValueID?
  ) {
    self.dialect = dialect
    self.views = views
    self.functions = functions
    self.names = names
    self.indent = indent
    self.samples = samples
    self.maximumSamples = maximumSamples
    self.valueNames = valueNames
    self.varying = varying
    types = valueTypes(of: body, count: count)
    analysis = BodyAnalysis(
      body, count: count, types: types, names: valueNames, varying: varying, result: result)
    text = .init(repeating: [""], count: count)
    for value in 0..<count where analysis.changes[value] > 0 && analysis.isSum[value] {
      if value >= valueNames.count || valueNames[value].isEmpty { sumCount += 1 }
    }
    counts = []
    loops = []
  }

  /// The text of a value after its assignment.
  func spell(_ value: ValueID) -> String { text[Int(value)][0] }

  /// The statements, one a line.
  var lines: [String] { StatementGroups.lines(statements, dialect) }

  /// A name for the value of the next instruction, a store, that holds to the end of the scope; an expression is given
  /// one here.
  mutating func giveBack(_ value: ValueID, as wanted: String) -> String {
    place += 1
    if analysis.isInline[Int(value)] {
      let name = names.claim(wanted)
      declare(name, dialect.type(.real), spell(value), mutable: false, lastUse: .max)
      return name
    }
    for index in statements.indices where statements[index].declared?.name == spell(value) {
      statements[index].declared?.lastUse = .max
    }
    return spell(value)
  }

  /// The names taken, those of the body included.
  var taken: Names { names }

  /// Spells the instructions.
  mutating func write(_ body: [Instruction]) {
    var next = 0
    while next < body.count {
      let group = runs == nil && lanes != nil ? reductions(in: body, from: next) : next..<next
      if !group.isEmpty, reduceInMemory(body[group]) {
        next = group.upperBound
      } else {
        write(body[next])
        next += 1
      }
    }
  }

  mutating func line(_ text: String, isFixed: Bool = false) {
    if isInRun { return runLines.append(text) }
    statements.append(.init(text: text, indent: indent, place: place, isFixed: isFixed))
  }

  mutating func declare(
    _ name: String, _ type: String, _ value: String, mutable: Bool, lastUse: Int
  ) {
    line(dialect.declare(name, type, value, mutable: mutable), isFixed: mutable)
    if !mutable {
      statements[statements.count - 1].declared = .init(
        name: name, type: type, value: value, lastUse: lastUse)
    }
  }

  private mutating func write(_ instruction: Instruction) {
    place += 1
    if let value = instruction.result, !analysis.isLive[Int(value)] { return }
    if let runs { enterRun(runs) }
    if runs == nil, let lanes, LaneRuns.isVector(instruction, varying, lanes.loop) {
      return writeVectors(instruction, lanes)
    }
    switch instruction {
    case .loop(let loop, .fixed(let count), .lanes): openLanes(loop, count)
    case .loop(let loop, let extent, _): open(loop, extent)
    case .end:
      indent.removeLast(2)
      if openLoops.removeLast() == Self.lanesName { lanes = nil }
      line("}", isFixed: true)
    case .real(let value, let number): text[Int(value)] = [dialect.real(number)]
    case .bits(let value, let word):
      text[Int(value)] = [dialect.bits(word, small: analysis.isShiftDistance[Int(value)])]
    case .sampleCount(let value):
      text[Int(value)] = [samples == "1" ? dialect.real(1) : dialect.sampleCount(samples)]
    case .place(let value, let access): text[Int(value)] = [place(access, loops)]
    case .load(let value, let access): define(value, real(access))
    case .store(let access, let value): line(dialect.assign(element(access), spell(value)))
    case .compute(let value, let primitive, let operands):
      let inner = dialect.compute(primitive, operands.map { spell($0) })
      let isOperand = analysis.isInline[Int(value)] && types[Int(value)] == .truth
      define(value, isOperand ? "(\(inner))" : inner)
    case .call(let value, let function, let operands):
      let list = operands.map { spell($0) }.joined(separator: ", ")
      define(value, "\(functions[function])(\(list))")
    case .callWhere(let value, let condition, let function, let operands, let otherwise):
      let list = operands.map { spell($0) }.joined(separator: ", ")
      let call = "\(functions[function])(\(list))"
      define(value, dialect.filled("$0 ? $1 : $2", [spell(condition), call, spell(otherwise)]))
    case .accumulator(let value, let initial): define(value, spell(initial))
    case .accumulate(let value, let primitive, let operands):
      if !analysis.isLive[Int(value)] { return }
      let all = primitive.accumulation(of: value, operands)
      line(dialect.assign(spell(value), dialect.compute(primitive, all.map { spell($0) })))
    case .reduce(let value, let primitive, let operand):
      if runs != nil {
        reduceByLoops(value, primitive, operand)
      } else if let lanes {
        reduce(value, primitive, operand, lanes)
      }
    case .tuple(let value, let operands): tuple(value, operands)
    case .pick(let value, let tuple, let number): pick(value, from: tuple, number)
    case .transpose(let matrix): transpose(matrix)
    case .assign(let value, let operand):
      if !analysis.isLive[Int(value)] { return }
      line(dialect.assign(spell(value), spell(operand)))
    }
  }

  mutating func define(_ value: ValueID, _ expression: String) {
    let index = Int(value)
    if analysis.isInline[index] {
      text[index] = [expression]
      return
    }
    if isInRun { return defineInRun(value, expression, isArray: runs?.isArray[index] ?? false) }
    let name = names.claim(name(for: value))
    text[index] = [name]
    declare(
      name, dialect.type(types[index]), expression, mutable: analysis.changes[index] > 0,
      lastUse: analysis.lastUse[index])
  }

  /// The wanted name of a value.
  mutating func name(for value: ValueID) -> String {
    let index = Int(value)
    if index < valueNames.count, !valueNames[index].isEmpty { return valueNames[index] }
    if analysis.changes[index] > 0, analysis.isSum[index] {
      namedSums += 1
      return sumCount > 1 ? "sum\(namedSums)" : "sum"
    }
    next += 1
    return "v\(next - 1)"
  }

  /// What stands for a loop over lanes among the names of open loops.
  static let lanesName = "lanes"

  /// Takes the names of loops, so that no value has them: one for each depth, and one for the loop over the samples.
  private mutating func claimLoops(_ body: [Instruction]) {
    var depth = 0
    var lanesDepth: Int?
    for instruction in body {
      switch instruction {
      case .loop(_, _, .lanes): lanesDepth = depth
      case .loop(_, let extent, _):
        depth += 1
        if extent == .samples, sampleLoop.isEmpty { sampleLoop = names.claim("sample") }
        if letters.count < depth {
          let plain = ["i", "j", "k", "l", "m"]
          letters.append(names.claim(plain[(depth - 1) % plain.count]))
        }
      case .end:
        if lanesDepth == depth { lanesDepth = nil } else { depth -= 1 }
      default: break
      }
    }
  }
}
