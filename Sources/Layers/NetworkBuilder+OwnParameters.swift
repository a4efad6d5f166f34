import NNCDiagnostics
import NNCGraph

/// A parameter that belongs to no layer, to be made: `param NAME SHAPE`.
struct ParameterRequest {
  /// Its name.
  var name: String
  /// Its shape.
  var shape: Shape
  /// `value`, `init` and `frozen`.
  var keys: [String: Given<LayerRequest.Value>]
  /// The whole statement.
  var span: SourceSpan?
  /// The place of the shape.
  var outlet: SourceSpan?

  /// What may be said of it: its first values, how they are drawn, and whether training leaves it as it is.
  static let keys = ["value", "init", "frozen"]
}

extension NetworkBuilder {
  /// Makes a parameter that belongs to no layer, for expressions; false where what is said of it is wrong, which has been
  /// reported.
  ///
  /// Where nothing says how it begins it is drawn as the weight of a layer of as many inputs as its last axis is long.
  func parameter(_ request: ParameterRequest) -> Bool {
    let shape = request.shape
    guard let count = shape.checkedCount, parameterCount + count <= maximumCount else {
      report(.tooManyParameters(at: request.outlet, shape, before: parameterCount))
      return false
    }
    guard let initial = initial(request), let isFrozen = isFrozen(request) else { return false }
    let node = add(request.name, shape, .weight, initial, isFrozen: isFrozen, request.span)
    scope.parameters[request.name] = node
    return true
  }

  private func initial(_ request: ParameterRequest) -> Initial? {
    let shape = request.shape
    guard let given = request.keys["value"] else {
      let fans = (Double(shape.last ?? 1), Double(shape.first ?? 1))
      return initialiser(request.keys["init"])?.initial(.weight, fans)
    }
    switch given.value {
    case .invalid: break
    case .number(let value): return .fill(value)
    case .tensor(let values, let actual):
      if actual == shape { return .literal(values) }
      report(
        .literalShape(
          "value", "", of: request.name, expected: shape, actual: actual, at: given.span))
    default: report(.badValue("value", of: request.name, expected: "numbers", at: given.span))
    }
    return nil
  }

  private func isFrozen(_ request: ParameterRequest) -> Bool? {
    guard let given = request.keys["frozen"] else { return false }
    if case .word(let word) = given.value, ["yes", "no"].contains(word) { return word == "yes" }
    report(.badValue("frozen", of: request.name, expected: "`yes` or `no`", at: given.span))
    return nil
  }
}
