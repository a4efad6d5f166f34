import NNCAlgebra
import NNCProgram

// Lanes are combined by halves until one is left, the parts of a wide value as vectors while the halves fall between
// them.
extension BodyWriter {
  /// Writes a reduction by itself.
  mutating func reduce(
    _ value: ValueID, _ primitive: Primitive, _ operand: ValueID, _ lanes: Lanes
  ) {
    let (rest, width) = combined(value, primitive, operand, lanes)
    let vectors = width > 1 ? dialect.vectors : nil
    define(value, vectors?.reduce(primitive, rest, width) ?? rest)
  }

  /// The reductions by one operation that stand side by side from an instruction on.
  func reductions(in body: [Instruction], from start: Int) -> Range<Int> {
    guard case .reduce(_, let primitive, _) = body[start] else { return start..<start }
    var end = start
    while end < body.count, case .reduce(let value, primitive, _) = body[end],
      analysis.isLive[Int(value)]
    {
      end += 1
    }
    return start..<end
  }

  /// Writes reductions side by side, in memory; false where the language has no form for that.
  mutating func reduceInMemory(_ group: ArraySlice<Instruction>) -> Bool {
    guard let lanes, let vectors = dialect.vectors, let width = lanes.parts.first?.width, width > 1,
      lanes.parts.allSatisfy({ $0.width == width }), lanes.parts.count.nonzeroBitCount == 1,
      case .reduce(_, let primitive, _)? = group.first,
      vectors.reduceInMemory(primitive, group.count, width, from: "", to: "") != nil
    else { return false }
    var values: [ValueID] = []
    var rests: [String] = []
    for case .reduce(let value, _, let operand) in group {
      values.append(value)
      rests.append(combined(value, primitive, operand, lanes).text)
    }
    place += group.count
    let to = names.claim(primitive == .add ? "sums" : "products")
    let from = names.claim("vectors")
    let forms = vectors.reduceInMemory(primitive, group.count, width, from: from, to: to)!
    let list = rests.joined(separator: ", ")
    declare(from, forms.vectors, "[\(list)]", mutable: true, lastUse: .max)
    declare(to, forms.results, ".init(repeating: 0)", mutable: true, lastUse: .max)
    line(forms.statement + dialect.terminator, isFixed: true)
    for (index, value) in values.enumerated() { define(value, "\(to)[\(index)]") }
    return true
  }

  /// The lanes of a value combined as far as one vector holds them, or a number where there is none.
  private mutating func combined(
    _ value: ValueID, _ primitive: Primitive, _ operand: ValueID, _ lanes: Lanes
  ) -> (text: String, width: Int) {
    var parts = lanes.parts.enumerated().map { number, part in
      (text: vector(operand, part, number), width: part.width)
    }
    let wanted = name(for: value)
    var count = parts.reduce(0) { $0 + $1.width }
    while count > 1 {
      let half = (count + 1) / 2
      if parts.count == 1, dialect.vectors != nil { return (parts[0].text, count) }
      let isUniform = parts.allSatisfy { $0.width == parts[0].width }
      if !isUniform || parts[0].width > 1 && parts.count % 2 != 0 {
        parts = parts.flatMap { part in
          (0..<part.width).map { lane in
            let one = part.width > 1 ? dialect.vectors?.lane(part.text, lane) : nil
            return (text: one ?? part.text, width: 1)
          }
        }
      }
      let middle = (parts.count + 1) / 2
      for index in 0..<parts.count - middle {
        let (low, high) = (parts[index], parts[index + middle])
        let isVector = low.width > 1
        let type =
          isVector ? dialect.vectors?.type(.real, low.width) : dialect.type(.real)
        let pattern = isVector ? dialect.vectors?.pattern(primitive, low.width) : nil
        let name = names.claim(wanted)
        declare(
          name, type ?? dialect.type(.real),
          pattern.map { dialect.filled($0, [low.text, high.text]) }
            ?? dialect.compute(primitive, [low.text, high.text]),
          mutable: false, lastUse: .max)
        parts[index].text = name
      }
      parts.removeLast(parts.count - middle)
      count = half
    }
    return (parts[0].text, 1)
  }
}
