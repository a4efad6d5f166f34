import NNCDiagnostics
import NNCGraph
import NNCSyntax

// What can be wrong with a name or an operation in an expression.
extension Diagnostic {
  typealias Place = (shape: Shape, span: SourceSpan)

  static func like(_ name: String?, at span: SourceSpan?) -> [Fix] {
    guard let name, let span else { return [] }
    return [Fix("did you mean `\(name)`?", replace: span, with: name)]
  }

  static func unknownName(_ name: String, like: String?, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0301", "nothing is called `\(name)`", at: span, label: "not a name that is known here",
      fixes: Self.like(like, at: span))
  }

  static func noSuchElement(
    _ name: String, count: Int, of tensor: String, at span: SourceSpan
  ) -> Diagnostic {
    let letter = name.first ?? "w"
    let whole: String
    switch tensor {
    case "weight": whole = "the network has \(count == 0 ? "no weights" : "weights")"
    case "bias": whole = "the network has \(count == 0 ? "no biases" : "biases")"
    default: whole = "`\(tensor)` has \(count == 1 ? "one element" : "elements")"
    }
    let isNumbered = tensor.last?.isNumber ?? false
    let base = tensor == "weight" || tensor == "bias" ? String(letter) : tensor
    let stem = isNumbered ? base + "_" : base
    let range = count == 0 ? "" : count == 1 ? " `\(stem)1`" : " `\(stem)1` to `\(stem)\(count)`"
    return Diagnostic(
      "N0302", "there is no `\(name)`", at: span, label: whole + range,
      notes: ["elements are counted from 1, row by row"])
  }

  static func unknownFunction(_ name: String, like: String?, at span: SourceSpan) -> Diagnostic {
    // `torch.sum`, `F.relu`: functions stand without the name of a module.
    if let point = name.lastIndex(of: ".") {
      let own = String(name[name.index(after: point)...])
      let known = AbsentFunction(own).flatMap { $0.isAlias ? $0.near : nil } ?? own
      let isThere = functionNames.contains(known)
      return Diagnostic(
        "N0303", "no function is called `\(name)`", at: span,
        label: "functions stand without the name of a module",
        notes: isThere ? [] : ["`nnc help functions` lists them"],
        fixes: Self.like(isThere ? known : nil, at: span))
    }
    let absent = AbsentFunction(name)
    let instead = absent?.isAlias == true ? absent?.near : nil
    let definition = "a function of your own is defined by `let \(name)(a) = …`"
    let notes = absent?.words.map { [$0] } ?? (like == nil ? [definition] : [])
    return Diagnostic(
      "N0303", "no function is called `\(name)`", at: span,
      label: absent?.reason ?? "not a function", notes: instead == nil ? notes : [],
      fixes: Self.like(instead ?? (absent == nil ? like : nil), at: span))
  }

  static func notAFunction(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0304", "`\(name)` is a value, not a function", at: span, label: "this cannot be called",
      notes: ["a product needs its sign: `\(name)*(…)`"])
  }

  static func functionWithoutArguments(
    _ name: String, parameters: [Identifier]?, at span: SourceSpan
  ) -> Diagnostic {
    let arguments = parameters?.map(\.text).joined(separator: ", ") ?? "…"
    return Diagnostic(
      "N0305", "`\(name)` is a function and needs arguments", at: span,
      label: "expected `\(name)(\(arguments))`")
  }

  static func notYetKnown(_ name: String, at span: SourceSpan) -> Diagnostic {
    let what: String
    switch name.prefix(while: { !$0.isNumber }) {
    case "x": what = "the input"
    case "y": what = "the output of the last layer"
    case "t": what = "the target"
    case "loss": what = "the loss"
    default: what = "a loss of the output and the target"
    }
    return Diagnostic(
      "N0306", "`\(name)` is not known here", at: span,
      label: "it is \(what)",
      notes: ["the output, the target and the loss can stand in `loss`, not in a layer"])
  }

  static func notMathematics(_ text: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0307", "\(text) has no place in an expression", at: span,
      label: "expected a number, a name or a call")
  }

  static func tooManyArguments(
    _ name: String, _ parameters: [FunctionParameter], given: Int, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0308", "`\(name)` takes \(counted(parameters)), \(given) are given", at: span,
      label: "one too many", notes: [signature(name, parameters)])
  }

  static func missingArgument(
    _ argument: String, of name: String, _ parameters: [FunctionParameter], at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0308", "`\(name)` needs its argument `\(argument)`", at: span,
      label: "`\(argument)` is missing", notes: [signature(name, parameters)])
  }

  static func unknownKeyword(
    _ key: Identifier, of name: String, _ parameters: [FunctionParameter]
  ) -> Diagnostic {
    let like = suggestion(for: key.text, among: parameters.map(\.name))
    return Diagnostic(
      "N0308", "`\(name)` has no argument `\(key.text)`", at: key.span, label: "not an argument",
      notes: [signature(name, parameters)], fixes: Self.like(like, at: key.span))
  }

  static func argumentTwice(_ key: Identifier, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0308", "the argument `\(key.text)` is given twice", at: key.span,
      label: "the second time", secondary: [.init(first, "the first time")])
  }

  static func noClass(_ number: Double, of loss: String, below classes: Int, at span: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      "N0308", "`\(loss)` cannot ignore class \(Diagnostic.number(number))", at: span,
      label: classes > 0
        ? "expected a class from 0 to \(classes - 1)" : "only of class numbers one can be ignored")
  }

  static func derivativeThroughBatch(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0309", "a sample's value that depends on the batch has no derivative of its own", at: span,
      label: "what is asked for differs between samples, and depends on all of them",
      notes: ["ask for the derivative of the batch's: `batchmean(...)` or `samples(...)` of it"])
  }

  private static func counted(_ parameters: [FunctionParameter]) -> String {
    parameters.count == 1 ? "one argument" : "at most \(parameters.count) arguments"
  }

  private static func signature(_ name: String, _ parameters: [FunctionParameter]) -> String {
    "it is called as `\(parameters.call(of: name))`"
  }

  /// A number as people write it: `1`, `0.01`.
  static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
