import NNCAlgebra
import NNCProgram
import NNCTestSupport

extension ScalarFunction {
  /// A function of the Program that computes the operation called `name` as its row says.
  static func operation(_ name: String, _ precision: Precision) -> ScalarFunction {
    let row = Operation(name)!.row
    return ScalarFunction(name: name, arguments: row.arguments.map(\.name)) { builder, values in
      let symbols = Dictionary(uniqueKeysWithValues: zip(row.arguments.map(\.name), values))
      var lowering = FormulaBuilding(builder: builder, precision: precision, symbols: symbols)
      let result = lowering.value(row.arithmetic?(precision) ?? row.definition!)
      builder = lowering.builder
      return result.value
    }
  }
}

/// Builds the instructions of a formula whose symbols are reals; each shared part once.
struct FormulaBuilding {
  var builder: KernelBuilder
  let precision: Precision
  var symbols: [String: ValueID]
  private var known: [ObjectIdentifier: (ValueID, ScalarType)] = [:]

  init(builder: KernelBuilder, precision: Precision, symbols: [String: ValueID]) {
    self.builder = builder
    self.precision = precision
    self.symbols = symbols
  }

  mutating func value(_ formula: Formula) -> (value: ValueID, type: ScalarType) {
    if let known = known[ObjectIdentifier(formula)] { return known }
    let result: (ValueID, ScalarType)
    switch formula.kind {
    case .symbol(let name): result = (symbols[name]!, .real)
    case .number(let number): result = (builder.real(number), .real)
    case .bits(let f64, let f32):
      result = (builder.bits(precision == .f64 ? f64 : UInt64(f32)), .bits)
    case .apply(let name, let arguments):
      let operands = arguments.map { value($0) }
      if let primitive = Primitive(named: name) {
        let row = primitive.row
        let typed = zip(operands, row.operands).map { convert($0, to: $1) }
        result = (builder.compute(primitive, typed), row.result)
      } else {
        let row = Operation(name)!.row
        var inner = FormulaBuilding(builder: builder, precision: precision, symbols: [:])
        for (argument, operand) in zip(row.arguments, operands) {
          inner.symbols[argument.name] = operand.value
        }
        result = inner.value(row.arithmetic?(precision) ?? row.definition!)
        builder = inner.builder
      }
    }
    known[ObjectIdentifier(formula)] = result
    return result
  }

  private mutating func convert(
    _ operand: (value: ValueID, type: ScalarType), to type: ScalarType
  ) -> ValueID {
    switch (operand.type, type) {
    case (.real, .truth): return builder.compute(.ne, operand.value, builder.real(0))
    case (.truth, .real):
      return builder.compute(.select, operand.value, builder.real(1), builder.real(0))
    default: return operand.value
    }
  }
}
