import NNCAlgebra

// Functions of one number that a model has in parts.
extension Importer {
  /// The function that an expression of one value is, and that value: x·(1 + erf(x/√2))/2 is `gelu`. Nil where it is none
  /// of the table's.
  ///
  /// What agrees with a function at all points to a millionth is taken for it; exporters round the numbers in it to 32
  /// bits. The parts of it must be scalar operations.
  func known(_ expression: ImportExpression) -> (name: String, flow: Int)? {
    guard expression.size > 3, let flow = expression.flows.first,
      expression.flows.allSatisfy({ $0 == flow })
    else { return nil }
    var left = Self.functions
    for (place, point) in Self.points.enumerated() {
      guard let value = expression.value(at: point) else { return nil }
      left.removeAll { function in
        let own = function.values[place]
        return !(abs(own - value) <= 1e-6 * max(abs(own), abs(value)) + 1e-30)
      }
      if left.isEmpty { return nil }
    }
    return (left[0].name, flow)
  }

  /// The functions that exporters take to pieces.
  private static let functions = [
    "gelu", "gelu_tanh", "silu", "mish", "softplus", "softsign", "hardswish", "hardsigmoid",
    "relu6",
    "sigmoid", "logsigmoid",
  ].map { name in
    let operation = Operation(name)!
    return (name: name, values: points.map { operation.evaluate([$0]) })
  }

  /// Where they are compared: near 0, where they bend, and where only one side is left; not so far that parts of them
  /// cancel.
  private static let points: [Double] = [
    -3.6, -3, -2.7, -2, -1.3, -1, -0.51, -0.25, -0.1, -0.01, 0.02, 0.11, 0.3, 0.7, 1, 1.4, 2, 2.5,
    3.1,
    3.9, 5.5, 6.5, 8,
  ]
}

extension ImportExpression {
  /// The value where what it reads is a number; nil where it is no function of that number alone.
  fileprivate func value(at x: Double) -> Double? {
    switch self {
    case .flow: return x
    case .number(let value): return value
    case .list, .parameter: return nil
    case .negative(let a): return a.value(at: x).map { -$0 }
    case .call(let name, let arguments, let keys):
      guard keys.isEmpty, let operation = Operation(name),
        operation.row.arguments.count == arguments.count
      else { return nil }
      let values = arguments.compactMap { $0.value(at: x) }
      return values.count == arguments.count ? operation.evaluate(values) : nil
    case .infix(let sign, _, let a, let b):
      guard let name = Self.operations[sign], let first = a.value(at: x),
        let second = b.value(at: x)
      else { return nil }
      return Operation(name)!.evaluate([first, second])
    }
  }

  private static let operations = ["+": "add", "-": "sub", "*": "mul", "/": "div", "^": "pow"]
}
