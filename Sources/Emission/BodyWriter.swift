import Algebra
import Program

/// Spells a list of instructions as statements, one rounded operation each.
struct BodyWriter {
  private let dialect: any Dialect
  private let types: [ScalarType]
  private let analysis: BodyAnalysis
  private let valueNames: [String]
  private let views: [ArrayView]
  private let functions: [String]
  /// The number of samples, as text; and at most so many.
  private let samples: String
  private let maximumSamples: Int
  private var counts: [Int]
  private var names: Names
  private var text: [String]
  private var loops: [String]
  /// Of each loop, whether an access depends on it.
  private var isIndex: [Bool] = []
  private var letters: [String] = []
  private var sampleLoop = ""
  private var openLoops: [String] = []
  private var indent: String
  private var next = 1
  private var statements: [Statement] = []
  private var place = -1

  /// Begins a body inside a scope where `names` are taken.
  init(
    kernel: Kernel, program: Program, dialect: any Dialect, views: [ArrayView],
    functions: [String], samples: String, names: Names, indent: String
  ) {
    self.init(
      body: kernel.body, count: kernel.valueCount, valueNames: kernel.valueNames,
      dialect: dialect, views: views, functions: functions, names: names, indent: indent,
      samples: samples, maximumSamples: samples == "1" ? 1 : program.maximumSamples, result: nil)
    counts = kernel.extents.map { $0.count(samples: maximumSamples) }
    loops = .init(repeating: "", count: kernel.loopCount)
    claimLoops(kernel.body)
    isIndex = .init(repeating: false, count: kernel.loopCount)
    for instruction in kernel.body {
      switch instruction {
      case .load(_, let access), .store(let access, _):
        for stride in access.strides { isIndex[Int(stride.loop)] = true }
      default: break
      }
    }
  }

  /// Begins the body of a function whose arguments are called `arguments`.
  init(
    function: ScalarFunction, dialect: any Dialect, functions: [String], arguments: [String],
    names: Names, indent: String
  ) {
    self.init(
      body: function.body, count: function.valueCount, valueNames: function.valueNames,
      dialect: dialect, views: [], functions: functions, names: names, indent: indent,
      samples: "1", maximumSamples: 1, result: function.result)
    for (value, name) in arguments.enumerated() { text[value] = name }
  }

  private init(
    body: [Instruction], count: Int, valueNames: [String], dialect: any Dialect,
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
    types = valueTypes(of: body, count: count)
    analysis = BodyAnalysis(
      body, count: count, types: types, names: valueNames, result: result)
    text = .init(repeating: "", count: count)
    counts = []
    loops = []
  }

  /// The text of a value after its assignment.
  func spell(_ value: ValueID) -> String { text[Int(value)] }

  /// The statements, one a line.
  var lines: [String] { StatementGroups.lines(statements, dialect) }

  /// A name for the value of the next instruction, a store, that holds to the end of the scope; an expression is given
  /// one here.
  mutating func giveBack(_ value: ValueID, as wanted: String) -> String {
    place += 1
    if analysis.isInline[Int(value)] {
      let name = names.claim(wanted)
      declare(name, .real, spell(value), mutable: false, lastUse: .max)
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
    for instruction in body { write(instruction) }
  }

  private mutating func line(_ text: String, isFixed: Bool = false) {
    statements.append(.init(text: text, indent: indent, place: place, isFixed: isFixed))
  }

  private mutating func declare(
    _ name: String, _ type: ScalarType, _ value: String, mutable: Bool, lastUse: Int
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
    switch instruction {
    case .loop(let loop, let extent, _): open(loop, extent)
    case .end:
      indent.removeLast(2)
      openLoops.removeLast()
      line("}", isFixed: true)
    case .real(let value, let number): text[Int(value)] = dialect.real(number)
    case .bits(let value, let word):
      text[Int(value)] = dialect.bits(word, small: analysis.isShiftDistance[Int(value)])
    case .sampleCount(let value):
      text[Int(value)] = samples == "1" ? dialect.real(1) : dialect.sampleCount(samples)
    case .load(let value, let access): define(value, element(access))
    case .store(let access, let value): line(dialect.assign(element(access), spell(value)))
    case .compute(let value, let primitive, let operands):
      let inner = dialect.compute(primitive, operands.map { spell($0) })
      let isOperand = analysis.isInline[Int(value)] && types[Int(value)] == .truth
      define(value, isOperand ? "(\(inner))" : inner)
    case .call(let value, let function, let operands):
      let list = operands.map { spell($0) }.joined(separator: ", ")
      define(value, "\(functions[function])(\(list))")
    case .accumulator(let value, let initial): define(value, spell(initial))
    case .accumulate(let value, let primitive, let operands):
      if !analysis.isLive[Int(value)] { return }
      let all = primitive.accumulation(of: value, operands)
      line(dialect.assign(spell(value), dialect.compute(primitive, all.map { spell($0) })))
    case .reduce, .transpose: preconditionFailure("lanes are not spelled")
    case .assign(let value, let operand):
      if !analysis.isLive[Int(value)] { return }
      line(dialect.assign(spell(value), spell(operand)))
    }
  }

  private func element(_ access: Access) -> String {
    views[Int(access.array)].element(access, loops: loops, counts: counts)
  }

  private mutating func define(_ value: ValueID, _ expression: String) {
    let index = Int(value)
    if analysis.isInline[index] {
      text[index] = expression
      return
    }
    var given = index < valueNames.count ? valueNames[index] : ""
    if given.isEmpty, analysis.changes[index] > 0, analysis.isSum[index] { given = "sum" }
    if given.isEmpty {
      given = "v\(next)"
      next += 1
    }
    let name = names.claim(given)
    text[index] = name
    declare(
      name, types[index], expression, mutable: analysis.changes[index] > 0,
      lastUse: analysis.lastUse[index])
  }

  private mutating func open(_ loop: LoopID, _ extent: Extent) {
    let name: String
    let count: String
    switch extent {
    case .samples:
      name = openLoops.contains(sampleLoop) ? letters[openLoops.count] : sampleLoop
      count = samples
    default:
      name = letters[openLoops.count { $0 != sampleLoop }]
      count = spell(extent)
    }
    openLoops.append(name)
    loops[Int(loop)] = name
    line(
      dialect.loop(isIndex[Int(loop)] ? name : dialect.unusedLoop(name), count), isFixed: true)
    indent += "  "
  }

  /// How often a loop runs, as text.
  private func spell(_ extent: Extent) -> String {
    switch extent {
    case .fixed(let count): return "\(count)"
    case .samples: return samples
    case .blocks(let size): return "(\(samples) + \(size - 1)) / \(size)"
    case .fullBlocks(let size): return "\(samples) / \(size)"
    case .rest(let size): return "\(samples) % \(size)"
    case .within(let size, let block):
      let left = "\(samples) - \(size) * \(loops[Int(block)])"
      return dialect.minimum("\(size)", left)
    case .padding(let size, let block):
      let left = "\(samples) - \(size) * \(loops[Int(block)])"
      return "\(size) - " + dialect.minimum("\(size)", left)
    }
  }

  /// Takes the names of loops, so that no value has them: one for each depth, and one for the loop over the samples.
  private mutating func claimLoops(_ body: [Instruction]) {
    var depth = 0
    for instruction in body {
      switch instruction {
      case .loop(_, let extent, _):
        depth += 1
        if extent == .samples, sampleLoop.isEmpty { sampleLoop = names.claim("sample") }
        if letters.count < depth {
          let plain = ["i", "j", "k", "l", "m"]
          letters.append(names.claim(plain[(depth - 1) % plain.count]))
        }
      case .end: depth -= 1
      default: break
      }
    }
  }
}
