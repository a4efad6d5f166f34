import NNCDiagnostics
import NNCGraph
import NNCSyntax

// What can be wrong with shapes, indices and derivatives.
extension Diagnostic {
  static func shapesDisagree(
    _ operation: String, _ operands: [Place], at span: SourceSpan
  ) -> Diagnostic {
    let shapes = operands.map(\.shape.text)
    let all = shapes.dropLast().joined(separator: ", ") + " and " + shapes.last!
    let isOnePlace = operands.allSatisfy { $0.span == operands[0].span }
    return Diagnostic(
      "N0310", "`\(operation)` does not fit \(all)", at: span, label: isOnePlace ? all : "",
      secondary: isOnePlace ? [] : operands.map { .init($0.span, "this is \($0.shape.text)") })
  }

  static func tooManyIndices(
    _ count: Int, _ shape: Shape, at span: SourceSpan, _ subject: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0311", "\(count) \(count == 1 ? "index" : "indices") for \(axes(shape))", at: span,
      label: "one index too many", secondary: [.init(subject, "this is \(shape.text)")])
  }

  static func indexOutOfRange(
    _ index: Int, axis: Int, _ shape: Shape, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0311", "the index \(index) is out of range", at: span,
      label: "expected \(upTo(shape[axis]))",
      notes: ["indices are counted from 0; this is \(shape.text)"])
  }

  static func indexNotWhole(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0311", "an index is a whole number", at: span, label: "this is not one",
      notes: ["it must be known when the network is read"])
  }

  static func noSuchAxis(_ shape: Shape, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0311", "no such axis", at: span,
      label: shape.isEmpty ? "a number has no axes" : "expected \(upTo(shape.count))",
      notes: ["this is \(shape.text)"])
  }

  static func axisOfTwo(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0311", "`\(name)` of two values goes along no axis", at: span, label: "leave this out")
  }

  private static func upTo(_ count: Int) -> String {
    count == 1 ? "0" : "0 to \(count - 1)"
  }

  private static func axes(_ shape: Shape) -> String {
    shape.isEmpty ? "a number" : shape.count == 1 ? "one axis" : "\(shape.count) axes"
  }

  static func raggedList(_ first: Place, _ other: Place) -> Diagnostic {
    Diagnostic(
      "N0312", "the elements of a list must have one shape", at: other.span,
      label: "this is \(other.shape.text)",
      secondary: [.init(first.span, "the first is \(first.shape.text)")])
  }

  static func emptyList(at span: SourceSpan) -> Diagnostic {
    Diagnostic("N0312", "a list needs an element", at: span, label: "this list is empty")
  }

  static func tensorTooLarge(_ shape: Shape, at span: SourceSpan?) -> Diagnostic {
    let text = shape.count > 8 ? "a tensor of \(shape.count) axes" : shape.text
    return Diagnostic(
      "N0313", "\(text) is too large", at: span,
      label: "a tensor has at most \(maximumCount) numbers and \(maximumRank) axes")
  }

  static func notAVariable(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0314", "a derivative is by a name", at: span,
      label: "expected a variable, a parameter or an element, such as `x` or `w[0, 1]`")
  }

  static func derivativeOfTensor(
    _ function: DerivativeFunction, _ shape: Shape, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0315", "`\(function.rawValue)` is of a single number", at: span,
      label: "this is \(shape.text)",
      notes: ["`sum(…)` makes one number of it; `diff(e, v)` takes tensors"])
  }

  static func directionShape(
    _ function: String, _ expected: Shape, _ actual: Shape, isOfValue: Bool, at span: SourceSpan,
    _ other: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0316", "the direction of `\(function)` has the wrong shape", at: span,
      label: "expected \(expected.text), this is \(actual.text)",
      secondary: [.init(other, "it goes with this")])
  }

  static func gradientsInside(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0317", "`grad` is a list of derivatives, one for each parameter", at: span,
      label: "it cannot be part of an expression",
      notes: ["`diff(e, linear1.weight)` is the derivative by one parameter"])
  }

  static func nothingToDifferentiateBy(isOpen: Bool, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0317", isOpen ? "no variable stands in this" : "no parameter is trained", at: span,
      label: "there is nothing to differentiate by")
  }

  static func argumentNotNumber(
    _ argument: String, of name: String, _ shape: Shape, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0310", "`\(argument)` of `\(name)` is a number", at: span, label: "this is \(shape.text)")
  }

  static func noHalves(_ shape: Shape, at span: SourceSpan) -> Diagnostic {
    Diagnostic("N0310", "this has no halves", at: span, label: "it is \(shape.text)")
  }

  static func notTruth(_ argument: String, of name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0310", "`\(argument)` of `\(name)` is a truth value", at: span,
      label: "expected `yes` or `no`")
  }

  static func notCalculable(_ text: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0318", "expected a number that is known when the network is read", at: span,
      label: "`\(text.prefix(40))` cannot be calculated here",
      notes: ["numbers are calculated by `+ - * / ^`, `sqrt`, `abs` and constants of `let`"])
  }

  static func notFinite(_ value: Double, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0318", "this is not a finite number", at: span,
      label: value.isNaN ? "it has no value" : "it is infinite or too large")
  }

  static func tooManySteps(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0319", "this expression grows too large", at: span,
      label: "written out it has too many operations",
      notes: [
        "functions that call others several times grow quickly: the most is "
          + "\(Elaborator.maximumSteps.inExpression) operations in an expression, "
          + "\(Elaborator.maximumSteps.inAll) in a network"
      ])
  }
}
