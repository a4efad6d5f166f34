/// What flows into the softmax of an attention.
struct AttentionScores {
  var queries: Int
  var keys: Int
  /// Whether the keys have their last axes exchanged.
  var isTurned: Bool
  var scale: Double
  var isCausal: Bool
  var size: Int
}

extension Importer {
  /// What flows into the softmax: a product, scaled, perhaps with a mask.
  func attentionScores(_ entry: Int, _ heads: Int, _ steps: Int) -> AttentionScores? {
    guard var expression = statements[entry].expression else { return nil }
    var isCausal = false
    if case .infix("+", _, let a, let mask) = expression, isCausalMask(mask, steps) {
      isCausal = true
      expression = a
    }
    var scale = 1.0
    var visits = 0
    // Factors may stand at any place, in statements of their own, too.
    func unscaled(_ expression: ImportExpression) -> ImportExpression {
      visits += 1
      if visits > 8 { return expression }
      switch expression {
      case .infix("*", _, let a, .number(let factor)), .infix("*", _, .number(let factor), let a):
        scale *= factor
        return unscaled(a)
      case .infix("/", _, let a, .number(let factor)):
        scale /= factor
        return unscaled(a)
      case .flow(let index):
        guard let inner = statements[index].expression else { return expression }
        if case .infix(let sign, _, _, _) = inner, ["*", "/"].contains(sign) {
          return unscaled(inner)
        }
        return expression
      default: return expression
      }
    }
    expression = unscaled(expression)
    if case .flow(let index) = expression, let inner = statements[index].expression {
      expression = inner
    }
    guard case .infix("@", _, let a, let b) = expression, case .flow(let queries) = unscaled(a),
      case .flow(var keys) = unscaled(b)
    else { return nil }
    guard statements[queries].shape.count == 3, statements[keys].shape.count == 3 else {
      return nil
    }
    let size = statements[queries].shape[2]
    // The factor may stand before the axes are exchanged.
    if let inner = statements[keys].input,
      ["transpose", "permute"].contains(statements[keys].kind),
      case .flow(let other) = unscaled(.flow(inner)), other != inner
    {
      guard statements[keys].kind == "transpose" || statements[keys].operand == "0,2,1" else {
        return nil
      }
      keys = other
      guard statements[keys].shape == statements[queries].shape else { return nil }
      return AttentionScores(
        queries: queries, keys: keys, isTurned: false, scale: scale, isCausal: isCausal, size: size)
    }
    guard statements[keys].shape == [heads, size, statements[queries].shape[1]] else { return nil }
    return AttentionScores(
      queries: queries, keys: keys, isTurned: true, scale: scale, isCausal: isCausal, size: size)
  }

  /// Whether an expression is 0 for steps that came and much less for those that come.
  private func isCausalMask(_ expression: ImportExpression, _ steps: Int) -> Bool {
    let never: (Double) -> Bool
    let place: Int
    switch expression {
    case .parameter(let own): (place, never) = (own, { $0 < -1e30 })
    case .call("where", let parts, _):
      guard case .parameter(let own) = parts[0], case .number(-.infinity) = parts[1],
        case .number(0) = parts[2]
      else { return false }
      (place, never) = (own, { $0 == 1 })
    case .list(let numbers, [steps, steps]):
      return isTriangle(numbers, steps) { $0 < -1e30 }
    default: return false
    }
    guard parameters[place].shape == [steps, steps],
      let numbers = try? parameters[place].constant.numbers()
    else { return false }
    return isTriangle(numbers, steps, never)
  }

  private func isTriangle(_ numbers: [Double], _ steps: Int, _ never: (Double) -> Bool) -> Bool {
    numbers.indices.allSatisfy {
      $0 % steps > $0 / steps ? never(numbers[$0]) : numbers[$0] == 0
    }
  }
}
