import NNCDiagnostics
import NNCGraph
import NNCSyntax

// How numbers that are known now are calculated.
extension Elaborator {
  func apply(
    _ value: Numbers, _ span: SourceSpan, _ function: (Double) -> Double
  ) -> Numbers {
    switch value {
    case .invalid: return .invalid
    case .number(let number): return finite(function(number), span)
    case .tensor(let numbers, let shape): return .tensor(numbers.map(function), shape)
    }
  }

  /// a + b and so on of numbers; nil for other operators and for tensors.
  func arithmetic(_ sign: BinaryOperator, _ a: Numbers, _ b: Numbers, _ span: SourceSpan)
    -> Numbers?
  {
    switch (a, b) {
    case (.invalid, _), (_, .invalid): return .invalid
    case (.number(let a), .number(let b)):
      switch sign {
      case .add: return finite(a + b, span)
      case .subtract: return finite(a - b, span)
      case .multiply: return finite(a * b, span)
      case .divide: return finite(a / b, span)
      case .power:
        guard let exponent = Int(exactly: b), exponent.magnitude <= 4096 else { return nil }
        return finite(power(a, exponent), span)
      default: return nil
      }
    default: return nil
    }
  }

  /// aⁿ by products; a whole number to a whole power is exact while it is below 2⁵³.
  private func power(_ a: Double, _ exponent: Int) -> Double {
    var product = 1.0
    for _ in 0..<exponent.magnitude { product *= a }
    return exponent < 0 ? 1 / product : product
  }

  private func finite(_ value: Double, _ span: SourceSpan) -> Numbers {
    if value.isFinite { return .number(value) }
    report(.notFinite(value, at: span))
    return .invalid
  }

  func list(
    _ elements: [(id: ExpressionID, value: Numbers)], _ expression: NNCSyntax.Expression,
    _ reading: Reading
  ) -> Numbers {
    var numbers: [Double] = []
    var inner: Shape?
    for (id, value) in elements {
      let shape: Shape
      switch value {
      case .invalid: return .invalid
      case .number(let number):
        numbers.append(number)
        shape = []
      case .tensor(let part, let extents):
        numbers += part
        shape = extents
      }
      if let inner, inner != shape {
        report(
          .raggedList(
            (inner, reading.tree[elements[0].id].span), (shape, reading.tree[id].span)))
        return .invalid
      }
      inner = shape
    }
    guard let inner else {
      report(.emptyList(at: expression.span))
      return .invalid
    }
    guard inner.count < maximumRank else {
      report(.tensorTooLarge([elements.count] + inner, at: expression.span))
      return .invalid
    }
    return .tensor(numbers, [elements.count] + inner)
  }
}
