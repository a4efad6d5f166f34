import NNCProgram

// Values side by side, of which turns of a loop pick one each: arrays of local values.
extension BodyWriter {
  /// Where there are no vectors, what differs from lane to lane is an array of arrays.
  mutating func tuple(_ value: ValueID, _ operands: [ValueID]) {
    let name = names.claim("sums")
    var type = dialect.type(types[Int(value)])
    var list = operands.map { spell($0) }
    if varying[Int(value)] {
      type += " *"
      list = operands.map { varying[Int($0)] ? String(spell($0).prefix { $0 != "[" }) : filled($0) }
    }
    text[Int(value)] = [name]
    declareArray(name, type, list)
  }

  /// An array for each of the vectors that lanes are.
  mutating func tuple(_ value: ValueID, _ operands: [ValueID], _ lanes: Lanes) {
    let base = names.claim("sums")
    text[Int(value)] = []
    for (number, part) in lanes.parts.enumerated() {
      let name = lanes.parts.count == 1 ? base : names.claim(Lanes.name(base, part: number))
      let type = part.width > 1 ? dialect.vectors?.type(.real, part.width) : nil
      declareArray(
        name, type ?? dialect.type(.real), operands.map { vector($0, part, number) })
      text[Int(value)].append(name)
    }
  }

  /// The name of an array with a number that is the same in all lanes.
  private mutating func filled(_ value: ValueID) -> String {
    let name = names.claim("same")
    line("\(dialect.type(.real)) \(name)[\(laneCount)];", isFixed: true)
    let fill = dialect.assign("\(name)[\(laneName)]", spell(value))
    line("\(dialect.loop(laneName, from: "0", to: "\(laneCount)")) \(fill) }", isFixed: true)
    return name
  }

  private mutating func declareArray(_ name: String, _ type: String, _ values: [String]) {
    for text in dialect.declareArray(name, type, values) { line(text, isFixed: true) }
  }

  /// A number that depends on the turns of loops.
  func number(_ access: Access) -> String {
    indexText(access.offset, access.strides.map { (step: $0.step, loop: loops[Int($0.loop)]) })
  }
}
