/// A formula as a straight line of machine operations, ready to be evaluated at many arguments.
///
/// Operations that are no machine operations are replaced by their rows' formulas. Where a truth meets a real operand
/// it counts as 1 or 0, and a real as a truth holds where it is not 0.
public struct FormulaEvaluator: Sendable {
  /// One machine operation of the line.
  public struct Step: Sendable {
    /// The operation.
    public let primitive: Primitive
    /// Its operands, as places in the list of all values.
    public let operands: [Int]
  }

  /// The precision in which it computes.
  public let precision: Precision
  /// The operations, in order.
  public private(set) var steps: [Step] = []

  /// The words known before evaluation, with the places of the arguments first; the steps' values come after them.
  private var constants: [UInt64]
  private var places: [Value] = []
  private var result = 0
  private let argumentCount: Int

  private struct Value {
    enum Source { case given(Int), step(Int) }
    let source: Source
    let type: ScalarType
  }

  /// Flattens `formula`, a formula of the symbols `parameters`.
  ///
  /// An unknown symbol or operation is a mistake in a table, and ends the process with its name.
  public init(_ formula: Formula, of parameters: [String], precision: Precision) {
    self.precision = precision
    argumentCount = parameters.count
    constants = parameters.map { _ in 0 }
    var symbols: [String: Int] = [:]
    for (i, name) in parameters.enumerated() {
      places.append(Value(source: .given(i), type: .real))
      symbols[name] = i
    }
    result = convert(flatten(formula, symbols), to: .real)
  }

  /// The formula's value, rounded to the precision at every step.
  public func callAsFunction(_ arguments: Double...) -> Double { self(arguments) }

  /// The formula's value, rounded to the precision at every step.
  public func callAsFunction(_ arguments: [Double]) -> Double {
    precondition(arguments.count == argumentCount, "\(argumentCount) arguments are needed")
    var given = constants
    for (i, argument) in arguments.enumerated() { given[i] = precision.word(argument) }
    var values: [UInt64] = []
    values.reserveCapacity(steps.count)
    func value(_ place: Int) -> UInt64 {
      switch places[place].source {
      case .given(let i): given[i]
      case .step(let i): values[i]
      }
    }
    for step in steps {
      values.append(step.primitive.apply(step.operands.map(value), precision: precision))
    }
    return precision.number(value(result))
  }

  private mutating func constant(_ word: UInt64, _ type: ScalarType) -> Int {
    constants.append(word)
    places.append(Value(source: .given(constants.count - 1), type: type))
    return places.count - 1
  }

  private mutating func append(_ primitive: Primitive, _ operands: [Int]) -> Int {
    steps.append(Step(primitive: primitive, operands: operands))
    places.append(Value(source: .step(steps.count - 1), type: primitive.row.result))
    return places.count - 1
  }

  private mutating func convert(_ place: Int, to type: ScalarType) -> Int {
    switch (places[place].type, type) {
    case (.real, .truth): return append(.ne, [place, constant(precision.word(0), .real)])
    case (.truth, .real):
      let one = constant(precision.word(1), .real)
      return append(.select, [place, one, constant(precision.word(0), .real)])
    case (let from, _):
      precondition(from == type, "a value of type \(from) stands where \(type) is needed")
      return place
    }
  }

  /// Appends the formula's operations, each shared subformula once, and returns the place of its value.
  ///
  /// Only the nesting of operations' rows is recursion.
  private mutating func flatten(_ formula: Formula, _ symbols: [String: Int]) -> Int {
    formula.folded { part, operands in
      switch part.kind {
      case .symbol(let name):
        guard let place = symbols[name] else { preconditionFailure("unknown symbol \(name)") }
        return place
      case .number(let value): return constant(precision.word(value), .real)
      case .bits(let f64, let f32): return constant(precision == .f64 ? f64 : UInt64(f32), .bits)
      case .apply(let name, _): return apply(name, operands)
      }
    }
  }

  private mutating func apply(_ name: String, _ operands: [Int]) -> Int {
    if let primitive = Primitive(named: name) {
      let typed = zip(operands, primitive.row.operands).map { convert($0, to: $1) }
      return append(primitive, typed)
    }
    if let function = RareFunction(name) {
      let symbols = Dictionary(uniqueKeysWithValues: zip(function.arguments, operands))
      return flatten(function.arithmetic(precision), symbols)
    }
    guard let row = Operation(name)?.row, let formula = row.arithmetic?(precision) ?? row.definition
    else { preconditionFailure("no formula computes \(name)") }
    var symbols: [String: Int] = [:]
    for (argument, place) in zip(row.arguments, operands) { symbols[argument.name] = place }
    for argument in row.arguments.dropFirst(operands.count) {
      guard let standard = argument.standard else {
        preconditionFailure("\(name) needs \(argument.name)")
      }
      symbols[argument.name] = constant(precision.word(standard), .real)
    }
    return flatten(formula, symbols)
  }
}

extension Formula {
  /// The formula's value, every operation rounded to `precision`.
  ///
  /// For many arguments, keep a ``FormulaEvaluator``.
  public func evaluate(_ arguments: [String: Double], precision: Precision) -> Double {
    let names = arguments.keys.sorted()
    let evaluator = FormulaEvaluator(self, of: names, precision: precision)
    return evaluator(names.map { arguments[$0]! })
  }
}
