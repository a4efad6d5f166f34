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

  static func stepOfNothing(at span: SourceSpan) -> Diagnostic {
    Diagnostic("N0311", "a step of 0 goes nowhere", at: span, label: "the step stands last")
  }

  static func emptySlice(of extent: Int, _ shape: Shape, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0311", "this slice is empty", at: span, label: "the axis has \(extent) of them",
      notes: [
        "`a:b` goes from a up to before b, counted from 0, or from the end if negative; this is "
          + shape.text
      ])
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

  static func windowsDoNotFit(_ cause: String, _ shape: Shape, at span: SourceSpan) -> Diagnostic {
    Diagnostic("N0323", cause, at: span, label: "this is \(shape.text)")
  }

  static func noHalves(_ shape: Shape, at span: SourceSpan) -> Diagnostic {
    Diagnostic("N0310", "this has no halves", at: span, label: "it is \(shape.text)")
  }

  static func notMatrix(_ name: String, _ shape: Shape, at span: SourceSpan) -> Diagnostic {
    Diagnostic("N0310", "`\(name)` is of a matrix", at: span, label: "this is \(shape.text)")
  }

  static func notSquare(_ name: String, _ shape: Shape, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0310", "`\(name)` is of a square matrix", at: span, label: "this is \(shape.text)")
  }

  static func matrixTooLarge(_ name: String, _ shape: Shape, most: Int, at span: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      "N0313", "`\(name)` is of small matrices", at: span,
      label: "this is \(shape.text), the most is \(most) rows")
  }

  static func notAnOrder(_ shape: Shape, at span: SourceSpan) -> Diagnostic {
    let all = shape.indices.map(String.init).joined(separator: ", ")
    return Diagnostic(
      "N0311", "each axis is named once", at: span, label: "expected an order of \(all)",
      notes: ["this is \(shape.text)"])
  }

  static func cannotReshape(_ shape: Shape, _ wanted: [Int], at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0310", "the shape holds another number of elements", at: span,
      label: "expected extents whose product is \(shape.elementCount)",
      notes: ["this is \(shape.text); one extent may be -1, which stands for what is left"])
  }

  static func notAnEquation(_ count: Int, at span: SourceSpan) -> Diagnostic {
    let factors = count == 1 ? "one factor" : "\(count) factors"
    return Diagnostic(
      "N0310", "this is no rule for \(factors)", at: span,
      label: "expected letters, as \"ij,jk->ik\"",
      notes: [
        "each factor has a letter for each axis; the result's letters stand behind `->`, each once"
      ])
  }

  static func wholeExpected(_ bounds: ClosedRange<Int>, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0311", "a whole number is expected", at: span,
      label: "from \(bounds.lowerBound) to \(bounds.upperBound), known when the network is read")
  }

  static func notText(_ argument: String, of name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0310", "`\(argument)` of `\(name)` is a text in quotes", at: span,
      label: "expected `\"…\"`")
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
