/// A scalar operation of the symbolic level: a row of the table of operations, named by its index.
public struct Operation: Hashable, Sendable {
  /// The row's place in the table.
  public let index: UInt16

  /// The operation called `name`, or nil where the table has none.
  public init?(_ name: String) {
    guard let index = Operation.indices[name] else { return nil }
    self.index = index
  }

  /// The operation's row.
  public var row: OperationRow { operations[Int(index)] }

  /// The operation's name.
  public var name: String { row.name }

  /// Whether exchanging its two arguments keeps its value.
  public var commutes: Bool { Self.commuting[Int(index)] }

  private static let commuting: [Bool] = operations.map(\.commutes)

  /// The machine operation that it is, or nil.
  public var primitive: Primitive? { Self.primitives[Int(index)] }

  private static let primitives: [Primitive?] = operations.map { Primitive(named: $0.name) }

  /// Every operation, in the order of the table.
  public static let all: [Operation] = operations.map { Operation($0.name)! }

  private static let indices = Dictionary(
    uniqueKeysWithValues: operations.enumerated().map { ($1.name, UInt16($0)) })
}

/// The facts of one scalar operation: its mathematics, and what passes must know of it.
public struct OperationRow: Sendable {
  /// One argument of an operation.
  public struct Argument: Sendable, Equatable {
    /// The name by which the row's formulas and the language's keys call it.
    public let name: String
    /// The value taken where none is given; nil where one must be.
    public let standard: Double?
  }

  /// Its name in the language's layers and in printed formulas.
  public let name: String
  /// Its arguments.
  public let arguments: [Argument]
  /// What it is, in terms of other operations; nil for what is taken as known.
  public let definition: Formula?
  /// Its derivative by each argument, in terms of the arguments and of its own value `y`. Nil follows the definition.
  public let slopes: [Formula]?
  /// How it is computed, where that differs from its definition.
  public let arithmetic: (@Sendable (Precision) -> Formula)?
  /// How it is computed on machines that fuse products with sums, where that differs from `arithmetic`.
  public let fusedArithmetic: (@Sendable (Precision) -> Formula)?
  /// How it is written.
  public let notation: Notation
  /// Whether it is offered as a layer and a function of the language.
  public let isPublic: Bool
  /// Whether exchanging its two arguments keeps its value.
  public let commutes: Bool

  /// The function of the language that it is printed as.
  public internal(set) var call: String
  /// Between which numbers its value lies, whatever its arguments.
  public internal(set) var range = Interval.everything
  /// Whether it has no value at an infinite argument.
  public internal(set) var demandsFinite = false
  /// Between which numbers its value lies, given that of its arguments; nil where `range` is all that is known.
  public internal(set) var interval: (@Sendable ([Interval]) -> Interval)?
  /// The work of one application, in additions; nil for 1 where the machine has the operation, and for that of its
  /// definition where it has one.
  public internal(set) var work: Double?
  /// Whether computing it takes no longer than loading its value.
  public internal(set) var isCheap = false
  /// The operation that it undoes: log undoes exp.
  public internal(set) var inverse: String?
  /// How `arithmetic` computes it, in a sentence of ASCII for readers of emitted code.
  public internal(set) var method: String?
  /// The form in which it is written out for the machine, where another than `arithmetic` has more parts to share.
  public internal(set) var sharedForm: Formula?
  /// The form in which it is written out for the machine where another operation is given its value, and is computed from
  /// the same parts.
  public internal(set) var formBeside: Formula?
  /// Whether a kernel is named by it: whether it says something of a kernel that has other operations too.
  public internal(set) var namesKernels = true
  /// The rule by which textbooks differentiate it; nil where that is its own derivative.
  public internal(set) var rule: DifferentiationRule?
  /// How PyTorch writes it, `$0`, `$1` standing for the arguments; nil where its definition is to be written.
  public internal(set) var torch: String?
  /// The values of its further arguments, as a layer has them, with which random networks draw it; nil where they do
  /// not.
  public internal(set) var drawn: String?

  /// The formula that computes it, at a precision and on a machine that fuses products or does not; nil where the
  /// operation is the machine's own.
  public func formula(_ precision: Precision, fuses: Bool) -> Formula? {
    (fuses ? fusedArithmetic : nil)?(precision) ?? arithmetic?(precision) ?? definition
  }

  /// Where its value lies, given where its arguments do: a function that is known to lie between two numbers is a number
  /// where its arguments are.
  public func image(of operands: [Interval]) -> Interval {
    if let interval {
      let image = interval(operands)
      return image.low.isNaN || image.high.isNaN ? .everything : image
    }
    var result = range
    result.isNumber =
      range != .everything
      && operands.allSatisfy { demandsFinite ? $0.isBounded : $0.isNumber }
    return result
  }

  /// Whether it is its argument, held fixed for whoever differentiates.
  public var holdsFixed: Bool {
    guard case .symbol? = definition?.kind, case .number(0)? = slopes?.first?.kind else {
      return false
    }
    return true
  }

  /// Whether it is its own derivative, as eˣ is.
  public var isExponential: Bool {
    guard let slopes, slopes.count == 1, case .symbol("y") = slopes[0].kind else { return false }
    return true
  }

  /// Whether it is a sign before its operand.
  public var isSign: Bool {
    if case .prefix = notation { return true }
    return false
  }
}

/// A rule of differentiation: its name and the identity that it is.
public struct DifferentiationRule: Hashable, Sendable {
  /// What textbooks call it.
  public let name: String
  /// The identity.
  public let ground: String

  /// Makes a rule.
  public init(name: String, ground: String) {
    self.name = name
    self.ground = ground
  }
}

/// How an operation is written.
public enum Notation: Sendable {
  /// As a call: its name in text, and forms in LaTeX and MathML with `$0`, `$1` for the arguments; without a MathML
  /// form it is a call there too.
  case call(latex: String, mathml: String?)
  /// Between its operands: the sign in text, Unicode and LaTeX, how tightly it binds, and to which side it groups.
  case infix(text: String, unicode: String, latex: String, binding: Int, right: Bool)
  /// Before its operand.
  case prefix(text: String, binding: Int)
  /// As its operand, whose value it has; in the network language as a call.
  case operand
  /// As a power of its operand.
  case power(Int)
}
