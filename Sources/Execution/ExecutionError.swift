import NNCAlgebra
import NNCProgram

/// Why a call of an entry was refused.
public enum ExecutionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The Program is not well formed; it should never have been made.
  case invalidProgram(name: String, problems: [String])
  /// The Program has no such entry.
  case noEntry(String)
  /// An array that the entry takes was not given.
  case missing(Entry.Argument, entry: String)
  /// An array has the wrong size.
  case wrongCount(Entry.Argument, entry: String, given: Int, expected: Int)
  /// A whole number is wanted, below a bound, and there is another, in a place counted from 0.
  case noIndex(Entry.Argument, entry: String, place: Int, given: Double, below: Int)
  /// The number of samples is out of range.
  case samplesOutOfRange(entry: String, given: Int, maximum: Int)

  /// What is wrong, in one sentence.
  public var description: String {
    switch self {
    case .invalidProgram(let name, let problems):
      "the Program of \(name) is not well formed: \(problems.first ?? "")"
        + (problems.count > 1 ? " (and \(problems.count - 1) more)" : "")
    case .noEntry(let name): "the network has no function '\(name)'"
    case .missing(let argument, let entry): "'\(entry)' needs the array '\(argument.rawValue)'"
    case .wrongCount(let argument, let entry, let given, let expected):
      "'\(entry)' needs \(expected) numbers for '\(argument.rawValue)', but \(given) were given"
    case .noIndex(let argument, let entry, let place, let given, let bound):
      "'\(entry)' needs whole numbers from 0 to \(bound - 1) for '\(argument.rawValue)', but number "
        + "\(place + 1) is \(Int(exactly: given).map(String.init) ?? "\(given)")"
    case .samplesOutOfRange(let entry, let given, let maximum):
      "'\(entry)' takes 1 to \(maximum) samples, but \(given) were given"
    }
  }
}
