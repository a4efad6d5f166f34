import NNCAlgebra
import NNCProgram

/// Writes a kernel instruction by instruction.
///
/// Equal constants are one value, defined at the head of the kernel and so known everywhere in it. Whether an array is
/// read or written follows from the loads and stores.
///
///     var builder = KernelBuilder("scale")
///     let x = builder.array("x")
///     let y = builder.array("y")
///     let half = builder.real(0.5)
///     builder.loop(.fixed(8), .parallel) { builder, i in
///       let value = builder.load(x, strides: [(i, 1)])
///       builder.store(y, strides: [(i, 1)], builder.compute(.mul, value, half))
///     }
///     let kernel = builder.finish()
public struct KernelBuilder: Sendable {
  private var name: String
  private var arrays: [Kernel.Parameter] = []
  private var constants: [Instruction] = []
  private var reals: [UInt64: ValueID] = [:]
  private var words: [UInt64: ValueID] = [:]
  private var samples: ValueID?
  private var body: [Instruction] = []
  private var names: [String] = []
  private var loops = 0
  private var open = 0

  /// Begins a kernel of that name.
  public init(_ name: String) { self.name = name }

  /// How many values there are so far.
  public var valueCount: Int { names.count }

  /// Declares the next of the arrays that the kernel is given.
  public mutating func array(_ name: String) -> Int32 {
    arrays.append(.init(name: name, isRead: false, isWritten: false))
    return Int32(arrays.count - 1)
  }

  /// Names a value.
  public mutating func name(_ value: ValueID, _ name: String) { names[Int(value)] = name }

  mutating func argument(_ name: String) -> ValueID { fresh(name) }

  private mutating func fresh(_ name: String = "") -> ValueID {
    names.append(name)
    return ValueID(names.count - 1)
  }

  /// The kernel. All loops must be closed.
  public func finish() -> Kernel {
    precondition(open == 0, "\(open) loops of kernel \(name) are still open")
    return Kernel(
      name: name, parameters: arrays, body: constants + body, valueNames: names,
      valueCount: names.count, loopCount: loops)
  }
}

// Constants
extension KernelBuilder {
  /// A real constant.
  public mutating func real(_ value: Double) -> ValueID {
    if let known = reals[value.bitPattern] { return known }
    let result = fresh()
    reals[value.bitPattern] = result
    constants.append(.real(result, value))
    return result
  }

  /// A constant of the bit type.
  public mutating func bits(_ value: UInt64) -> ValueID {
    if let known = words[value] { return known }
    let result = fresh()
    words[value] = result
    constants.append(.bits(result, value))
    return result
  }

  /// The number of samples of the call, as a real.
  public mutating func sampleCount() -> ValueID {
    if let known = samples { return known }
    let result = fresh()
    samples = result
    constants.append(.sampleCount(result))
    return result
  }
}

// Loops
extension KernelBuilder {
  /// Opens a loop; ``end()`` closes it.
  public mutating func loop(_ extent: Extent, _ turns: Turns) -> LoopID {
    let result = LoopID(loops)
    loops += 1
    open += 1
    body.append(.loop(result, extent, turns))
    return result
  }

  /// Closes the innermost open loop.
  public mutating func end() {
    precondition(open > 0, "kernel \(name) has no open loop")
    open -= 1
    body.append(.end)
  }

  /// A loop with that body.
  public mutating func loop(
    _ extent: Extent, _ turns: Turns, _ body: (inout KernelBuilder, LoopID) throws -> Void
  ) rethrows {
    let id = loop(extent, turns)
    try body(&self, id)
    end()
  }
}

// Values
extension KernelBuilder {
  /// Reads an element.
  public mutating func load(_ access: Access, name: String = "") -> ValueID {
    arrays[Int(access.array)].isRead = true
    let result = fresh(name)
    body.append(.load(result, access))
    return result
  }

  /// Reads `array[offset + Σ step · loop]`.
  public mutating func load(
    _ array: Int32, _ offset: Int = 0, strides: [(loop: LoopID, step: Int)] = [],
    name: String = ""
  ) -> ValueID {
    load(Access(array, offset, strides), name: name)
  }

  /// Writes an element.
  public mutating func store(_ access: Access, _ value: ValueID) {
    arrays[Int(access.array)].isWritten = true
    body.append(.store(access, value))
  }

  /// Writes `array[offset + Σ step · loop]`.
  public mutating func store(
    _ array: Int32, _ offset: Int = 0, strides: [(loop: LoopID, step: Int)] = [],
    _ value: ValueID
  ) {
    store(Access(array, offset, strides), value)
  }

  /// Applies a machine operation.
  public mutating func compute(
    _ primitive: Primitive, _ operands: ValueID..., name: String = ""
  ) -> ValueID {
    compute(primitive, operands, name: name)
  }

  /// Applies a machine operation.
  public mutating func compute(
    _ primitive: Primitive, _ operands: [ValueID], name: String = ""
  ) -> ValueID {
    let result = fresh(name)
    body.append(.compute(result, primitive, operands))
    return result
  }

  /// Calls a function of the Program, given by its place there.
  public mutating func call(
    _ function: Int, _ operands: [ValueID], name: String = ""
  ) -> ValueID {
    let result = fresh(name)
    body.append(.call(result, function: function, operands))
    return result
  }

  /// Calls a function where a truth holds, and takes another value elsewhere.
  public mutating func call(
    _ function: Int, _ operands: [ValueID], where condition: ValueID, otherwise: ValueID,
    name: String = ""
  ) -> ValueID {
    let result = fresh(name)
    body.append(
      .callWhere(
        result, condition: condition, function: function, operands, otherwise: otherwise))
    return result
  }

  /// Values side by side.
  public mutating func tuple(_ values: ValueID...) -> ValueID {
    let result = fresh()
    body.append(.tuple(result, values))
    return result
  }

  /// The value of a tuple with the number offset + Σ step · loop.
  public mutating func pick(
    from tuple: ValueID, _ offset: Int = 0, strides: [(loop: LoopID, step: Int)]
  ) -> ValueID {
    let result = fresh()
    body.append(.pick(result, from: tuple, Access(-1, offset, strides)))
    return result
  }

  /// Opens an accumulator that begins as another value.
  public mutating func accumulator(initial: ValueID, name: String = "") -> ValueID {
    let result = fresh(name)
    body.append(.accumulator(result, initial: initial))
    return result
  }

  /// Changes an accumulator to `primitive(accumulator, operand)`, or to `fma(a, b, accumulator)`.
  public mutating func accumulate(
    _ accumulator: ValueID, _ primitive: Primitive, _ operands: ValueID...
  ) {
    body.append(.accumulate(accumulator, primitive, operands))
  }

  /// Copies a matrix to its transpose.
  public mutating func transpose(_ matrix: Transposition) {
    arrays[Int(matrix.source.array)].isRead = true
    arrays[Int(matrix.target.array)].isWritten = true
    body.append(.transpose(matrix))
  }

  /// Combines the lanes of a value.
  public mutating func reduce(_ primitive: Primitive, _ operand: ValueID, name: String = "")
    -> ValueID
  {
    let result = fresh(name)
    body.append(.reduce(result, primitive, operand))
    return result
  }

  /// Changes an accumulator to another value.
  public mutating func assign(_ accumulator: ValueID, _ value: ValueID) {
    body.append(.assign(accumulator, value))
  }
}

extension ScalarFunction {
  /// Builds a function: `body` is given the values of the arguments and returns that of the result.
  public init(
    name: String, arguments: [String], body: (inout KernelBuilder, [ValueID]) -> ValueID
  ) {
    var builder = KernelBuilder(name)
    let values = arguments.map { builder.argument($0) }
    let result = body(&builder, values)
    let kernel = builder.finish()
    self.init(
      name: name, arguments: arguments, body: kernel.body, result: result,
      valueNames: kernel.valueNames, valueCount: kernel.valueCount)
  }
}
