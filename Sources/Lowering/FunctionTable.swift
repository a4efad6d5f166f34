import NNCAlgebra
import NNCProgram

/// The scalar functions of a Program, made as kernels come to call them.
///
/// An operation whose arithmetic takes more than a few machine operations is a function, written once; the rest is
/// expanded where it stands, so that values inside it can be shared.
final class FunctionTable {
  let precision: Precision
  private(set) var functions: [ScalarFunction] = []
  private var forms: [Operation: Form] = [:]
  /// The places of rare functions, by their names.
  private var rare: [String: Int] = [:]

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
    guard let formula = row.formula(precision, fuses: fuses) else {
      preconditionFailure("\(row.name) has neither arithmetic nor a definition")
    }
    if case .apply(row.name, _) = formula.kind {
      preconditionFailure("\(row.name) is computed by itself")
    }
    let form: Form
    let isLong = formula.applicationCount > Self.inlineLimit || formula.choosesRarely
    if isLong, row.arithmetic != nil {
      form = .function(
        make(row.name, row.arguments.map(\.name), formula, comment: row.method ?? ""))
    } else {
      form = .inline(formula)
    }
    forms[operation] = form
    return form
  }

  /// The place of a rare function.
  func place(of function: RareFunction) -> Int {
    if let place = rare[function.name] { return place }
    let place = make(
      function.name, function.arguments, function.arithmetic(precision), isRare: true)
    rare[function.name] = place
    return place
  }

  private func make(
    _ name: String, _ arguments: [String], _ formula: Formula, isRare: Bool = false,
    comment: String = ""
  ) -> Int {
    var writer = KernelWriter(precision: precision, functions: self)
    var bindings: [String: ValueID] = [:]
    for argument in arguments { bindings[argument] = writer.argument(argument) }
    let value = writer.instantiate(formula, bindings)
    let result = writer.asReal(value)
    let (body, names, _) = writer.finish(result: result)
    var function = ScalarFunction(
      name: name, arguments: arguments, isRare: isRare, body: body, result: result,
      valueNames: names, valueCount: names.count)
    function.comment = comment
    functions.append(function)
    return functions.count - 1
  }
}

extension Formula {
  /// Whether it is a choice of a rare function.
  fileprivate var choosesRarely: Bool {
    guard case .apply("select", let arguments) = kind else { return false }
    return arguments[1].rareCall != nil
  }

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
