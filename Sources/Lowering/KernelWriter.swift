import NNCAlgebra
import NNCProgram

/// Writes a kernel whose instructions stand in the outermost loop that knows their operands, and each only once.
///
/// Each open loop has its own list of instructions. A pure instruction goes to the list of the deepest loop that its
/// operands depend on, so that what does not change in a loop is computed before it; equal instructions that are known
/// where they are wanted are one value.
struct KernelWriter {
  let precision: Precision
  let functions: FunctionTable
  /// Whether products are fused with sums.
  private let fuses: Bool
  private(set) var arrays: [Kernel.Parameter] = []
  private var constants: [Instruction] = []
  private var scopes = [Scope()]
  private var known: [Instruction: ValueID] = [:]
  private var types: [ScalarType] = []
  private var depths: [Int32] = []
  private var names: [String] = []
  /// What values are called that have no name, for readers: it does not keep a product from being taken apart.
  private var hints: [ValueID: String] = [:]
  private var numbers: [ValueID: Double] = [:]
  /// By value: between which numbers it is known to lie.
  private var ranges: [Interval] = []
  private var loopDepths: [Int32] = []
  /// By open loop: whether its turns are one after the other.
  private var isOrdered: [Bool] = []
  /// Whether what is loaded stays within the loops that are not ordered: values that registers must hold through a sum
  /// take the place of others.
  var loadsLate = false

  private struct Scope {
    var body: [Instruction] = []
    var keys: [Instruction] = []
  }

  init(precision: Precision, functions: FunctionTable) {
    self.precision = precision
    self.functions = functions
    fuses = functions.fuses
  }

  /// How many loops are open.
  var depth: Int { scopes.count - 1 }
  var valueCount: Int { names.count }

  func type(_ value: ValueID) -> ScalarType { types[Int(value)] }
  /// The number that a value is known to be.
  func number(_ value: ValueID) -> Double? { numbers[value] }

  /// Names a value that has no name yet.
  mutating func name(_ value: ValueID, _ name: String) {
    if names[Int(value)].isEmpty, numbers[value] == nil { names[Int(value)] = name }
  }

  /// Says what a value without a name is called.
  mutating func hint(_ value: ValueID, _ name: String) {
    if hints[value] == nil, numbers[value] == nil { hints[value] = name }
  }

  /// Takes in that a value is an operation's of these operands.
  mutating func narrow(_ value: ValueID, by row: OperationRow, of operands: [ValueID]) {
    ranges[Int(value)].narrow(to: row.image(of: operands.map { ranges[Int($0)] }))
  }

  mutating func array(_ name: String, isWhole: Bool = false) -> Int32 {
    arrays.append(.init(name: name, isRead: false, isWritten: false, isWhole: isWhole))
    return Int32(arrays.count - 1)
  }

  /// A value that is given from outside: an argument of a function.
  mutating func argument(_ name: String) -> ValueID {
    let value = fresh(.real, depth: 0)
    names[Int(value)] = name
    return value
  }

  private mutating func fresh(_ type: ScalarType, depth: Int32) -> ValueID {
    types.append(type)
    depths.append(depth)
    names.append("")
    ranges.append(.everything)
    return ValueID(names.count - 1)
  }

  private mutating func pure(_ key: Instruction, _ type: ScalarType, depth: Int32) -> ValueID {
    if let value = known[key] { return value }
    let value = fresh(type, depth: depth)
    known[key] = value
    scopes[Int(depth)].keys.append(key)
    scopes[Int(depth)].body.append(key.assigning(value))
    return value
  }
}

// Constants stand at the head of the kernel.
extension KernelWriter {
  private mutating func head(_ key: Instruction, _ type: ScalarType) -> ValueID {
    if let value = known[key] { return value }
    let value = fresh(type, depth: 0)
    known[key] = value
    constants.append(key.assigning(value))
    return value
  }

  /// A real constant, rounded to the precision.
  mutating func real(_ number: Double) -> ValueID {
    let rounded = precision == .f64 ? number : Double(Float(number))
    let bits = rounded.isNaN ? Double.nan.bitPattern : rounded.bitPattern
    // Keyed by its bits, since 0 == -0.
    let key = Instruction.bits(-2, bits)
    if let value = known[key] { return value }
    let value = fresh(.real, depth: 0)
    known[key] = value
    numbers[value] = rounded
    ranges[Int(value)] = Interval(low: rounded, high: rounded)
    constants.append(.real(value, rounded))
    return value
  }

  mutating func bits(_ word: UInt64) -> ValueID { head(.bits(-1, word), .bits) }
  mutating func sampleCount() -> ValueID { head(.sampleCount(-1), .real) }
}

// Loops and accumulators
extension KernelWriter {
  mutating func open(_ extent: Extent, _ turns: Turns) -> LoopID {
    if case .element(let access, _) = extent { arrays[Int(access.array)].isRead = true }
    let loop = LoopID(loopDepths.count)
    scopes.append(Scope())
    loopDepths.append(Int32(depth))
    isOrdered.append(turns == .ordered)
    scopes[depth].body.append(.loop(loop, extent, turns))
    return loop
  }

  mutating func close() {
    precondition(depth > 0, "no loop is open")
    isOrdered.removeLast()
    let scope = scopes.removeLast()
    for key in scope.keys { known[key] = nil }
    scopes[depth].body += scope.body
    scopes[depth].body.append(.end)
  }

  /// An accumulator that begins as `initial`. It may be read once the loops that change it are closed.
  mutating func accumulator(initial: ValueID) -> ValueID {
    let value = fresh(.real, depth: Int32(depth))
    scopes[depth].body.append(.accumulator(value, initial: initial))
    return value
  }

  mutating func accumulate(_ accumulator: ValueID, _ primitive: Primitive, _ operand: ValueID) {
    scopes[depth].body.append(.accumulate(accumulator, primitive, [operand]))
  }

  /// The lanes of a value combined.
  mutating func reduce(_ primitive: Primitive, _ operand: ValueID) -> ValueID {
    let value = fresh(primitive.row.result, depth: Int32(depth))
    scopes[depth].body.append(.reduce(value, primitive, operand))
    return value
  }

  /// Values side by side, as they are here.
  mutating func tuple(_ values: [ValueID]) -> ValueID {
    let value = fresh(.real, depth: Int32(depth))
    scopes[depth].body.append(.tuple(value, values))
    return value
  }

  /// The value of a tuple that has that number.
  mutating func pick(from tuple: ValueID, _ number: Affine) -> ValueID {
    let access = Access(array: -1, offset: number.offset, strides: number.strides)
    let depth = access.strides.reduce(depths[Int(tuple)]) { max($0, loopDepths[Int($1.loop)]) }
    return pure(.pick(-1, from: tuple, access), .real, depth: depth)
  }

  mutating func transpose(_ matrix: Transposition) {
    arrays[Int(matrix.source.array)].isRead = true
    arrays[Int(matrix.target.array)].isWritten = true
    scopes[depth].body.append(.transpose(matrix))
  }

  /// Raises an accumulator to `value` where that is greater or not a number.
  mutating func raise(_ accumulator: ValueID, to value: ValueID) {
    let isGreater = here(.lt, [accumulator, value])
    let isNaN = here(.ne, [value, value])
    let replaces = here(.or, [isGreater, isNaN])
    scopes[depth].body.append(.assign(accumulator, here(.select, [replaces, value, accumulator])))
  }

  /// An instruction in this very loop: what reads a changing accumulator must not move out of it.
  mutating func here(_ primitive: Primitive, _ operands: [ValueID]) -> ValueID {
    let value = fresh(primitive.row.result, depth: Int32(depth))
    scopes[depth].body.append(.compute(value, primitive, operands))
    return value
  }
}

// Memory and arithmetic
extension KernelWriter {
  mutating func load(_ access: Access) -> ValueID {
    arrays[Int(access.array)].isRead = true
    var depth = access.strides.reduce(Int32(0)) { max($0, loopDepths[Int($1.loop)]) }
    if loadsLate { depth = max(depth, Int32((isOrdered.lastIndex(of: false) ?? -1) + 1)) }
    return pure(.load(-1, access), .real, depth: depth)
  }

  /// The number of a place as a real.
  mutating func place(_ index: Affine) -> ValueID {
    if index.strides.isEmpty { return real(Double(index.offset)) }
    let access = Access(array: -1, offset: index.offset, strides: index.strides)
    let depth = access.strides.reduce(Int32(0)) { max($0, loopDepths[Int($1.loop)]) }
    return pure(.place(-1, access), .real, depth: depth)
  }

  /// Writes an element here. The array is not read at that place later in the kernel.
  mutating func store(_ access: Access, _ value: ValueID) {
    arrays[Int(access.array)].isWritten = true
    scopes[depth].body.append(.store(access, value))
  }

  /// A machine operation on operands of its types.
  mutating func primitive(_ primitive: Primitive, _ operands: [ValueID]) -> ValueID {
    let row = primitive.row
    let depth = operands.reduce(Int32(0)) { max($0, depths[Int($1)]) }
    if primitive == .add || primitive == .mul {
      let mirrored = Instruction.compute(-1, primitive, [operands[1], operands[0]])
      if let value = known[mirrored] { return value }
    }
    return pure(.compute(-1, primitive, operands), row.result, depth: depth)
  }

  mutating func call(_ function: Int, _ operands: [ValueID]) -> ValueID {
    let depth = operands.reduce(Int32(0)) { max($0, depths[Int($1)]) }
    return pure(.call(-1, function: function, operands), .real, depth: depth)
  }

  /// A function's value where a truth holds, another value elsewhere.
  mutating func call(
    _ function: Int, _ operands: [ValueID], where condition: ValueID, otherwise: ValueID
  ) -> ValueID {
    let key = Instruction.callWhere(
      -1, condition: condition, function: function, operands, otherwise: otherwise)
    let depth = key.operands.reduce(Int32(0)) { max($0, depths[Int($1)]) }
    return pure(key, .real, depth: depth)
  }

  /// The body with its constants first, and the names of its values. All loops must be closed. A function's result is
  /// not fused away.
  func finish(result: ValueID? = nil) -> (body: [Instruction], names: [String], loopCount: Int) {
    precondition(depth == 0, "\(depth) loops are open")
    var body = constants + scopes[0].body
    var hints = hints
    // A function's formula is in the order that its accuracy needs.
    if result == nil && loopDepths.isEmpty {
      let balance = ProductBalance.balanced(
        body, names: names, isSmall: ranges.map(\.isModerate))
      body = balance.body
      for value in balance.dissolved { hints[value] = nil }
    }
    var names = names
    for (value, name) in hints where names[Int(value)].isEmpty { names[Int(value)] = name }
    if !fuses { return (body, names, loopDepths.count) }
    let fused = ProductFusion.fused(body, valueCount: names.count, result: result)
    let more = Array(repeating: "", count: fused.valueCount - names.count)
    return (fused.body, names + more, loopDepths.count)
  }

  /// The kernel, without the arrays that it does not use; and the arrays that are left, by their first numbers.
  func kernel(named name: String) -> (kernel: Kernel, used: [Int32]) {
    let (body, names, loopCount) = finish()
    let used = arrays.indices.filter { arrays[$0].isRead || arrays[$0].isWritten }
    var places = [Int32](repeating: -1, count: arrays.count)
    for (place, array) in used.enumerated() { places[array] = Int32(place) }
    let moved =
      used.count == arrays.count
      ? body
      : body.map { $0.moved { places[Int($0)] } }
    let kernel = Kernel(
      name: name, parameters: used.map { arrays[$0] }, body: moved, valueNames: names,
      valueCount: names.count, loopCount: loopCount)
    return (kernel, used.map(Int32.init))
  }
}
