import NNCAlgebra
import NNCProgram

/// A kernel in the form that runs: registers are numbered, constants are filled in before, functions are inlined,
/// jumps are places in the code.
///
/// Every register is a row of `width` lanes. Plain code works on lane 0; inside of a strip, turns of one parallel
/// loop lie side by side in the lanes, and each instruction runs over all of them before the next. Every lane does
/// its own operations in the order of the Program, so the bits are the same.
struct Bytecode: Sendable {
  /// What one instruction does; `to`, `a`, `b`, `c` are its fields.
  enum Operation: UInt8, Sendable {
    /// to = to + a · b, each rounded
    case addProduct
    // to = the machine operation of that name on the registers a, b, c
    case add, sub, mul, div, neg, abs, sqrt, fma
    case lt, le, eq, ne
    case and, or, not
    case select
    case bitAdd, bitSub, bitAnd, bitOr, bitXor, shiftLeft, shiftRight
    /// Goes on at b where a holds in no lane.
    case unless
    /// to = a
    case copy
    /// to = the register behind a by the number of place b
    case pick
    /// All lanes of `to` = its lane 0.
    case broadcast
    /// to = array a [b]
    case loadFixed
    /// array a [b] = c
    case storeFixed
    /// to = place a
    case load
    /// to = the number of place a, whatever is there
    case number
    /// place a = b
    case store
    /// All lanes of `to` = the lanes of a combined in halves by the operation with the number b.
    case reduce
    /// Loop a begins; its body ends before b.
    case loop
    /// Matrix a is copied to its transpose.
    case transpose
    /// Loop a begins, behind the full blocks of samples; its body ends before b.
    case rangeLoop
    /// Loop a has one turn, with the number that stands at place c; its body ends before b.
    case elementLoop
    /// Loop a begins, inside the block that another loop counts; its body ends before b.
    case blockLoop
    /// Loop a's turn ends; the body begins at b.
    case end
    /// Loop a runs strip by strip; its body ends before b.
    case strip
    /// All turns of a loop that only adds products to sums: number a of ``products``.
    case products
  }

  /// One instruction. Registers are given as the index of their lane 0.
  struct Code: Sendable {
    var operation: Operation
    var to: Int32 = 0
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
  }

  /// Where an access with loops in its index lies.
  struct Place: Sendable {
    var array: Int
    var offset: Int
    /// The loops that it depends on, as a range of ``strides``.
    var strides: Range<Int>
    /// How far the next lane lies.
    var laneStep: Int
  }

  /// A matrix to be transposed, and where it lies.
  struct Matrix: Sendable {
    var source: Int32
    var target: Int32
    var matrix: Transposition
  }

  /// A loop that only adds products to sums: in each turn, for every row, sum += left · right.
  struct ProductLoop: Sendable {
    var loop: LoopID
    /// Its sums, as a range of ``productRows``; those with the same left factor follow one another.
    var rows: Range<Int>
    /// Whether product and sum are rounded once, and not each.
    var isFused: Bool
  }

  /// One sum, and the products that are added to it.
  struct ProductRow: Sendable {
    /// The register of the sum.
    var sum: Int32
    /// The places of the factors in the first turn; in a strip the left one differs from lane to lane, the right one
    /// does not.
    var left: Int32
    var right: Int32
    /// How far the next turn's lie.
    var leftStep: Int
    var rightStep: Int
    /// How many rows behind this one have the same left factor.
    var companions = 0
    /// The number of the memory into which left factors are copied that do not lie side by side; -1 where they do.
    var packing: Int32 = -1
    /// Whether the copies are good for the whole strip.
    var keepsPacking = false
  }

  var code: [Code] = []
  var products: [ProductLoop] = []
  var productRows: [ProductRow] = []
  /// How many left factors are copied.
  var packingCount = 0
  var matrices: [Matrix] = []
  var places: [Place] = []
  var strides: [Access.Stride] = []
  var extents: [Extent]
  /// Registers and the numbers that they hold from the start, in all lanes.
  var constants: [(register: Int32, word: UInt64)] = []
  /// The register that holds the number of samples, where one does.
  var sampleCount: Int32?
  var registerCount = 0
  var width = 1
}
