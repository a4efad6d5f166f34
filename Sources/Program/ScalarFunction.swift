import NNCAlgebra

/// A pure function of reals that kernels call: `exp` as machine operations, written once.
///
/// Its body is straight-line: constants, machine operations and calls of functions that stand earlier in the Program.
/// The arguments are its first values, 0, 1, …; all are reals, and so is the result.
public struct ScalarFunction: Hashable, Sendable {
  /// The name in the network's words, as an identifier: `exp`.
  public var name: String
  /// The names of its arguments.
  public var arguments: [String]
  /// How it is computed, for a comment; may be empty.
  public var comment = ""
  /// Whether it is called only where few arguments need it.
  public var isRare: Bool
  /// Its code.
  public var body: [Instruction]
  /// The value it returns.
  public var result: ValueID
  /// Names for values, where there is one; indexed by value, empty where there is none.
  public var valueNames: [String]
  /// How many values it has, its arguments included.
  public var valueCount: Int

  /// Makes a function of its parts.
  public init(
    name: String, arguments: [String], isRare: Bool = false, body: [Instruction], result: ValueID,
    valueNames: [String], valueCount: Int
  ) {
    self.name = name
    self.arguments = arguments
    self.isRare = isRare
    self.body = body
    self.result = result
    self.valueNames = valueNames
    self.valueCount = valueCount
  }

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
