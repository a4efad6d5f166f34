import NNCGraph

// Products with numbers: what is multiplied by one and then by another is multiplied once.
extension Body {
  /// A product or quotient of a value and a number, where the value is one of those already.
  ///
  /// - Parameter isQuotient: whether the second operand divides the first.
  mutating func scaled(_ operands: [Value], isQuotient: Bool, called name: String?) -> Value? {
    guard joinsFactors, operands[0].element.isReal else { return nil }
    let places = isQuotient ? [1] : [0, 1]
    for place in places {
      guard case .number(let number)? = form(of: operands[place]), number.isFinite, number != 0,
        case .scaled(let inner, let factor, let divisor)? = form(of: operands[1 - place])
      else { continue }
      let (by, over) = isQuotient ? (factor, divisor * number) : (factor * number, divisor)
      if by / over == 1 { return inner }
      guard Float(by / over).isNormal else { continue }
      let constant = constant(by / over, inner.shape, inner.element)
      return elementwise("multiply", [constant, inner], called: name)
    }
    return nil
  }

  /// Notes of a product or quotient that it is a value times a number, where it is.
  mutating func noteFactor(_ value: Value, _ operands: [Value], isQuotient: Bool) {
    for place in isQuotient ? [1] : [0, 1] {
      guard case .number(let number)? = form(of: operands[place]), number.isFinite, number != 0
      else { continue }
      note(
        value,
        .scaled(operands[1 - place], by: isQuotient ? 1 : number, over: isQuotient ? number : 1))
      return
    }
  }
}
