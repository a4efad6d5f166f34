import NNCDiagnostics
import NNCGraph
import NNCSyntax

// What can be wrong with a layer and what stands behind it.
extension Diagnostic {
  typealias Source = (text: String, span: SourceSpan)

  static func unknownLayer(_ site: LayerSite, like: String?) -> Diagnostic {
    let kind = site.kind
    return Diagnostic(
      "N0201", "there is no layer `\(kind.text)`", at: kind.span, label: "not a layer",
      notes: like == nil && site.layer.operands.isEmpty
        ? ["a function of your own becomes a layer by `let \(kind.text)(a) = …`"] : [],
      fixes: Self.like(like, at: kind.span))
  }

  static func widthMismatch(
    stated: Int, _ shape: Shape, at span: SourceSpan, origin: Source
  ) -> Diagnostic {
    let actual = shape.last ?? 1
    let isVector = shape.count == 1
    return Diagnostic(
      "N0202",
      "this layer takes \([stated].numbers), but \(shape.numbers) \(shape == [1] ? "flows" : "flow") in",
      at: span, label: "expected \(actual)",
      secondary: [.init(origin.span, origin.text)],
      notes: isVector
        ? [] : ["a `linear` goes along the last axis; `flatten` makes one axis of all"],
      fixes: [
        .init("take what flows in: `\(actual)`", replace: span, with: "\(actual)")
      ])
  }

  static func unknownWidth(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0203", "the width of the input is not known", at: span,
      label: "the first layer must say it: `linear 2->3`",
      notes: ["or a statement before it: `input 2`"])
  }

  static func unknownInput(
    _ kind: String, at span: SourceSpan, width: (text: String, place: SourceSpan)?
  ) -> Diagnostic {
    Diagnostic(
      "N0203", "the shape of the input is not known", at: span,
      label: "`\(kind)` is the first layer and does not say it",
      notes: width == nil ? ["a statement before it does: `input 2`"] : [],
      fixes: width.map {
        [.init("write `input \($0.text)`", replace: $0.place, with: "input \($0.text)\n")]
      } ?? [])
  }

  static func badSize(_ text: String, _ owner: SizeOwner, at span: SourceSpan) -> Diagnostic {
    let what =
      switch owner {
      case .input: "a size of the input"
      case .width: "a width"
      case .repeat: "the count of `repeat`"
      }
    return Diagnostic(
      "N0204", "\(text.prefix(40)) cannot be \(what)", at: span,
      label: "expected a whole number from 1 to \(maximumCount)")
  }

  static func inputTooLarge(_ shape: Shape, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0204", "an input of \(shape.extents) is too large", at: span,
      label: "it has at most \(maximumCount) numbers and 8 axes")
  }

  static func missingWidths(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0205", "`linear` needs its width", at: span,
      label: "for example: `linear 2->3`, or `linear ->3` for what flows in")
  }

  static func surplusOperand(_ kind: String, at span: SourceSpan, hint: String?) -> Diagnostic {
    Diagnostic(
      "N0205", "this has no meaning for `\(kind)`", at: span,
      label: "leave it out", notes: hint.map { [$0] } ?? [])
  }

  static func dropoutOperand(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0205", "`dropout` takes one number, the probability", at: span,
      label: "for example: `dropout 0.5`")
  }

  static func expectedLabel(_ kind: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0205", "`\(kind)` takes the label of an earlier layer", at: span,
      label: "for example: `\(kind) skip`, after `skip: linear 2->3`")
  }

  static func unknownKey(_ key: Identifier, of kind: String, _ keys: [String]) -> Diagnostic {
    let known = keys.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      "N0206", "`\(kind)` has no key `\(key.text)`", at: key.span,
      label: keys.isEmpty ? "it has no keys" : "it has \(known)",
      fixes: Self.like(suggestion(for: key.text, among: keys), at: key.span))
  }

  static func missingKey(_ key: String, _ kind: Identifier, _ definition: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      "N0206", "`\(kind.text)` needs a value for `\(key)`", at: kind.span,
      label: "for example: `\(kind.text) \(key)=0.5`",
      secondary: [.init(definition, "defined here")],
      notes: ["what flows in is the first argument; the others are keys"])
  }

  static func badValue(
    _ key: String, of owner: String, expected: String, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0207", "`\(key)` of `\(owner)` cannot be this", at: span, label: "expected \(expected)")
  }

  static func keyShape(
    _ key: String, _ own: Shape, _ inflow: Shape, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0310", "`\(key)` does not fit what flows in", at: span,
      label: "this is \(own.text), what flows in is \(inflow.text)")
  }

  static func literalShape(
    _ part: String, of site: LayerSite, expected: Shape, actual: Shape, at span: SourceSpan
  ) -> Diagnostic {
    let axes = expected.count == 2 ? ["one row for each output, one number for each input"] : []
    return Diagnostic(
      "N0208", "the \(part) of `\(site.name)` is \(described(expected))", at: span,
      label: "this is \(described(actual))", notes: axes)
  }

  private static func described(_ shape: Shape) -> String {
    switch shape.count {
    case 1: "a list of \(shape[0])"
    case 2: "\(shape[0]) \(shape[0] == 1 ? "row" : "rows") of \(shape[1])"
    default: shape.text
    }
  }

  static func unknownInitialiser(_ text: String, at span: SourceSpan) -> Diagnostic {
    let names = initialisers.map(\.name)
    return Diagnostic(
      "N0209", "there is no way `\(text.prefix(40))` to begin", at: span,
      label: "expected \(names.map { "`\($0)`" }.joined(separator: ", "))",
      fixes: Self.like(suggestion(for: text, among: names), at: span))
  }
}
