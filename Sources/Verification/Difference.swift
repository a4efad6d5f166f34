import NNCAlgebra
import NNCExecution
import NNCGraph
import NNCProgram

/// A number with its bits.
public struct Number: Hashable, Sendable, CustomStringConvertible {
  /// Its value.
  public let value: Double
  /// Its bits in hexadecimal: `0x3fe0000000000000`.
  public let bits: String
  private let text: String

  init<Real: ProgramReal>(_ number: Real) {
    value = Double(number)
    let digits = String(number.bitPattern, radix: 16)
    let width = Real.Word.bitWidth / 4
    bits = "0x" + String(repeating: "0", count: width - digits.count) + digits
    text = "\(number)"
  }

  /// `0.5 (0x3fe0000000000000)`
  public var description: String { "\(text) (\(bits))" }
}

/// What the interpreter says and what a form says.
public struct NumberPair: Hashable, Sendable {
  /// The interpreter's number.
  public let expected: Number
  /// The form's.
  public let given: Number
}

/// An element of an array that a function writes.
public struct Element: Hashable, Sendable, CustomStringConvertible {
  /// `linear2.weight[0, 1]`, `gradient of linear2.weight[0, 1]`, `output[3]`, `loss`.
  public let description: String
  /// The array and the place in it.
  let argument: Entry.Argument
  let place: Int

  init(_ argument: Entry.Argument, _ place: Int, of program: Program) {
    self.argument = argument
    self.place = place
    let fields =
      switch argument {
      case .parameters, .gradient: program.parameters
      case .state: program.state
      case .stream: program.stream
      default: [Field]()
      }
    guard let field = fields.last(where: { $0.offset <= place }) else {
      description = argument == .loss ? "loss" : "\(argument.rawValue)[\(place)]"
      return
    }
    let indices = field.shape.place(of: place - field.offset).map(String.init)
    let name = field.name + (indices.isEmpty ? "" : "[\(indices.joined(separator: ", "))]")
    description = argument == .gradient ? "gradient of \(name)" : name
  }
}

/// Where a form first gives other bits than the interpreter.
public struct Difference: Sendable {
  /// The call after which a number differs; `initialize` for initial values.
  public let step: String
  /// The number's place among the caller's arrays.
  public let element: Element
  /// The number.
  public let numbers: NumberPair
  /// The first operation that gives another result; nil where none was found, or none is to blame.
  public internal(set) var operation: DifferingOperation?

  /// Whether the same number differs after the same call in the same way.
  func isAlike(_ other: Difference) -> Bool {
    step == other.step && element == other.element && numbers == other.numbers
  }
}

/// An operation whose operands agree, and whose result does not.
public struct DifferingOperation: Sendable {
  /// The kernel in which it stands, and the functions within, outermost first.
  public let kernel: String
  /// See ``kernel``.
  public let functions: [String]
  /// What the call of the kernel does in the network's words; may be empty.
  public let comment: String
  /// The statement as `nnc compile --show program` prints it.
  public let statement: String
  /// The loops around it, with their turns.
  public let turns: [(loop: String, turn: Int)]
  /// Its results.
  public let numbers: NumberPair?
}
