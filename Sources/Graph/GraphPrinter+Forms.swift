import NNCAlgebra

extension GraphPrinter {
  /// The text of one node, from its operands' texts.
  func print(_ id: NodeID, _ piece: (NodeID) -> Piece) -> Piece {
    let node = graph[id]
    let operands = node.operands.map(piece)
    switch node.kind {
    case .constant(let bits): return number(Double(bitPattern: bits))
    case .literal(let index): return literal(graph.literals[index][...], node.shape)
    case .symbol(let index):
      let name = graph.symbols[index].name
      return Piece(spelled(symbols[name] ?? name), binding: .max)
    case .map(let operation):
      let isTensor = node.operands.allSatisfy { !graph[$0].shape.isEmpty }
      return map(operation, operands, isTensor: isTensor)
    case .contract(let contraction): return contract(contraction, operands)
    case .maximum(let axes):
      if axes.count == graph[node.operands[0]].shape.count { return call("max", operands) }
      return call("max", operands + axes.map { Piece("axis=\($0)", binding: .max) })
    case .broadcast: return call("broadcast", operands)
    case .permute(let axes):
      let isReversal = axes == axes.indices.reversed()
      return isReversal
        ? transposed(operands[0])
        : call("permute", operands + axes.map { Piece("\($0)", binding: .max) })
    case .reshape:
      if node.shape.isEmpty, case .slice(let start) = graph[node.operands[0]].kind {
        return indexed(piece(graph[node.operands[0]].operands[0]), start.map(String.init))
      }
      // The only element of a tensor.
      let shape = graph[node.operands[0]].shape
      if node.shape.isEmpty, !shape.isEmpty { return indexed(operands[0], shape.map { _ in "0" }) }
      return call("reshape", operands)
    case .slice(let start):
      return indexed(operands[0], zip(start, node.shape).map { "\($0):\($0 + $1)" })
    case .view(let view):
      return indexed(operands[0], places(view, graph[node.operands[0]].shape, node.shape))
    case .pad: return call("pad", operands)
    case .concat: return call("concat", operands)
    case .oneHot(let count): return call("onehot", operands + [Piece("\(count)", binding: .max)])
    case .samples: return call("samples", operands)
    case .row(_, let isReversed): return call(isReversed ? "row_reversed" : "row", operands)
    case .rows(_, let isReversed): return call(isReversed ? "rows_reversed" : "rows", operands)
    case .recurrence: return call("recurrence", operands)
    case .derivative(let derivative):
      return call(derivative.name, operands)
    }
  }

  /// The indices of a view: from, to and step where each axis goes through its own (`5:0:-1`), else sums of the indices
  /// i, j, k … of the result (`2i+k`).
  private func places(_ view: View, _ operand: Shape, _ shape: Shape) -> [String] {
    if let steps = view.steps, shape.count == operand.count {
      return view.indices.enumerated().map { axis, index in
        let end = index.offset + steps[axis] * shape[axis]
        if steps[axis] == 1 { return "\(index.offset):\(end)" }
        return "\(index.offset):\(end < 0 ? "" : "\(end)"):\(steps[axis])"
      }
    }
    return view.indices.map { index in
      var text = ""
      for term in index.terms {
        let factor = term.step.magnitude == 1 ? "" : "\(term.step.magnitude)"
        let sign = term.step < 0 ? "-" : text.isEmpty ? "" : "+"
        text += sign + factor + letters([UInt8(term.axis)])
      }
      if index.offset == 0, !text.isEmpty { return text }
      return text + (index.offset < 0 || text.isEmpty ? "" : "+") + "\(index.offset)"
    }
  }

  private func literal(_ values: ArraySlice<Double>, _ shape: Shape) -> Piece {
    if values.count > 64 { return Piece(marked("[…]"), binding: .max) }
    var rows = values.map { number($0).text }
    for extent in shape.reversed() {
      rows = stride(from: 0, to: rows.count, by: max(1, extent)).map {
        let inside = rows[$0..<min(rows.count, $0 + extent)]
        return style == .mathml
          ? "<mrow><mo>[</mo>\(inside.joined(separator: "<mo>,</mo>"))<mo>]</mo></mrow>"
          : "[\(inside.joined(separator: ", "))]"
      }
    }
    return Piece(rows.joined(separator: ", "), binding: .max)
  }
}
