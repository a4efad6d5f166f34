import NNCProgram

// Values side by side, of which turns of a loop pick one each: arrays of local values.
extension BodyWriter {
  mutating func tuple(_ value: ValueID, _ operands: [ValueID]) {
    let name = names.claim("sums")
    text[Int(value)] = [name]
    let lines = dialect.declareArray(
      name, dialect.type(types[Int(value)]), operands.map { spell($0) })
    for text in lines { line(text, isFixed: true) }
  }

  /// The value with a number that depends on the turns of loops.
  mutating func pick(_ value: ValueID, from tuple: ValueID, _ number: Access) {
    let terms = number.strides.map { (step: $0.step, loop: loops[Int($0.loop)]) }
    define(value, dialect.element(of: spell(tuple), indexText(number.offset, terms)))
  }
}
