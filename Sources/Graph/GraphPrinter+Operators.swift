import NNCAlgebra

// Operations on numbers and the products of tensors, each in the notation of its row.
extension GraphPrinter {
  /// How tightly a sign binds.
  private static let sign = 30

  /// A scalar operation; `isTensor` where all its operands are tensors, so that `*` goes element by element.
  func map(_ operation: Operation, _ operands: [Piece], isTensor: Bool) -> Piece {
    switch operation.row.notation {
    case .infix(let text, let unicode, let latex, let binding, let right):
      if style == .text, text.first!.isLetter { return call(text, operands) }
      if style == .text, operation == .pow, operands[1].text == "2" {
        // a^2 is the square.
        return call("pow", operands)
      }
      if operation == .div, let fraction = fraction(operands) { return fraction }
      if text == "^", let power = power(operands[0], operands[1].text, binding) { return power }
      // Comparisons do not chain.
      let left = closed(operands[0], right || binding == 5 ? binding + 1 : binding)
      // What is raised to may have a sign: a^-b.
      let isRelation = binding == 5
      let after =
        right || isRelation
        ? closed(operands[1], right ? Self.sign : binding + 1)
        : closedBehindSign(operands[1], binding + 1)
      // What begins with a sign still does with more behind it.
      let isOpen = operands[0].binding >= binding && !isRelation
      let leftBehindSign = isOpen ? operands[0].behindSign : nil
      func joined(_ left: String, _ sign: String) -> String {
        style == .mathml
          ? "<mrow>\(left)<mo>\(sign)</mo>\(after)</mrow>" : "\(left) \(sign) \(after)"
      }
      if text == "^" { return Piece("\(left)^\(after)", binding: binding) }
      var sign = style == .text ? text : style == .latex ? latex : escaped(unicode)
      if operation == .mul, style != .text {
        if isTensor { sign = style == .latex ? "\\odot" : "⊙" }
        if style == .latex, after.first!.isNumber || after.hasPrefix("\\left(-") { sign = "\\cdot" }
      }
      return Piece(
        joined(left, sign), binding: binding, behindSign: leftBehindSign.map { joined($0, sign) })
    case .prefix(let text, let binding):
      let inner = closedBehindSign(operands[0], binding)
      switch style {
      case .text: return Piece(text + inner, binding: binding)
      case .mathml: return signed("<mrow><mo>−</mo>\(inner)</mrow>", binding)
      case .unicode: return signed("−\(inner)", binding)
      case .latex: return signed("-\(inner)", binding)
      }
    case .power(let exponent):
      if let power = power(operands[0], "\(exponent)", 40) { return power }
      let base = closed(operands[0], 50)
      if style == .unicode, exponent == 2 { return Piece(base + "²", binding: 40) }
      return Piece("\(base)^\(exponent)", binding: 40)
    case .operand: return style == .text ? call(operation.name, operands) : operands[0]
    case .call(let latex, let mathml):
      switch style {
      case .latex: return Piece(filled(latex, operands), binding: .max)
      case .mathml where mathml != nil: return Piece(filled(mathml!, operands), binding: .max)
      default: return call(operation.row.call, operands)
      }
    }
  }

  /// A fraction, where the style has a line for it.
  private func fraction(_ operands: [Piece]) -> Piece? {
    switch style {
    case .text, .unicode: nil
    case .latex: Piece("\\frac{\(operands[0].text)}{\(operands[1].text)}", binding: 45)
    case .mathml: Piece("<mfrac>\(operands[0].text)\(operands[1].text)</mfrac>", binding: 45)
    }
  }

  /// A power, where the style raises the exponent.
  private func power(_ base: Piece, _ exponent: String, _ binding: Int) -> Piece? {
    switch style {
    case .text, .unicode: return nil
    case .latex: return Piece("\(closed(base, 50))^{\(exponent)}", binding: binding)
    case .mathml:
      let raised = exponent.hasPrefix("<") ? exponent : "<mn>\(exponent)</mn>"
      return Piece("<msup>\(closed(base, 50))\(raised)</msup>", binding: binding)
    }
  }

  /// Sums over axes, and products summed over what the operands share.
  func contract(_ contraction: Contraction, _ operands: [Piece]) -> Piece {
    let output = contraction.output
    if operands.count == 1 {
      let summed = contraction.inputs[0].filter { !output.contains($0) }
      let kept = contraction.inputs[0].filter { output.contains($0) }
      if kept != output { return call("sum_\(letters(contraction))", operands) }
      if output.isEmpty { return call("sum", operands) }
      let places = summed.map { contraction.inputs[0].firstIndex(of: $0)! }
      if places.count == 1 {
        return call("sum", operands + [Piece("axis=\(places[0])", binding: .max)])
      }
      return call("sum_\(letters(contraction))", operands)
    }
    let (a, b) = (contraction.inputs[0], contraction.inputs[1])
    if a == b, output.isEmpty { return call("dot", operands) }
    if a.count == 2, b == a.reversed(), output.isEmpty {
      return call("dot", [operands[0], transposed(operands[1])])
    }
    if a.count == 1, b.count == 1, output == a + b { return outer(operands[0], operands[1]) }
    let shared = a.filter { b.contains($0) }
    guard shared.count == 1, !output.contains(shared[0]), a.count <= 2, b.count <= 2 else {
      return call("contract_\(letters(contraction))", operands)
    }
    // A matrix stands as it is where the shared axis is beside the sign, else transposed.
    let first = a.last == shared[0] ? operands[0] : transposed(operands[0])
    let second = b.first == shared[0] ? operands[1] : transposed(operands[1])
    let free = (a + b).filter { $0 != shared[0] }
    if output == free, a.count == 2 || b.count == 2 {
      // v @ W is Wᵀ v, as textbooks write it.
      if a.count == 1 {
        let matrix = b.last == shared[0] ? operands[1] : transposed(operands[1])
        return product(matrix, operands[0])
      }
      return product(first, second)
    }
    if output == free.reversed() {
      let first = a.first == shared[0] ? operands[0] : transposed(operands[0])
      let second = b.last == shared[0] ? operands[1] : transposed(operands[1])
      return product(second, first)
    }
    return call("contract_\(letters(contraction))", operands)
  }

  private func product(_ a: Piece, _ b: Piece) -> Piece {
    let (left, right) = (closed(a, 20), closed(b, 21))
    return switch style {
    case .text: Piece("\(left) @ \(right)", binding: 20)
    case .unicode, .latex: Piece("\(left) \(right)", binding: 20)
    case .mathml: Piece("<mrow>\(left)<mo>&#x2062;</mo>\(right)</mrow>", binding: 20)
    }
  }

  private func outer(_ a: Piece, _ b: Piece) -> Piece {
    let (left, right) = (closed(a, 20), closed(b, 21))
    return switch style {
    case .text: call("outer", [a, b])
    case .unicode: Piece("\(left) ⊗ \(right)", binding: 20)
    case .latex: Piece("\(left) \\otimes \(right)", binding: 20)
    case .mathml: Piece("<mrow>\(left)<mo>⊗</mo>\(right)</mrow>", binding: 20)
    }
  }

  func transposed(_ a: Piece) -> Piece {
    let inner = closed(a, 50)
    return switch style {
    case .text: call("transpose", [a])
    case .unicode: Piece("\(inner)ᵀ", binding: 50)
    case .latex: Piece("\(inner)^{\\top}", binding: 45)
    case .mathml: Piece("<msup>\(inner)<mi>⊤</mi></msup>", binding: 45)
    }
  }

  /// The letters of indices: i, j, k …
  func letters(_ labels: [UInt8]) -> String {
    String(String.UnicodeScalarView(labels.map { Unicode.Scalar(UInt8(ascii: "i") + $0) }))
  }

  private func letters(_ contraction: Contraction) -> String {
    (contraction.inputs.map(letters) + [letters(contraction.output)]).joined(separator: "_")
  }

  func call(_ name: String, _ operands: [Piece]) -> Piece {
    let arguments = operands.map(\.text)
    switch style {
    case .text, .unicode:
      return Piece("\(name)(\(arguments.joined(separator: ", ")))", binding: .max)
    case .latex:
      let spelled = name.split(separator: "_").joined(separator: "\\_")
      return Piece(
        "\\operatorname{\(spelled)}(\(arguments.joined(separator: ", ")))", binding: .max)
    case .mathml:
      let inside = operands.map { marked($0.text) }.joined(separator: "<mo>,</mo>")
      return Piece(
        "<mrow><mi>\(name)</mi><mo>&#x2061;</mo>\(fenced("<mrow>\(inside)</mrow>"))</mrow>",
        binding: .max)
    }
  }

  func indexed(_ base: Piece, _ places: [String]) -> Piece {
    let text = closed(base, 50)
    let inside = places.joined(separator: ", ")
    return switch style {
    case .text, .unicode: Piece("\(text)[\(inside)]", binding: .max)
    case .latex: Piece("{\(text)}_{\(inside)}", binding: .max)
    case .mathml: Piece("<msub>\(text)<mtext>\(inside)</mtext></msub>", binding: .max)
    }
  }

  /// A text, in parentheses where it binds less tightly than its place demands.
  func closed(_ piece: Piece, _ binding: Int) -> String {
    piece.binding >= binding ? piece.text : fenced(piece.text)
  }

  /// The same behind a sign, where no other sign may follow at once.
  private func closedBehindSign(_ piece: Piece, _ binding: Int) -> String {
    piece.binding >= binding ? piece.behindSign ?? piece.text : fenced(piece.text)
  }

  /// A text that begins with a sign. The network language reads two signs in a row; people do not.
  func signed(_ text: String, _ binding: Int) -> Piece {
    Piece(text, binding: binding, behindSign: style == .text ? nil : fenced(text))
  }

  /// A text in parentheses.
  func fenced(_ text: String) -> String {
    switch style {
    case .text, .unicode: "(\(text))"
    case .latex: "\\left(\(text)\\right)"
    case .mathml: "<mrow><mo>(</mo>\(text)<mo>)</mo></mrow>"
    }
  }

  /// A row's form with its places filled.
  private func filled(_ form: String, _ operands: [Piece]) -> String {
    var text = form
    for (place, operand) in operands.enumerated() {
      text = replace("$\(place)", in: text, by: operand.text)
    }
    return text
  }

  private func replace(_ mark: String, in text: String, by value: String) -> String {
    var result = ""
    var rest = text[...]
    while let place = rest.firstRange(of: mark) {
      result += rest[..<place.lowerBound] + value
      rest = rest[place.upperBound...]
    }
    return result + rest
  }
}
