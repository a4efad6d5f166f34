import NNCAlgebra

/// One piece of code over arrays: a flat list of instructions with loops.
///
/// Every value is assigned once, before it is used, and is known inside the loop that assigns it and the loops
/// within; an accumulator is the one value that changes.
public struct Kernel: Hashable, Sendable {
  /// What it computes, as an identifier: `linear_forward`.
  public var name: String
  /// The arrays it is given.
  public var parameters: [Parameter]
  /// Its code.
  public var body: [Instruction]
  /// Names for values, where the network gives one; indexed by value, empty where there is none.
  public var valueNames: [String]
  /// How many values and how many loops the body has.
  public var valueCount: Int
  /// See ``valueCount``.
  public var loopCount: Int

  /// An array that a kernel is given.
  public struct Parameter: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Whether the kernel reads it.
    public var isRead: Bool
    /// Whether the kernel writes it.
    public var isWritten: Bool
    /// Whether its elements are 32-bit integers and not reals; such an array is only read.
    public var isWhole: Bool

    /// Makes a parameter.
    public init(name: String, isRead: Bool, isWritten: Bool, isWhole: Bool = false) {
      self.name = name
      self.isRead = isRead
      self.isWritten = isWritten
      self.isWhole = isWhole
    }
  }

  /// Makes a kernel.
  public init(
    name: String, parameters: [Parameter], body: [Instruction], valueNames: [String],
    valueCount: Int, loopCount: Int
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.valueNames = valueNames
    self.valueCount = valueCount
    self.loopCount = loopCount
  }
}

/// The number of a value inside a kernel.
public typealias ValueID = Int32
/// The number of a loop inside a kernel.
public typealias LoopID = Int32

/// How often a loop runs.
///
/// A call of n samples may take them in blocks of a fixed size: all blocks, the last of which may not be full, or the
/// full ones, and the samples or the one block that are left.
public enum Extent: Hashable, Sendable {
  /// This often.
  case fixed(Int)
  /// Once for each sample of the call: n.
  case samples
  /// Once for each block of that size, the last one filled or not: ⌈n / size⌉.
  case blocks(Int)
  /// Once for each full block of that size: ⌊n / size⌋.
  case fullBlocks(Int)
  /// Once for the block of that size that is not full, where there is one; numbered as the blocks are.
  case lastBlock(Int)
  /// Once for each sample behind the full blocks of that size, n mod size times; turns are numbered as the samples are.
  case rest(Int)
  /// Once for each sample in the present block of an open loop over ``blocks(_:)`` or ``lastBlock(_:)`` of that size.
  case within(Int, LoopID)
  /// Once for each place of the present block, likewise, that holds no sample, which only the last block has; turns are
  /// numbered as the places are.
  case padding(Int, LoopID)
  /// Once; the turn's number is what an element holds, which is a whole number below that.
  case element(Access, below: Int)
}

/// How the turns of a loop stand to one another.
public enum Turns: UInt8, Hashable, Sendable {
  /// One after the other.
  case ordered
  /// They do not depend on one another, and may be done in any order.
  case parallel
  /// Parallel turns that threads share: each does a run of them. See ``Division``.
  case divided
  /// They are done side by side in the lanes of vectors, each instruction in all of them before the next: a parallel
  /// loop of fixed extent in which ``Instruction/reduce(_:_:_:)`` may combine the lanes. Such loops do not nest.
  case lanes
}

/// An element of an array: `array[offset + Σ stride · loop]`.
public struct Access: Hashable, Sendable {
  /// Which of the kernel's arrays.
  public var array: Int32
  /// The constant part of the index.
  public var offset: Int
  /// The strides by the loops around it.
  public var strides: [Stride]

  /// One loop's part of an index.
  public struct Stride: Hashable, Sendable {
    /// The loop.
    public var loop: LoopID
    /// How far one turn of it moves.
    public var step: Int

    /// Makes a stride.
    public init(loop: LoopID, step: Int) {
      self.loop = loop
      self.step = step
    }
  }

  /// Makes an access.
  public init(array: Int32, offset: Int, strides: [Stride]) {
    self.array = array
    self.offset = offset
    self.strides = strides
  }

  /// Makes an access of loops and steps; steps of 0 are left out.
  public init(_ array: Int32, _ offset: Int, _ strides: [(loop: LoopID, step: Int)]) {
    self.init(
      array: array, offset: offset,
      strides: strides.filter { $0.step != 0 }.map { Stride(loop: $0.loop, step: $0.step) })
  }
}

/// A matrix that is copied to its transpose: element (r, c) from `source + r · sourceStep + c` to
/// `target + c · targetStep + r`.
public struct Transposition: Hashable, Sendable {
  /// Its first element.
  public var source: Access
  /// The first element of the transpose.
  public var target: Access
  /// How many rows the matrix has; not in need of a loop of its own.
  public var rows: Extent
  /// How many columns.
  public var columns: Extent
  /// How far one row of the matrix is from the next.
  public var sourceStep: Int
  /// How far one row of the transpose is from the next.
  public var targetStep: Int

  /// Makes a transposition.
  public init(
    source: Access, target: Access, rows: Extent, columns: Extent, sourceStep: Int,
    targetStep: Int
  ) {
    self.source = source
    self.target = target
    self.rows = rows
    self.columns = columns
    self.sourceStep = sourceStep
    self.targetStep = targetStep
  }
}

/// One step of a kernel.
public enum Instruction: Hashable, Sendable {
  /// Begins a loop; its turns are numbered from 0, if its extent does not say otherwise.
  case loop(LoopID, Extent, Turns)
  /// Ends the innermost open loop.
  case end
  /// A real constant, rounded to the Program's precision.
  case real(ValueID, Double)
  /// A constant of the bit type.
  case bits(ValueID, UInt64)
  /// The number of samples of the call, as a real.
  case sampleCount(ValueID)
  /// The number of a place as a real: offset + Σ stride · loop; the access names no array.
  case place(ValueID, Access)
  /// Reads an element; of an array of integers, as a real.
  case load(ValueID, Access)
  /// Writes an element.
  case store(Access, ValueID)
  /// Applies a machine operation.
  case compute(ValueID, Primitive, [ValueID])
  /// Calls a function of the Program, given by its place there.
  case call(ValueID, function: Int, [ValueID])
  /// Calls a function where a truth holds, and takes another value elsewhere: `select(condition, function(…), otherwise)`.
  /// The function is not run where the condition holds in no lane.
  case callWhere(ValueID, condition: ValueID, function: Int, [ValueID], otherwise: ValueID)
  /// Opens an accumulator that begins as the value of another value.
  case accumulator(ValueID, initial: ValueID)
  /// Changes an accumulator to `primitive(accumulator, operand)`; to `fma(a, b, accumulator)` for a product to be added.
  case accumulate(ValueID, Primitive, [ValueID])
  /// Changes an accumulator to another value.
  case assign(ValueID, ValueID)
  /// Copies a matrix to its transpose.
  case transpose(Transposition)
  /// Combines the lanes of a value inside of a loop over lanes: the upper half of the lanes with the lower half, and so
  /// on until one is left. With an odd number of lanes the middle one stays for the next round. All lanes get the result.
  case reduce(ValueID, Primitive, ValueID)
  /// Real values side by side, of which turns of a loop pick one each: nothing else is done with them.
  case tuple(ValueID, [ValueID])
  /// One of the values of a tuple, by its number there: offset + Σ stride · loop; the access names no array.
  case pick(ValueID, from: ValueID, Access)
}
