import NNCDiagnostics
import NNCLayers
import NNCSyntax

extension Compilation {
  /// What of the text can be given another value: the constants of `let`, and the keys of the update rule.
  public var variableNames: [String] {
    var names: [String] = []
    for statement in tree.statements {
      if case .constant(let name, _) = statement.kind { names.append(name.text) }
    }
    return names + (network?.training?.rule.allKeys.map(\.name) ?? [])
  }

  /// The same text with other values: a constant of `let` is given the value in place of its own, a key of the update rule
  /// in the line `train`.
  ///
  /// - Parameter values: names, each among ``variableNames``, and what they are given, in the network language.
  /// - Returns: the network of that text; its diagnostics say where a value does not fit.
  public func with(_ values: [(name: String, value: String)]) -> Compilation {
    var edits: [(span: SourceSpan, text: String)] = []
    for (name, value) in values {
      for statement in tree.statements {
        switch statement.kind {
        case .constant(let constant, let body) where constant.text == name:
          edits.append((tree[body].span, value))
        case .train(_, let arguments) where !isConstant(name):
          if let argument = arguments.first(where: { $0.key.text == name }) {
            edits.append((tree[argument.value].span, value))
          } else {
            let end = statement.span.range.upperBound
            edits.append((SourceSpan(end, end), " \(name)=\(value)"))
          }
        default: break
        }
      }
    }
    var text: [UInt8] = []
    var place = 0
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) {
      text += source.bytes[place..<edit.span.range.lowerBound]
      text += edit.text.utf8
      place = edit.span.range.upperBound
    }
    text += source.bytes[place...]
    return Compilation(SourceFile(name: source.name, bytes: text))
  }

  private func isConstant(_ name: String) -> Bool {
    tree.statements.contains {
      if case .constant(let constant, _) = $0.kind { constant.text == name } else { false }
    }
  }
}
