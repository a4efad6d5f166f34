import NNCAlgebra
import NNCGraph

/// What operations are made of, where that can stand in a graph; prepared as far as it is asked for.
struct SharedForms: Sendable {
  private enum Known: Sendable {
    case unknown
    case form(Construction?)
  }

  private var known = [Known](repeating: .unknown, count: Operation.all.count)

  /// What the operation of this tag is made of: the form whose parts can be shared, if it has one, else its
  /// arithmetic, else its definition; nil where it is a machine's or needs the bits of numbers.
  mutating func form(_ tag: Int16) -> Construction? {
    if case .form(let form) = known[Int(tag)] { return form }
    let form = Self.prepare(Operation.all[Int(tag)])
    known[Int(tag)] = .form(form)
    return form
  }

  /// What the operation of this tag is made of where another is given its value; nil where it stays as it is.
  static func formBeside(_ tag: Int16) -> Construction? { besides[Int(tag)] }

  private static let besides: [Construction?] = Operation.all.map { operation in
    operation.row.formBeside.map { Construction($0, of: operation.row.arguments.map(\.name)) }
  }

  private static func prepare(_ operation: Operation) -> Construction? {
    if operation.primitive != nil { return nil }
    let arguments = operation.row.arguments.map(\.name)
    if let form = operation.row.sharedForm { return Construction(form, of: arguments) }
    guard let formula = operation.row.arithmetic?(.f64) ?? operation.row.definition else {
      return nil
    }
    return formula.isOverOperations ? Construction(formula, of: arguments) : nil
  }
}

extension Formula {
  /// Whether it is made of graph operations alone, without machine operations on bits.
  fileprivate var isOverOperations: Bool {
    var seen: Set<ObjectIdentifier> = []
    var pending = [self]
    while let next = pending.popLast() {
      switch next.kind {
      case .symbol, .number: break
      case .bits: return false
      case .apply(let name, let arguments):
        if Operation(name) == nil { return false }
        if seen.insert(ObjectIdentifier(next)).inserted { pending += arguments }
      }
    }
    return true
  }
}
