import NNCAlgebra

/// Checks one kernel or function in one walk over its instructions.
struct BodyVerifier {
  let place: String
  let program: Program
  let isFunction: Bool
  /// How many functions may be called: of a function, those before it.
  let callable: Int
  let arrays: [Kernel.Parameter]
  let extents: [Extent]
  let finalValue: ValueID?
  var values: [Value]
  var loops: [Bool]
  var open: [Loop] = []
  var result: [String] = []
  var number = 0

  /// What is known of a value; `known` is false before its assignment and outside of its loop.
  struct Value {
    var type = ScalarType.real
    /// Of a tuple, how many values it has.
    var count: Int?
    var isAssigned = false
    var isKnown = false
    /// Of an accumulator, the parallel loops around its opening.
    var parallelDepth: Int?
  }

  struct Loop {
    var id: LoopID
    var turns: Turns
    var assigned: [ValueID] = []
    var isParallel: Bool { turns != .ordered }
  }

  init(kernel: Kernel, program: Program) {
    place = "kernel \(kernel.name)"
    self.program = program
    isFunction = false
    callable = program.functions.count
    arrays = kernel.parameters
    finalValue = nil
    values = .init(repeating: .init(), count: kernel.valueCount)
    loops = .init(repeating: false, count: kernel.loopCount)
    var extents = [Extent](repeating: .fixed(1), count: kernel.loopCount)
    for case .loop(let loop, let extent, _) in kernel.body where extents.indices ~= Int(loop) {
      extents[Int(loop)] = extent
    }
    self.extents = extents
    if !kernel.valueNames.isEmpty, kernel.valueNames.count != kernel.valueCount {
      fail("has \(kernel.valueNames.count) names for \(kernel.valueCount) values")
    }
  }

  init(function: ScalarFunction, index: Int, program: Program) {
    place = "function \(function.name)"
    self.program = program
    isFunction = true
    callable = index
    arrays = []
    extents = []
    finalValue = function.result
    values = .init(repeating: .init(), count: function.valueCount)
    loops = []
    for value in values.indices.prefix(function.arguments.count) {
      values[value].isAssigned = true
      values[value].isKnown = true
    }
  }

  mutating func fail(_ text: String) { result.append("\(place), instruction \(number): \(text)") }

  /// The problems found.
  mutating func problems(_ body: [Instruction]) -> [String] {
    for (index, instruction) in body.enumerated() {
      number = index
      check(instruction)
    }
    number = body.count
    if !open.isEmpty { fail("\(open.count) loops are not closed") }
    if let finalValue, type(of: finalValue) != .real { fail("the result is no real") }
    return result
  }

  /// The type of an operand, or nil with a complaint where it is not known here.
  private mutating func type(of value: ValueID) -> ScalarType? {
    guard values.indices.contains(Int(value)) else {
      fail("there is no value \(value)")
      return nil
    }
    let known = values[Int(value)]
    if known.isKnown {
      if known.count != nil { fail("value \(value) is a tuple") }
      return known.type
    }
    let reason = known.isAssigned ? "outside of its loop" : "before it is assigned"
    fail("value \(value) is used \(reason)")
    return nil
  }

  private mutating func expect(_ value: ValueID, _ expected: ScalarType) {
    if let type = type(of: value), type != expected {
      fail("value \(value) is \(type), not \(expected)")
    }
  }

  private mutating func assign(_ value: ValueID, _ type: ScalarType) {
    guard values.indices.contains(Int(value)) else { return fail("there is no value \(value)") }
    if values[Int(value)].isAssigned { fail("value \(value) is assigned twice") }
    values[Int(value)] = .init(type: type, isAssigned: true, isKnown: true)
    if !open.isEmpty { open[open.count - 1].assigned.append(value) }
  }
}

extension BodyVerifier {
  /// Checks the call of a function.
  private mutating func check(_ function: Int, _ operands: [ValueID]) {
    if (0..<callable).contains(function) {
      let callee = program.functions[function]
      if callee.arguments.count != operands.count {
        fail("\(callee.name) takes \(callee.arguments.count) arguments, not \(operands.count)")
      }
    } else {
      fail("function \(function) cannot be called here")
    }
    for operand in operands { expect(operand, .real) }
  }

  private mutating func check(_ instruction: Instruction) {
    switch instruction {
    case .real(let value, _): assign(value, .real)
    case .bits(let value, let word):
      if program.precision == .f32, word > UInt64(UInt32.max) { fail("\(word) needs over 32 bits") }
      assign(value, .bits)
    case .compute(let value, let primitive, let operands):
      check(primitive, operands)
      assign(value, primitive.row.result)
    case .call(let value, let function, let operands):
      check(function, operands)
      assign(value, .real)
    case .callWhere(let value, let condition, let function, let operands, let otherwise):
      expect(condition, .truth)
      check(function, operands)
      expect(otherwise, .real)
      assign(value, .real)
    case _ where isFunction: fail("a function has neither loops, arrays nor accumulators")
    case .loop(let loop, let extent, let turns): enter(loop, extent, turns)
    case .end: leave()
    case .sampleCount(let value): assign(value, .real)
    case .place(let value, let access):
      for stride in access.strides where !open.contains(where: { $0.id == stride.loop }) {
        fail("a place depends on loop \(stride.loop), which is not open")
      }
      assign(value, .real)
    case .load(let value, let access):
      check(access, isStore: false)
      assign(value, .real)
    case .store(let access, let value):
      check(access, isStore: true)
      expect(value, .real)
    case .accumulator(let value, let initial):
      assign(value, type(of: initial) ?? .real)
      if values.indices.contains(Int(value)) {
        values[Int(value)].parallelDepth = parallelDepth
      }
    case .accumulate(let value, let primitive, let operands):
      change(value)
      check(primitive, primitive.accumulation(of: value, operands))
      expect(value, primitive.row.result)
    case .transpose(let matrix):
      check(matrix.source, isStore: false)
      check(matrix.target, isStore: true, isWhole: true)
      check(matrix.rows, of: -1)
      check(matrix.columns, of: -1)
      if isInLanes { fail("a matrix is copied in lanes") }
    case .tuple(let value, let operands):
      if isInLanes { fail("a tuple stands in lanes") }
      for operand in operands { expect(operand, .real) }
      assign(value, .real)
      if values.indices.contains(Int(value)) { values[Int(value)].count = operands.count }
    case .pick(let value, let tuple, let access):
      checkPick(from: tuple, access)
      assign(value, .real)
    case .reduce(let value, let primitive, let operand):
      if !isInLanes { fail("there are no lanes to reduce") }
      if primitive != .add, primitive != .mul { fail("\(primitive.row.name) combines no lanes") }
      check(primitive, [operand, operand])
      assign(value, primitive.row.result)
    case .assign(let value, let operand):
      change(value)
      if let type = type(of: operand) { expect(value, type) }
    }
  }

  private var isInLanes: Bool { open.contains { $0.turns == .lanes } }

  /// Checks that what is picked from is a tuple, and that every number is one of its values'.
  private mutating func checkPick(from tuple: ValueID, _ access: Access) {
    guard values.indices.contains(Int(tuple)), values[Int(tuple)].isKnown,
      let count = values[Int(tuple)].count
    else { return fail("value \(tuple) is no tuple") }
    if isInLanes { fail("a value is picked in lanes") }
    var (low, high) = (access.offset, access.offset)
    for stride in access.strides {
      guard let loop = open.first(where: { $0.id == stride.loop }), loop.turns != .lanes,
        extents.indices.contains(Int(stride.loop)),
        case .fixed(let turns) = extents[Int(stride.loop)]
      else { return fail("what is picked depends on loop \(stride.loop)") }
      let reach = stride.step * (turns - 1)
      low += min(0, reach)
      high += max(0, reach)
    }
    if low < 0 || high >= count { fail("values \(low) to \(high) are picked from \(count)") }
  }

  private var parallelDepth: Int { open.count { $0.isParallel } }

  private mutating func check(_ primitive: Primitive, _ operands: [ValueID]) {
    let row = primitive.row
    if row.operands.count != operands.count {
      return fail("\(row.name) takes \(row.operands.count) operands, not \(operands.count)")
    }
    for (operand, type) in zip(operands, row.operands) { expect(operand, type) }
  }

  private mutating func change(_ value: ValueID) {
    guard type(of: value) != nil else { return }
    guard let depth = values[Int(value)].parallelDepth else {
      return fail("value \(value) is no accumulator")
    }
    if depth != parallelDepth { fail("accumulator \(value) is shared by turns of a parallel loop") }
  }

  private mutating func enter(_ loop: LoopID, _ extent: Extent, _ turns: Turns) {
    check(extent, of: loop)
    if turns == .lanes {
      if extent.dependsOnSamples { fail("loop \(loop) has no fixed number of lanes") }
      if isInLanes { fail("loop \(loop) nests lanes") }
    }
    if !loops.indices.contains(Int(loop)) {
      fail("there is no loop \(loop)")
    } else if loops[Int(loop)] {
      fail("loop \(loop) is opened twice")
    } else {
      loops[Int(loop)] = true
    }
    open.append(.init(id: loop, turns: turns))
  }

  private mutating func check(_ extent: Extent, of loop: LoopID) {
    switch extent {
    case .fixed(let count): if count < 1 { fail("loop \(loop) runs \(count) times") }
    case .samples: break
    case .blocks(let size), .fullBlocks(let size), .lastBlock(let size), .rest(let size):
      if size < 1 { fail("loop \(loop) has blocks of \(size)") }
    case .within(let size, let block), .padding(let size, let block):
      let blocks = [Extent.blocks(size), .lastBlock(size)]
      if !open.contains(where: { $0.id == block }) || !blocks.contains(extents[Int(block)]) {
        fail("loop \(loop) runs within loop \(block), which is no open loop over such blocks")
      }
    case .element(let access, let count):
      if count < 1 { fail("loop \(loop) has a number below \(count)") }
      if isInLanes { fail("loop \(loop) has a number of its own in each lane") }
      check(access, isStore: false)
    }
  }

  private mutating func leave() {
    guard let loop = open.popLast() else { return fail("no loop is open") }
    for value in loop.assigned { values[Int(value)].isKnown = false }
  }

  private mutating func check(_ access: Access, isStore: Bool, isWhole: Bool = false) {
    guard arrays.indices.contains(Int(access.array)) else {
      return fail("there is no array \(access.array)")
    }
    let array = arrays[Int(access.array)]
    if isStore, array.isWhole { fail("array \(array.name) of integers is written") }
    if isStore, !array.isWritten { fail("array \(array.name) is not declared as written") }
    if !isStore, !array.isRead { fail("array \(array.name) is not declared as read") }
    for stride in access.strides where !open.contains(where: { $0.id == stride.loop }) {
      fail("array \(array.name) is indexed by loop \(stride.loop), which is not open")
    }
    if isStore {
      for loop in open
      where loop.turns != .ordered && loop.turns != .lanes && extents.indices ~= Int(loop.id)
        && extents[Int(loop.id)] != .fixed(1)
        && !access.strides.contains(where: { $0.loop == loop.id && $0.step != 0 })
      {
        fail("every turn of parallel loop \(loop.id) writes the same place of \(array.name)")
      }
    }
  }
}
