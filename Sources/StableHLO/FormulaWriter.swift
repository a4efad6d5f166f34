import NNCAlgebra
import NNCGraph

/// Writes formulas of numbers for tensors of one shape, element by element.
///
/// Where a truth meets a real operand it counts as 1 or 0, and a real as a truth holds where it is not 0.
struct FormulaWriter {
  /// The shape of every value.
  let shape: Shape
  /// The type of reals.
  let real: Element
  /// The precision that formulas of machine operations are for.
  let precision: Precision

  /// A formula longer than this is a function of its own.
  static let longest = 8

  private var word: Element { precision == .f64 ? .i64 : .i32 }

  /// The value of an operation of the table.
  ///
  /// - Parameter operands: reals or truths of the shape, or scalars that are constants.
  func apply(
    _ name: String, _ operands: [Value], _ body: inout Body, called result: String? = nil
  ) -> Value {
    if let form = operationForms[name] {
      return write(form, of: name, operands, &body, called: result)
    }
    if let primitive = Primitive(named: name) {
      return write(primitive, operands, &body)
    }
    if let function = RareFunction(name) {
      let symbols = zip(function.arguments, operands)
      return write(
        function.arithmetic(precision), Dictionary(uniqueKeysWithValues: symbols), &body)
    }
    let row = row(name)
    guard let formula = row.arithmetic?(precision) ?? row.definition else {
      preconditionFailure("no formula computes \(name)")
    }
    var arguments = zip(row.arguments, operands).map { (name: $0.name, value: $1) }
    for argument in row.arguments.dropFirst(operands.count) {
      let standard = argument.standard ?? 0
      arguments.append((argument.name, body.constant(standard, shape, real)))
    }
    let symbols = Dictionary(uniqueKeysWithValues: arguments.map { ($0.name, $0.value) })
    if formula.isShort(Self.longest) { return write(formula, symbols, &body, called: result) }
    return call(name, formula, arguments, &body, called: result)
  }

  /// A long formula as a function of its own, in a precision that it is made for.
  private func call(
    _ name: String, _ formula: Formula, _ arguments: [(name: String, value: Value)],
    _ body: inout Body, called result: String?
  ) -> Value {
    let given = arguments.map { ($0.name, asReal($0.value, &body)) }
    return body.call(name, given, called: result) { inner, values in
      let single = Element.real(precision)
      let writer = FormulaWriter(shape: shape, real: single, precision: precision)
      let converted = values.map { inner.convert($0, to: single) }
      let symbols = Dictionary(uniqueKeysWithValues: zip(given.map(\.0), converted))
      let value = writer.asReal(writer.write(formula, symbols, &inner), &inner)
      return inner.convert(value, to: real)
    }
  }

  private func row(_ name: String) -> OperationRow {
    guard let operation = Operation(name) else { preconditionFailure("no operation \(name)") }
    return operation.row
  }

  private func write(
    _ form: OperationForm, of name: String, _ operands: [Value], _ body: inout Body,
    called result: String?
  ) -> Value {
    switch form {
    case .native(let spelling):
      return body.elementwise(spelling, operands.map { asReal($0, &body) }, called: result)
    case .reordered(let spelling, let order):
      let reals = operands.map { asReal($0, &body) }
      return body.elementwise(spelling, order.map { reals[$0] }, called: result)
    case .comparison(let direction):
      let reals = operands.map { asReal($0, &body) }
      return body.compare(direction, reals[0], reals[1], called: result)
    case .logical(let spelling):
      return body.elementwise(spelling, operands.map { asTruth($0, &body) }, called: result)
    case .choice:
      let condition = asTruth(operands[0], &body)
      if operands[1].element == .i64 || operands[1].element == .i32 {
        return body.select(condition, operands[1], operands[2], called: result)
      }
      let (yes, no) = (asReal(operands[1], &body), asReal(operands[2], &body))
      return body.select(condition, yes, no, called: result)
    case .operand: return operands[0]
    case .formula(let formula):
      let names = row(name).arguments.map(\.name)
      return write(
        formula, Dictionary(uniqueKeysWithValues: zip(names, operands)), &body, called: result)
    }
  }

  /// Machine operations that only formulas have.
  private func write(_ primitive: Primitive, _ operands: [Value], _ body: inout Body) -> Value {
    if let spelling = wordForms[primitive] { return body.elementwise(spelling, operands) }
    switch primitive {
    case .toBits: return body.bitcast(asReal(operands[0], &body), to: word)
    case .toReal: return body.bitcast(operands[0], to: real)
    case .selectBits:
      return body.select(asTruth(operands[0], &body), operands[1], operands[2])
    case .fma:
      let product = body.elementwise("multiply", [operands[0], operands[1]])
      return body.elementwise("add", [product, operands[2]])
    default: preconditionFailure("\(primitive) has no form")
    }
  }

  /// The value of a formula of these symbols, each shared part once.
  func write(
    _ formula: Formula, _ symbols: [String: Value], _ body: inout Body,
    called result: String? = nil
  ) -> Value {
    formula.folded { part, operands in
      switch part.kind {
      case .symbol(let name):
        guard let value = symbols[name] else { preconditionFailure("unknown symbol \(name)") }
        return value
      case .number(let value): return body.constant(value, shape, real)
      case .bits(let f64, let f32):
        return body.word(precision == .f64 ? f64 : UInt64(f32), shape, word)
      case .apply(let name, let arguments):
        let value = apply(name, operands, &body, called: part === formula ? result : nil)
        return arguments.contains(where: \.rounds) ? body.barrier(value) : value
      }
    }
  }

  /// 1 where a truth holds, else 0; a real as it is.
  func asReal(_ value: Value, _ body: inout Body) -> Value { body.convert(value, to: real) }

  /// Whether a real is not 0; a truth as it is.
  func asTruth(_ value: Value, _ body: inout Body) -> Value {
    if value.element == .i1 { return value }
    return body.compare("NE", value, body.constant(0, value.shape, value.element))
  }
}

extension Formula {
  /// Whether it is a number so great that adding it rounds what it is added to. XLA takes (x + c) − c for x, unless it is
  /// told not to look through the sum.
  fileprivate var rounds: Bool {
    guard case .number(let value) = kind else { return false }
    return abs(value) >= 0x1p22 && value.isFinite
  }

  /// Whether the formula, with those of the operations in it that StableHLO lacks, has at most so many operations.
  func isShort(_ limit: Int) -> Bool {
    var count = 0
    var seen: Set<ObjectIdentifier> = []
    var pending = [self]
    while let next = pending.popLast() {
      guard case .apply(let name, let arguments) = next.kind,
        seen.insert(ObjectIdentifier(next)).inserted
      else { continue }
      // What takes numbers apart is for a precision of its own.
      if operationForms[name] == nil, Operation(name) == nil { return false }
      count += 1
      if count > limit { return false }
      pending += arguments
    }
    return true
  }
}
