import NNCDiagnostics
import NNCGraph
import NNCSyntax

// What can be wrong with labels, with statements as a whole, and with the network's size.
extension Diagnostic {
  static func reservedLabel(_ label: Identifier) -> Diagnostic {
    Diagnostic(
      "N0210", "`\(label.text)` cannot be a label", at: label.span,
      label: "`x`, `y`, `t` and `loss` are the network's own names")
  }

  static func labelTaken(_ label: Identifier, by owner: String, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0210", "the label `\(label.text)` is taken", at: label.span,
      label: "choose another name", secondary: [.init(first, "it is the name of \(owner)")])
  }

  static func unknownLabel(_ label: String, like: String?, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0211", "no layer is labelled `\(label)`", at: span, label: "not a label",
      notes: like == nil ? ["a layer gets a label like this: `\(label): linear 2->3`"] : [],
      fixes: Self.like(like, at: span))
  }

  static func laterLabel(
    _ label: String, at span: SourceSpan, definition: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0211", "the layer `\(label)` comes later", at: span,
      label: "only the output of an earlier layer is known here",
      secondary: [.init(definition, "it stands here")])
  }

  static func joinMismatch(
    _ kind: String, _ inflow: Shape, _ other: Shape, _ agreement: LayerRow.Agreement,
    at span: SourceSpan?, origin: Source
  ) -> Diagnostic {
    Diagnostic(
      "N0212", "`\(kind)` cannot join \(inflow.numbers) with \(other.numbers)", at: span,
      label: "this layer's output is \(other.numbers)",
      secondary: labels(origin), notes: [agreement.text])
  }

  static func residualMismatch(
    _ result: Shape, _ entry: Shape, at span: SourceSpan?, origin: Source, entry place: Source?
  ) -> Diagnostic {
    Diagnostic(
      "N0212", "this block makes \(result.numbers) of \(entry.numbers)", at: span,
      label: "its output and its input are added", secondary: labels(origin, place))
  }

  static func secondStatement(
    _ word: String, at span: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0213", "`\(word)` stands twice", at: span, label: "the second time",
      secondary: [.init(first, "the first time")],
      notes: secondStatementNotes[word].map { [$0] } ?? [])
  }

  /// What to do instead of a second statement.
  private static let secondStatementNotes = [
    "loss": "two losses are added in one: `loss mse + 0.1*mae`",
    "input": "several inputs have names: `input left 3`, `input right 4`",
    "output": "several outputs stand in one: `output mean spread`",
  ]

  static func outputTwice(_ name: Identifier, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0213", "the output `\(name.text)` stands twice", at: name.span, label: "the second time",
      secondary: [.init(first, "the first time")])
  }

  static func statementInBlock(
    _ word: String, at span: SourceSpan, block: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0214", "`\(word)` cannot stand in a block", at: span,
      label: "it belongs to the whole network", secondary: [.init(block, "this is the block")])
  }

  static func inputAfterLayer(at span: SourceSpan, first: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0214", "`input` stands before the first layer", at: span, label: "move it up",
      secondary: first.map { [.init($0, "the first layer")] } ?? [])
  }

  static func blockArguments(
    _ block: DefinedBlock, given: Int?, at span: SourceSpan
  ) -> Diagnostic {
    let names = block.parameters.map(\.text)
    let example = block.name.text + (names.isEmpty ? "" : "(\(names.joined(separator: ", ")))")
    let count = names.count == 1 ? "1 number" : "\(names.count) numbers"
    return Diagnostic(
      "N0221", "`\(block.name.text)` takes \(names.isEmpty ? "nothing" : count)", at: span,
      label: "it is used as `\(example)`" + (given.map { ", here with \($0)" } ?? ""),
      secondary: [.init(block.name.span, "it is defined here")])
  }

  static func blockInItself(_ name: Identifier, definition: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0221", "`\(name.text)` is made of itself", at: name.span, label: "this would never end",
      secondary: [.init(definition, "it is defined here")],
      notes: ["`repeat N { … }` makes a block N times"])
  }

  static func tooManyLayers(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0215", "this makes too many layers", at: span,
      label: "a network has at most \(maximumLayers)")
  }

  static func tooManyParameters(at span: SourceSpan?, _ shape: Shape, before: Int) -> Diagnostic {
    Diagnostic(
      "N0215", "this makes too many parameters", at: span,
      label: "this layer has \(shape.extents) of them",
      notes: [
        "a network has at most \(maximumCount) numbers"
          + (before > 0 ? "; there are \(before) before this" : "")
      ])
  }

  static func noLayers(at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0216", "this network has no layers", at: span ?? SourceSpan(0, 0),
      label: "for example: `linear 2->1`")
  }

  static func tooManyMessages(_ count: Int) -> Diagnostic {
    Diagnostic(
      "N0299", "\(count) errors found; further ones are not shown", at: nil,
      label: "is this a network?")
  }

  static func badSeed(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0217", "this cannot be a seed", at: span,
      label: "expected a whole number from 0 to \(UInt64.max)")
  }

  static func constantAsLayer(_ kind: Identifier, _ definition: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0218", "`\(kind.text)` is a constant, not a layer", at: kind.span,
      label: "expected a layer or a function",
      secondary: [.init(definition, "defined here")])
  }
}
