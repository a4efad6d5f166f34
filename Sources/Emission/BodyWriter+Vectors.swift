import NNCAlgebra
import NNCProgram

/// Loops over lanes as vectors: a statement for each vector that the lanes fill.
///
/// What is the same in all lanes stays a number.
extension BodyWriter {
  mutating func openLanes(_ loop: LoopID, _ count: Int) {
    lanes = Lanes(count, widest: dialect.vectors?.widest ?? 1, loop: loop)
    if dialect.vectors == nil {
      loops[Int(loop)] = laneName
      laneCount = count
    }
    openLoops.append(Self.lanesName)
    line(dialect.block("\(count) lanes"), isFixed: true)
    indent += "  "
  }

  /// Spells an instruction for each of the vectors.
  mutating func writeVectors(_ instruction: Instruction, _ lanes: Lanes) {
    switch instruction {
    case .place(let value, let access):
      define(value, lanes) { writer, part, _ in writer.place(access, part) }
    case .load(let value, let access):
      define(value, lanes) { writer, part, _ in writer.load(access, part) }
    case .store(let access, let value): store(access, value, lanes)
    case .compute(let value, let primitive, let operands):
      define(value, lanes) { writer, part, number in
        writer.compute(primitive, operands, part, number)
      }
    case .call(let value, let function, let operands):
      define(value, lanes) { writer, part, number in
        writer.call(function, operands, part, number)
      }
    case .callWhere(let value, let condition, let function, let operands, let otherwise):
      define(value, lanes) { writer, part, number in
        let call = writer.call(function, operands, part, number)
        let (mask, other) = (
          writer.vector(condition, part, number), writer.vector(otherwise, part, number)
        )
        guard part.width > 1, let vectors = writer.dialect.vectors else {
          return writer.dialect.filled("$0 ? $1 : $2", [mask, call, other])
        }
        let chosen = writer.dialect.filled(
          vectors.pattern(.select, part.width), [mask, call, other])
        return "\(vectors.any(mask, part.width)) ? \(chosen) : \(other)"
      }
    case .accumulator(let value, let initial):
      define(value, lanes) { writer, part, number in writer.vector(initial, part, number) }
    case .accumulate(let value, let primitive, let operands):
      if !analysis.isLive[Int(value)] { return }
      let all = primitive.accumulation(of: value, operands)
      for (number, part) in lanes.parts.enumerated() {
        line(dialect.assign(text[Int(value)][number], compute(primitive, all, part, number)))
      }
    case .assign(let value, let operand):
      if !analysis.isLive[Int(value)] { return }
      for (number, part) in lanes.parts.enumerated() {
        line(dialect.assign(text[Int(value)][number], vector(operand, part, number)))
      }
    default: preconditionFailure("\(instruction) does the same in all lanes")
    }
  }

  /// The value in the lanes of a part: a number stands for itself in all of them.
  func vector(_ value: ValueID, _ part: Lanes.Part, _ number: Int) -> String {
    if varying[Int(value)] { return text[Int(value)][number] }
    guard part.width > 1, let vectors = dialect.vectors else { return spell(value) }
    return vectors.broadcast(spell(value), types[Int(value)], part.width)
  }

  private func call(
    _ function: Int, _ operands: [ValueID], _ part: Lanes.Part, _ number: Int
  ) -> String {
    let list = operands.map { vector($0, part, number) }.joined(separator: ", ")
    let name = functions[function]
    let vectors = part.width > 1 ? dialect.vectors : nil
    return "\(vectors?.instance(name, part.width) ?? name)(\(list))"
  }

  private func compute(
    _ primitive: Primitive, _ operands: [ValueID], _ part: Lanes.Part, _ number: Int
  ) -> String {
    guard part.width > 1, let vectors = dialect.vectors else {
      return dialect.compute(primitive, operands.map { vector($0, part, number) })
    }
    // Of a product that is added one factor must be a vector.
    let isUniform = primitive == .fma && !varying[Int(operands[0])] && !varying[Int(operands[1])]
    let list = operands.enumerated().map { place, operand in
      vectors.needsVector(primitive, place) || varying[Int(operand)] || isUniform && place == 1
        ? vector(operand, part, number) : spell(operand)
    }
    return dialect.filled(vectors.pattern(primitive, part.width), list)
  }

  /// Gives the value a name for each part: `x1a`, `x1b`, …, or `x` where there is one alone.
  private mutating func define(
    _ value: ValueID, _ lanes: Lanes,
    _ expression: (BodyWriter, Lanes.Part, Int) -> String
  ) {
    let index = Int(value)
    let base = name(for: value)
    var all: [String] = []
    for (number, part) in lanes.parts.enumerated() {
      let name = names.claim(lanes.parts.count == 1 ? base : Lanes.name(base, part: number))
      let type =
        part.width > 1
        ? dialect.vectors?.type(types[index], part.width) : dialect.type(types[index])
      declare(
        name, type ?? dialect.type(types[index]), expression(self, part, number),
        mutable: analysis.changes[index] > 0, lastUse: analysis.lastUse[index])
      all.append(name)
    }
    text[index] = all
  }

  private func load(_ access: Access, _ part: Lanes.Part) -> String {
    let first = element(access, lane: part.first)
    let isWhole = views[Int(access.array)].isWhole
    guard part.width > 1, let vectors = dialect.vectors, let loop = lanes?.loop else {
      return isWhole ? dialect.real(of: first) : first
    }
    if isWhole {
      return vectors.gather(
        (0..<part.width).map { dialect.real(of: element(access, lane: part.first + $0)) })
    }
    if access.step(of: loop) == 1 { return vectors.load(first, part.width) }
    if access.step(of: loop) == 2, let partner = access.partner, loaded.contains(partner) {
      let isSecond = partner.offset < access.offset
      let pair = element(isSecond ? partner : access, lane: part.first)
      return vectors.halves(pair, second: isSecond, part.width)
    }
    return vectors.gather((0..<part.width).map { element(access, lane: part.first + $0) })
  }

  private func place(_ access: Access, _ part: Lanes.Part) -> String {
    func number(_ lane: Int) -> String {
      var loops = loops
      if let loop = lanes?.loop, dialect.vectors != nil { loops[Int(loop)] = "\(lane)" }
      return place(access, loops)
    }
    guard part.width > 1, let vectors = dialect.vectors else { return number(part.first) }
    return vectors.gather((0..<part.width).map { number(part.first + $0) })
  }

  private mutating func store(_ access: Access, _ value: ValueID, _ lanes: Lanes) {
    let step = lanes.loop.map { access.step(of: $0) }
    for (number, part) in lanes.parts.enumerated() {
      let vectors = part.width > 1 ? dialect.vectors : nil
      let whole = vector(value, part, number)
      if let vectors, step == 1 {
        line(vectors.store(element(access, lane: part.first), whole, part.width))
        continue
      }
      for lane in 0..<part.width {
        let one = varying[Int(value)] ? vectors?.lane(whole, lane) ?? whole : spell(value)
        line(dialect.assign(element(access, lane: part.first + lane), one))
      }
    }
  }

  private func element(_ access: Access, lane: Int) -> String {
    guard let loop = lanes?.loop else { return element(access) }
    var loops = loops
    loops[Int(loop)] = "\(lane)"
    return views[Int(access.array)].element(access, loops: loops, counts: counts)
  }
}
