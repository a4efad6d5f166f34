import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// What a size is of, for messages.
enum SizeOwner: String {
  case input, bound, width, `repeat`, carried, parameter
}

extension NetworkReader {
  /// A size: a whole number from 1 on. Nil where it is none, which has been reported.
  func size(_ id: ExpressionID, _ owner: SizeOwner) -> Int? {
    let span = tree[id].span
    if let whole = tree.integer(id) {
      if whole >= 1, whole <= UInt64(maximumCount) { return Int(whole) }
      report(.badSize(tree.source.text(of: span), owner, at: span))
      return nil
    }
    switch elaborator.numbers(id) {
    case .invalid: return nil
    case .number(let value):
      if let whole = Int(exactly: value), whole >= 1, whole <= maximumCount { return whole }
      var text = Diagnostic.number(value)
      if case .number = tree[id].kind { text = tree.source.text(of: span) }
      report(.badSize(text, owner, at: span))
    case .tensor:
      report(.badSize(tree.source.text(of: span), owner, at: span))
    }
    return nil
  }
}
