import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkBuilder {
  /// Reports keys that a layer does not take; whether there are none.
  func checkKeys(_ site: LayerSite, _ keys: [String]) -> Bool {
    var isSound = true
    for argument in site.layer.arguments where !keys.contains(argument.key.text) {
      report(.unknownKey(argument.key, of: site.kind.text, keys))
      isSound = false
    }
    return isSound
  }

  /// Whether a layer has no values without a key; reports them if it has.
  ///
  /// - Parameter key: the key that a value without one was probably meant for.
  func hasNoOperands(_ site: LayerSite, key: String? = nil, hint: String? = nil) -> Bool {
    guard let first = site.layer.operands.first else { return true }
    var diagnostic = Diagnostic.surplusOperand(site.kind.text, at: span(first), hint: hint)
    if let key, case .value = first {
      let start = SourceSpan(Int(span(first).start), Int(span(first).start))
      diagnostic.primary.text = "expected a key before it"
      diagnostic.fixes = [
        .init(
          "write `\(key)=\(tree.source.text(of: span(first)))`", replace: start, with: key + "=")
      ]
    }
    report(diagnostic)
    return false
  }

  /// Where a value without a key stands.
  func span(_ operand: Statement.Operand) -> SourceSpan {
    switch operand {
    case .value(let id): tree[id].span
    case .arrow(let from, let to):
      from.map { tree[$0].span.union(tree[to].span) } ?? tree[to].span
    }
  }

  /// The name that a value is, such as `yes`.
  func word(_ id: ExpressionID) -> String? {
    guard case .name(let name) = tree[id].kind else { return nil }
    return name
  }

  /// A number that must be known now; nil where it is none, which has been reported.
  func number(_ argument: Argument, of owner: String) -> Double? {
    switch elaborator.numbers(argument.value) {
    case .invalid: return nil
    case .number(let value): return value
    case .tensor:
      report(
        .badValue(argument.key.text, of: owner, expected: "a number", at: tree[argument.value].span)
      )
      return nil
    }
  }

  /// What flows into a layer. Nil where nothing is known of it, which has been reported.
  func inflow(_ site: LayerSite) -> Flow? {
    switch state {
    case .known(let flow, _): return flow
    case .unknown: return nil
    case .start:
      report(.unknownInput(site.kind.text, at: site.kind.span, width: firstWidth))
      return nil
    }
  }

  /// The width that the first `linear` of the file asks for, as a guess at the input's.
  private var firstWidth: (text: String, place: SourceSpan)? {
    for statement in tree.statements {
      guard case .layer(let layer) = statement.kind, layer.kind.text == "linear" else { continue }
      guard case .arrow(let from?, _) = layer.operands.first else { return nil }
      let start = Int(tree.statements[0].span.start)
      return (tree.source.text(of: tree[from].span), SourceSpan(start, start))
    }
    return nil
  }
}
