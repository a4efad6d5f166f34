import NNCDiagnostics
import NNCGraph
import NNCSyntax

// What can be wrong with `loss` and `train`.
extension Diagnostic {
  static func lossNotScalar(_ shape: Shape, text: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0401", "the loss is one number, not \(shape.text)", at: span,
      label: "this has \(shape.elementCount) numbers",
      fixes: [.init("add its elements up", replace: span, with: "sum(\(text))")])
  }

  static func unknownRule(_ name: Identifier, like: String?) -> Diagnostic {
    let names = updateRules.map { "`\($0.name)`" }.joined(separator: ", ")
    return Diagnostic(
      "N0402", "there is no update rule `\(name.text)`", at: name.span, label: "expected \(names)",
      fixes: Self.like(like, at: name.span))
  }

  static func unknownRuleKey(_ key: Identifier, _ rule: UpdateRule) -> Diagnostic {
    let names = rule.keys.map(\.name)
    return Diagnostic(
      "N0403", "`\(rule.name)` has no key `\(key.text)`", at: key.span,
      label: "it has \(names.map { "`\($0)`" }.joined(separator: ", "))",
      fixes: Self.like(suggestion(for: key.text, among: names), at: key.span))
  }

  static func nesterovWithoutMomentum(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0404", "`nesterov` needs a `momentum`", at: span, label: "add `momentum=0.9`, for example")
  }

  static func trainWithoutLoss(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0405", "`train` needs a `loss`", at: span, label: "what is to be made small?",
      notes: ["for example: `loss mse/2`"])
  }

  static func nothingToTrain(hasParameters: Bool, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0406", hasParameters ? "every parameter is frozen" : "this network has no parameters",
      at: span, label: "there is nothing to train")
  }
}
