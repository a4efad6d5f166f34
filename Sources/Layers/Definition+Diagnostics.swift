import NNCDiagnostics
import NNCSyntax

// What can be wrong with `let`.
extension Diagnostic {
  static func reservedName(_ name: Identifier) -> Diagnostic {
    Diagnostic(
      "N0320", "`\(name.text)` cannot be defined", at: name.span,
      label: "`x`, `y`, `t` and `loss` are the network's own names")
  }

  static func definedAlready(_ name: Identifier, _ what: String) -> Diagnostic {
    Diagnostic(
      "N0320", "`\(name.text)` is \(what) already", at: name.span, label: "choose another name")
  }

  static func definedTwice(_ name: Identifier, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0320", "`\(name.text)` is defined twice", at: name.span, label: "the second time",
      secondary: [.init(first, "the first time")])
  }

  static func notAssignable(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0322", "this cannot be given a value", at: span,
      label: "expected `x`, `t`, a parameter or an element of one",
      notes: ["a value of your own is defined by `let`"])
  }

  static func cycle(_ names: [String], at span: SourceSpan) -> Diagnostic {
    var path = names.count > 8 ? names.prefix(7) + ["…"] : names[...]
    path.append(names[0])
    return Diagnostic(
      "N0321", "`\(names[0])` is defined by itself", at: span,
      label: names.count == 1 ? "its body mentions it" : path.joined(separator: " -> "),
      notes: ["a `let` is written out where it is used, so it cannot recur"])
  }
}
