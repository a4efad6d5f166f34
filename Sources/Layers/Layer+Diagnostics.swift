import NNCDiagnostics
import NNCGraph
import NNCSyntax

// What can be wrong with a layer and what stands behind it.
extension Diagnostic {
  typealias Source = (text: String, span: SourceSpan?)

  /// What to say about a place that has to do with a message; nothing where there is no source.
  static func labels(_ sources: Source?...) -> [Label] {
    sources.compactMap { source in source.flatMap { s in s.span.map { Label($0, s.text) } } }
  }

  static func unknownLayer(_ layer: Statement.Layer, like: String?) -> Diagnostic {
    let kind = layer.kind
    return Diagnostic(
      "N0201", "there is no layer `\(kind.text)`", at: kind.span, label: "not a layer",
      notes: like == nil && layer.operands.isEmpty
        ? ["a function of your own becomes a layer by `let \(kind.text)(a) = …`"] : [],
      fixes: Self.like(like, at: kind.span))
  }

  static func widthMismatch(
    _ kind: String, _ axis: WidthAxis, stated: Int, _ shape: Shape, at span: SourceSpan?,
    origin: Source
  ) -> Diagnostic {
    let actual = axis.width(shape)
    let isVector = shape.count == 1
    let what =
      axis == .first ? "\(stated) \(stated == 1 ? "channel" : "channels")" : [stated].numbers
    let hint = axis == .last ? "; `flatten` makes one axis of all" : ", the channels"
    return Diagnostic(
      "N0202",
      "this layer takes \(what), but \(shape.numbers) \(shape == [1] ? "flows" : "flow") in",
      at: span, label: "expected \(actual)",
      secondary: labels(origin),
      notes: isVector
        ? [] : ["a `\(kind)` goes along the \(axis.word) axis\(hint)"],
      fixes: span.map {
        [.init("take what flows in: `\(actual)`", replace: $0, with: "\(actual)")]
      } ?? [])
  }

  static func unknownWidth(at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0203", "the width of the input is not known", at: span,
      label: "the first layer must say it: `linear 2->3`",
      notes: ["or a statement before it: `input 2`"])
  }

  static func unknownInput(
    _ kind: String, at span: SourceSpan?, width: (text: String, place: SourceSpan)?
  ) -> Diagnostic {
    let example = LayerRow(kind)?.widthAxis == .first ? "input 1x28x28" : "input 2"
    return Diagnostic(
      "N0203", "the shape of the input is not known", at: span,
      label: "`\(kind)` is the first layer and does not say it",
      notes: width == nil ? ["a statement before it does: `\(example)`"] : [],
      fixes: width.map {
        [.init("write `input \($0.text)`", replace: $0.place, with: "input \($0.text)\n")]
      } ?? [])
  }

  static func badSize(_ text: String, _ owner: SizeOwner, at span: SourceSpan) -> Diagnostic {
    let what =
      switch owner {
      case .input: "a size of the input"
      case .bound: "the number of whole numbers"
      case .width: "a width"
      case .repeat: "the count of `repeat`"
      case .carried: "a size of what a step leaves to the next"
      case .parameter: "a size of a parameter"
      }
    return Diagnostic(
      "N0204", "\(text.prefix(40)) cannot be \(what)", at: span,
      label: "expected a whole number from 1 to \(maximumCount)")
  }

  static func takesNumbers(_ kind: String, below bound: Int, at span: SourceSpan?, origin: Source)
    -> Diagnostic
  {
    Diagnostic(
      "N0222", "`\(kind)` takes numbers that may be any, but whole numbers below \(bound) flow in",
      at: span, label: "whole numbers are names of things: tokens, classes",
      secondary: labels(origin),
      notes: [
        "`embedding \(bound)->16` gives each of them a row of 16 numbers; `onehot` one of \(bound) zeros with a 1"
      ])
  }

  static func takesWholeNumbers(_ kind: String, at span: SourceSpan?, origin: Source) -> Diagnostic
  {
    Diagnostic(
      "N0222", "`\(kind)` takes whole numbers, but any numbers flow in", at: span,
      label: "expected tokens or classes", secondary: labels(origin),
      notes: ["an input of 64 whole numbers below 256 is stated by `input 64 of 256`"])
  }

  static func tableTooSmall(rows: Int, below bound: Int, at span: SourceSpan?, origin: Source)
    -> Diagnostic
  {
    Diagnostic(
      "N0222", "a table of \(rows) rows for whole numbers below \(bound)", at: span,
      label: "expected \(bound) or more", secondary: labels(origin))
  }

  static func mixedInputs(_ name: String, at span: SourceSpan?, first: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0222", "`\(name)` is whole numbers, and another input is not", at: span,
      label: "either all inputs are, or none",
      secondary: labels((text: "this is not", span: first)),
      notes: [
        "numbers between a few bounds can be given as whole ones; a class as numbers, all 0 but one"
      ])
  }

  static func shapeTooLarge(_ shape: Shape, _ owner: SizeOwner = .input, at span: SourceSpan?)
    -> Diagnostic
  {
    let what =
      switch owner {
      case .carried: "a carried value"
      case .parameter: "a parameter"
      default: "an input"
      }
    return Diagnostic(
      "N0204", "\(what) of \(shape.extents) is too large", at: span,
      label: "it has at most \(maximumCount) numbers and 8 axes")
  }

  static func missingWidths(_ kind: String, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0205", "`\(kind)` needs its width", at: span,
      label: "for example: `\(kind) 2->3`, or `\(kind) ->3` for what flows in")
  }

  static func surplusOperand(_ kind: String, at span: SourceSpan?, hint: String?) -> Diagnostic {
    Diagnostic(
      "N0205", "this has no meaning for `\(kind)`", at: span,
      label: "leave it out", notes: hint.map { [$0] } ?? [])
  }

  static func missingNumber(
    _ kind: String, _ meaning: String, _ example: String, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      "N0205", "`\(kind)` takes one number, \(meaning)", at: span,
      label: "for example: `\(kind) \(example)`")
  }

  static func missingSizes(
    _ kind: String, _ meaning: String, _ example: String, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      "N0205", "`\(kind)` takes \(meaning)", at: span,
      label: "for example: `\(kind) \(example)`")
  }

  static func missingKey(_ key: String, of row: LayerRow, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0206", "`\(row.name)` needs a value for `\(key)`", at: span,
      label: "for example: `\(key)=3`", notes: ["it is written `\(row.usage)`"])
  }

  static func layerProblem(_ problem: LayerProblem, _ request: LayerRequest) -> Diagnostic {
    let place = problem.key.flatMap { request.place(of: $0) }
    return Diagnostic(
      "N0220", problem.message, at: place ?? request.head.span, label: problem.label,
      notes: problem.notes)
  }

  static func expectedLabel(_ kind: String, at span: SourceSpan?) -> Diagnostic {
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
    _ key: String, of owner: String, expected: String, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      "N0207", "`\(key)` of `\(owner)` cannot be this", at: span, label: "expected \(expected)")
  }

  static func keyShape(
    _ key: String, _ own: Shape, _ inflow: Shape, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      "N0310", "`\(key)` does not fit what flows in", at: span,
      label: "this is \(own.text), what flows in is \(inflow.text)")
  }

  static func literalShape(
    _ part: String, _ axes: String, of layer: String, expected: Shape, actual: Shape,
    at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      "N0208", "the \(part) of `\(layer)` is \(described(expected))", at: span,
      label: "this is \(described(actual))", notes: axes.isEmpty ? [] : [axes])
  }

  private static func described(_ shape: Shape) -> String {
    switch shape.count {
    case 1: "a list of \(shape[0])"
    case 2: "\(shape[0]) \(shape[0] == 1 ? "row" : "rows") of \(shape[1])"
    default: shape.text
    }
  }

  static func unknownInitialiser(_ text: String, at span: SourceSpan?) -> Diagnostic {
    let names = initialisers.map(\.name)
    return Diagnostic(
      "N0209", "there is no way `\(text.prefix(40))` to begin", at: span,
      label: "expected \(names.map { "`\($0)`" }.joined(separator: ", "))",
      fixes: Self.like(suggestion(for: text, among: names), at: span))
  }

  static func unknownParameter(_ name: String, like: String?, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0219", "no earlier layer has a parameter `\(name)`", at: span, label: "nothing to share",
      notes: like == nil
        ? ["a parameter is shared by its name: `weight=linear1.weight`, or numbers stand here"]
        : [],
      fixes: Self.like(like, at: span))
  }

  static func laterParameter(
    _ name: String, at span: SourceSpan, definition: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0219", "the parameter `\(name)` comes later", at: span,
      label: "a layer shares a parameter of an earlier one",
      secondary: [.init(definition, "it belongs to this layer")])
  }

  static func sharedShape(
    _ name: String, _ actual: Shape, as part: String, of layer: String, _ expected: Shape,
    at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      "N0219", "`\(name)` cannot be the \(part) of `\(layer)`", at: span,
      label: "this is \(described(actual)), it needs \(described(expected))")
  }

  static func sharedFrozen(_ part: String, _ name: String, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0219", "the \(part) here is `\(name)`, which an earlier layer owns", at: span,
      label: "it is frozen there or not at all")
  }
}
