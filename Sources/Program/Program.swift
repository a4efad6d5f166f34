import NNCAlgebra

/// A network lowered to loops of single scalar operations: the one form that is executed and spelled.
///
/// A Program fixes the order of every floating-point operation. Whoever runs it does those operations in that order,
/// each rounded on its own, and so gets the same bits.
public struct Program: Sendable {
  /// The name that generated symbols carry.
  public var name: String
  /// The precision of every real in it.
  public var precision: Precision
  /// The kind of machine that it was made for.
  public var target: Target
  /// The parameters in the order of declaration: the fields of the parameter block, one after the other.
  public var parameters: [Field]
  /// The optimiser's state, likewise; empty where the update rule keeps none.
  public var state: [Field]
  /// Numbers in one sample's input, target and output.
  public var inputCount: Int
  /// See ``inputCount``.
  public var targetCount: Int
  /// See ``inputCount``.
  public var outputCount: Int
  /// What `step` keeps from step to step, one field after the other; empty where there is no such entry.
  public var stream: [Field] = []
  /// How `step` takes an input; nil where there is no such entry.
  public var stepping: Stepping?
  /// Of the arrays of the caller's that hold whole numbers: for each of a sample's, the number below which it is.
  public var wholeNumbers: [Entry.Argument: [Int]] = [:]
  /// The parts of a sample's row of inputs, targets or outputs, where it has several; none where it is one tensor.
  public var parts: [Entry.Argument: [RowPart]] = [:]
  /// Whether what `predict` and `loss` give for a sample depends on the other samples of the call, so that samples cannot
  /// be scored in parts.
  public var dependsOnBatch = false
  /// The most samples that the many-sample entries take at once: workspace is sized for it.
  public var maximumSamples: Int
  /// The most threads that share a call of an entry.
  public var threads: Int
  /// Constant tables that kernels read.
  public var tables: [Table]
  /// The scalar functions that kernels call; each calls only functions before it.
  public var functions: [ScalarFunction]
  /// The pieces of code. Equal kernels are one kernel.
  public var kernels: [Kernel]
  /// The functions that a user calls.
  public var entries: [Entry]

  /// Makes a Program of its parts.
  public init(
    name: String, precision: Precision, target: Target = .generic, parameters: [Field],
    state: [Field], inputCount: Int,
    targetCount: Int, outputCount: Int, maximumSamples: Int, threads: Int = 1,
    tables: [Table] = [],
    functions: [ScalarFunction] = [], kernels: [Kernel], entries: [Entry]
  ) {
    self.name = name
    self.precision = precision
    self.target = target
    self.parameters = parameters
    self.state = state
    self.inputCount = inputCount
    self.targetCount = targetCount
    self.outputCount = outputCount
    self.maximumSamples = maximumSamples
    self.threads = threads
    self.tables = tables
    self.functions = functions
    self.kernels = kernels
    self.entries = entries
  }
}

/// A named array inside the parameter block or the optimiser's state.
public struct Field: Hashable, Sendable {
  /// The name in the network's words: `linear1.weight`.
  public var name: String
  /// Its shape, outermost axis first; empty for a scalar.
  public var shape: [Int]
  /// The place of its first number in the block.
  public var offset: Int
  /// How its numbers begin.
  public var initial: InitialValue

  /// Makes a field.
  public init(name: String, shape: [Int], offset: Int, initial: InitialValue) {
    self.name = name
    self.shape = shape
    self.offset = offset
    self.initial = initial
  }

  /// How many numbers it holds.
  public var count: Int { shape.reduce(1, *) }
}

/// A named part of a sample's row.
public struct RowPart: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The extents of its axes, outermost first.
  public var shape: [Int]
  /// The place of its first number in the row.
  public var offset: Int

  /// Makes a part.
  public init(name: String, shape: [Int], offset: Int) {
    self.name = name
    self.shape = shape
    self.offset = offset
  }

  /// How many numbers it holds.
  public var count: Int { shape.reduce(1, *) }
}

/// How a field's numbers begin.
public enum InitialValue: Hashable, Sendable {
  /// These numbers, in row-major order.
  case literal([Double])
  /// This number everywhere.
  case fill(Double)
  /// Uniform on [-bound, bound): element k of stream `stream` of the generator seeded with `seed`.
  case uniform(bound: Double, seed: UInt64, stream: UInt64)
}

/// A constant array.
public struct Table: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its numbers.
  public var values: [Double]

  /// Makes a table.
  public init(name: String, values: [Double]) {
    self.name = name
    self.values = values
  }
}
