import Algebra
import Program

/// The scalar functions of a Program, made as kernels come to call them.
///
/// An operation whose arithmetic takes more than a few machine operations is a function, written once; the rest is
/// expanded where it stands, so that values inside it can be shared.
final class FunctionTable {
  let precision: Precision
  private(set) var functions: [ScalarFunction] = []
  private var forms: [Operation: Form] = [:]

  /// The most operations that are expanded in place.
  static let inlineLimit = 12

  /// How kernels get an operation's value.
  enum Form {
    /// By calling the function at that place.
    case function(Int)
    /// By this formula.
    case inline(Formula)
  }

  /// Whether products are fused with sums.
  let fuses: Bool

  init(precision: Precision, fuses: Bool) {
    self.precision = precision
    self.fuses = fuses
  }

  func form(of operation: Operation) -> Form {
    if let form = forms[operation] { return form }
    let row = operation.row
    guard let formula = row.arithmetic?(precision) ?? row.definition else {
      preconditionFailure("\(row.name) has neither arithmetic nor a definition")
    }
    if case .apply(row.name, _) = formula.kind {
      preconditionFailure("\(row.name) is computed by itself")
    }
    let form: Form
    if formula.applicationCount > Self.inlineLimit, row.arithmetic != nil {
      form = .function(make(row, formula))
    } else {
      form = .inline(formula)
    }
    forms[operation] = form
    return form
  }

  private func make(_ row: OperationRow, _ formula: Formula) -> Int {
    var writer = KernelWriter(precision: precision, functions: self)
    var bindings: [String: ValueID] = [:]
    for argument in row.arguments { bindings[argument.name] = writer.argument(argument.name) }
    let value = writer.instantiate(formula, bindings)
    let result = writer.asReal(value)
    let (body, names, _) = writer.finish(result: result)
    functions.append(
      ScalarFunction(
        name: row.name, arguments: row.arguments.map(\.name), body: body, result: result,
        valueNames: names, valueCount: names.count))
    return functions.count - 1
  }
}

extension Formula {
  /// How many operations it applies, a shared one counted once.
  var applicationCount: Int {
    var seen: Set<ObjectIdentifier> = []
    var stack = [self]
    var count = 0
    while let formula = stack.popLast() {
      guard case .apply(_, let arguments) = formula.kind,
        seen.insert(ObjectIdentifier(formula)).inserted
      else { continue }
      count += 1
      stack += arguments
    }
    return count
  }
}
