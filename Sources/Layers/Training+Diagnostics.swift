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

  static func unknownRule(_ name: Identifier, _ known: [String], like: String?) -> Diagnostic {
    let names = known.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      "N0402", "there is no update rule `\(name.text)`", at: name.span, label: "expected \(names)",
      fixes: Self.like(like, at: name.span))
  }

  static func unknownRuleKey(_ key: Identifier, _ rule: UpdateRule) -> Diagnostic {
    let names = rule.groups.map(\.name) + rule.allKeys.map(\.name)
    return Diagnostic(
      "N0403", "`\(rule.name)` has no key `\(key.text)`", at: key.span,
      label: "it has \(names.map { "`\($0)`" }.joined(separator: ", "))",
      fixes: Self.like(suggestion(for: key.text, among: names), at: key.span))
  }

  static func nesterovWithoutMomentum(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0404", "`nesterov` needs a `momentum`", at: span, label: "add `momentum=0.9`, for example")
  }

  static func nesterovWithDampening(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0404", "`nesterov` allows no `dampening`", at: span, label: "leave one of them out")
  }

  static func twoClips(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0407", "`clip_norm` and `clip_value` exclude each other", at: span,
      label: "leave one of them out")
  }

  static func keyInGroup(_ key: Identifier, _ group: UpdateRule.Group) -> Diagnostic {
    Diagnostic(
      "N0407", "`\(key.text)` is given twice", at: key.span,
      label: "`\(group.name)` gives \(group.keys.map { "`\($0)`" }.joined(separator: ", "))")
  }

  static func ruleTaken(_ name: Identifier, first: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "N0408", "there is an update rule `\(name.text)` already", at: name.span,
      label: "choose another name", secondary: first.map { [.init($0, "the first")] } ?? [])
  }

  static func ruleWithoutRate(_ name: Identifier) -> Diagnostic {
    Diagnostic(
      "N0408", "`\(name.text)` has no learning rate", at: name.span, label: "add the key `lr=0.1`",
      notes: ["`nnc train` sets `lr`, and a schedule changes it from step to step"])
  }

  static func ruleKeyTaken(_ key: Identifier) -> Diagnostic {
    Diagnostic(
      "N0408", "a rule cannot have a key `\(key.text)`", at: key.span,
      label: "this has a meaning in every rule")
  }

  static func ruleStepTaken(_ name: Identifier, isKey: Bool) -> Diagnostic {
    Diagnostic(
      "N0408", "`\(name.text)` cannot be assigned to", at: name.span,
      label: isKey ? "it is a key of the rule" : "this has a meaning in every rule")
  }

  static func ruleWithoutStep(_ name: Identifier) -> Diagnostic {
    Diagnostic(
      "N0408", "`\(name.text)` changes no parameter", at: name.span,
      label: "add a step such as `w = w - lr*g`")
  }

  static func ruleShape(
    _ name: String, _ own: Shape, kept: Shape, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0408", "`\(name)` has the parameter's shape", at: span,
      label: "this is \(own.text), the parameter is \(kept.text)")
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
