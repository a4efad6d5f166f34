import Algebra

extension GraphPrinter {
  /// The text of one node, from its operands' texts.
  func print(_ id: NodeID, _ piece: (NodeID) -> Piece) -> Piece {
    let node = graph[id]
    let operands = node.operands.map(piece)
    switch node.kind {
    case .constant(let bits): return number(Double(bitPattern: bits))
    case .literal(let index): return literal(graph.literals[index][...], node.shape)
    case .symbol(let index): return Piece(spelled(graph.symbols[index].name), binding: .max)
    case .map(let operation): return map(operation, operands)
    case .contract(let contraction): return contract(contraction, operands)
    case .maximum: return call("max", operands)
    case .broadcast: return call("broadcast", operands)
    case .permute: return call("transpose", operands)
    case .reshape:
      if node.shape.isEmpty, case .slice(let start) = graph[node.operands[0]].kind {
        return indexed(piece(graph[node.operands[0]].operands[0]), start.map(String.init))
      }
      return call("reshape", operands)
    case .slice(let start):
      return indexed(operands[0], zip(start, node.shape).map { "\($0):\($0 + $1)" })
    case .pad: return call("pad", operands)
    case .concat: return call("concat", operands)
    case .samples: return call("samples", operands)
    case .derivative(let derivative): return call("\(derivative)", operands)
    }
  }

  /// A name: as it is, or with its trailing digits as a subscript.
  func spelled(_ name: String) -> String {
    guard style == .latex else { return name }
    let stem = name.prefix { !$0.isNumber }
    let escaped = stem.split(separator: "_").joined(separator: "\\_")
    let upright = stem.count == 1 ? escaped : "\\mathrm{\(escaped)}"
    let rest = name.dropFirst(stem.count)
    if rest.isEmpty { return upright }
    if rest.allSatisfy(\.isNumber) { return "\(upright)_{\(rest)}" }
    return "\\mathrm{\(name.split(separator: "_").joined(separator: "\\_"))}"
  }

  /// A number as short as it can be read back exactly.
  func number(_ value: Double) -> Piece {
    var text = value.description
    if text.hasSuffix(".0") { text.removeLast(2) }
    if style == .latex, let place = text.firstIndex(of: "e") {
      text = "\(text[..<place]) \\cdot 10^{\(text[text.index(after: place)...])}"
    }
    return Piece(text, binding: value.sign == .minus ? 30 : .max)
  }

  private func literal(_ values: ArraySlice<Double>, _ shape: Shape) -> Piece {
    if values.count > 64 { return Piece("[…]", binding: .max) }
    var rows = values.map { number($0).text }
    for extent in shape.reversed() {
      rows = stride(from: 0, to: rows.count, by: max(1, extent)).map {
        "[" + rows[$0..<min(rows.count, $0 + extent)].joined(separator: ", ") + "]"
      }
    }
    return Piece(rows.joined(separator: ", "), binding: .max)
  }

  private func map(_ operation: Operation, _ operands: [Piece]) -> Piece {
    switch operation.row.notation {
    case .infix(let text, let unicode, let latex, let binding, let right):
      if style == .latex, operation == .div {
        return Piece("\\frac{\(operands[0].text)}{\(operands[1].text)}", binding: 45)
      }
      if style == .latex, text == "^" {
        return Piece("\(closed(operands[0], 50))^{\(operands[1].text)}", binding: binding)
      }
      let sign = style == .text ? text : style == .unicode ? unicode : latex
      let left = closed(operands[0], right ? binding + 1 : binding)
      let after = closed(operands[1], right ? binding : binding + 1)
      return Piece(
        text == "^" ? "\(left)\(sign)\(after)" : "\(left) \(sign) \(after)", binding: binding)
    case .prefix(let text, let binding):
      return Piece(
        (style == .unicode ? "−" : text) + closed(operands[0], binding), binding: binding)
    case .power(let exponent):
      let base = closed(operands[0], 50)
      switch style {
      case .text: return Piece("\(base)^\(exponent)", binding: 40)
      case .unicode: return Piece(base + (exponent == 2 ? "²" : "^\(exponent)"), binding: 40)
      case .latex: return Piece("\(base)^{\(exponent)}", binding: 40)
      }
    case .call(let latex):
      guard style == .latex else {
        return call(operation == .select ? "where" : operation.name, operands)
      }
      var text = latex
      for (place, operand) in operands.enumerated() {
        text = replace("$\(place)", in: text, by: operand.text)
      }
      return Piece(text, binding: .max)
    }
  }

  private func contract(_ contraction: Contraction, _ operands: [Piece]) -> Piece {
    if operands.count == 1 {
      let isTotal = contraction.output.isEmpty
      return call(isTotal ? "sum" : "sum_\(spelled(contraction))", operands)
    }
    switch (contraction.inputs[0], contraction.inputs[1], contraction.output) {
    case ([0], [0], []): return call("dot", operands)
    case ([0], [1], [0, 1]): return call("outer", operands)
    case ([0, 1], [1], [0]): return product(operands[0], operands[1])
    case ([0, 1], [0], [1]): return product(call("transpose", [operands[0]]), operands[1])
    case ([0, 1], [1, 2], [0, 2]): return product(operands[0], operands[1])
    default: return call("contract_\(spelled(contraction))", operands)
    }
  }

  private func product(_ a: Piece, _ b: Piece) -> Piece {
    let sign = style == .text ? " @ " : style == .latex ? " " : " "
    return Piece(closed(a, 20) + sign + closed(b, 21), binding: 20)
  }

  private func spelled(_ contraction: Contraction) -> String {
    func letters(_ labels: [UInt8]) -> String {
      String(String.UnicodeScalarView(labels.map { Unicode.Scalar(UInt8(ascii: "i") + $0) }))
    }
    return (contraction.inputs.map(letters) + [letters(contraction.output)]).joined(separator: "_")
  }

  private func call(_ name: String, _ operands: [Piece]) -> Piece {
    let arguments = operands.map(\.text).joined(separator: ", ")
    let name =
      style == .latex
      ? "\\operatorname{\(name.split(separator: "_").joined(separator: "\\_"))}" : name
    return Piece("\(name)(\(arguments))", binding: .max)
  }

  private func indexed(_ base: Piece, _ places: [String]) -> Piece {
    let text = closed(base, 50)
    let inside = places.joined(separator: ", ")
    return Piece(style == .latex ? "\(text)_{\(inside)}" : "\(text)[\(inside)]", binding: .max)
  }

  /// A text, in parentheses where it binds less tightly than its place demands.
  private func closed(_ piece: Piece, _ binding: Int) -> String {
    if piece.binding >= binding { return piece.text }
    return style == .latex ? "\\left(\(piece.text)\\right)" : "(\(piece.text))"
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
