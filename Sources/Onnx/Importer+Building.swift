import NNCAlgebra
import NNCDiagnostics
import NNCLayers

// How values become statements and expressions. What is made of constants is computed.
extension Importer {
  // MARK: Statements

  /// Adds a statement; gives its place.
  func add(_ statement: ImportStatement) -> Int {
    statements.append(statement)
    return statements.count - 1
  }

  /// The statement that gives an expression's value: one that is there, a layer where the expression is one, or `= …`.
  func statement(_ expression: ImportExpression, _ form: [Int], value: String = "") -> Int {
    if let (name, flow) = known(expression), statements[flow].shape == form {
      return add(ImportStatement(kind: name, input: flow, shape: form, value: value))
    }
    switch expression {
    case .flow(let index): return index
    case .call(let name, let arguments, let keys) where arguments.count == 1:
      if case .flow(let index) = arguments[0], statements[index].shape == form, isLayer(name) {
        return add(
          ImportStatement(kind: name, keys: keys, input: index, shape: form, value: value))
      }
    case .infix(let sign, _, .flow(let a), .flow(let b)) where a != b:
      let kind = ["+": "add", "*": "mul"][sign]
      if let kind, statements[a].shape == form, statements[b].shape == form {
        let (other, input) = (Swift.min(a, b), Swift.max(a, b))
        return add(
          ImportStatement(kind: kind, input: input, other: other, shape: form, value: value))
      }
    default: break
    }
    return add(
      ImportStatement(
        kind: "=", expression: expression, shape: form.isEmpty ? [1] : form, value: value))
  }

  private func isLayer(_ name: String) -> Bool { LayerRow(name) != nil }

  /// The statement that gives a value in a form.
  func statement(_ value: ImportValue, as form: [Int]? = nil) throws(ImportProblem) -> Int {
    let form = form ?? value.ownForm
    let (expression, own) = try self.expression(value)
    let index = statement(expression, own)
    let shape = statements[index].shape
    if shape == form { return index }
    let isFlat = form.count == 1 && shape.count > 1
    return add(
      ImportStatement(
        kind: isFlat ? "flatten" : "reshape", operand: isFlat ? "" : extents(form), input: index,
        shape: form))
  }

  /// A shape as the language writes it.
  func extents(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "x") }

  /// The value of a layer of one value.
  ///
  /// - Parameters:
  ///   - form: what flows in.
  ///   - shape: of what flows out, in the model.
  ///   - output: the same in the network, by default without a first axis of extent 1.
  func layer(
    _ kind: String, _ operand: String = "", keys: [(String, String)] = [], of value: ImportValue,
    as form: [Int]? = nil, weights: [ImportWeight] = [], names: [String] = [], to shape: [Int],
    output: [Int]? = nil, batch: Int?
  ) throws(ImportProblem) -> ImportValue {
    let input = try statement(value, as: form)
    let output = output ?? ImportValue.form(of: shape)
    let index = add(
      ImportStatement(
        kind: kind, operand: operand, keys: keys.map { (key: $0.0, value: $0.1) }, input: input,
        parameters: weights, shape: output, names: names))
    return ImportValue(value.type, shape, batch: batch, .flow(.flow(index), output))
  }

  // MARK: Expressions

  /// A value as an expression, and the shape that this has in the network.
  func expression(_ value: ImportValue) throws(ImportProblem) -> (ImportExpression, [Int]) {
    switch value.content {
    case .flow(let expression, let form): return (expression, form)
    case .missing: throw .wrong("an input is missing")
    case .constant(let constant): return try expression(constant)
    }
  }

  private func expression(_ constant: Constant) throws(ImportProblem) -> (ImportExpression, [Int]) {
    if !constant.type.isReal, !constant.type.isWhole, !constant.type.isTruth {
      throw .unsupported("elements of \(constant.type.name)")
    }
    let shape = Array(constant.shape.drop { $0 == 1 })
    if constant.count == 1 { return (.number(try constant.numbers()[0]), []) }
    if constant.count == 0 { throw .unsupported("a tensor without elements") }
    // What training changes is a parameter.
    let isOwn = constant.origin != nil && constant.type.isReal
    if constant.count <= Self.longestList, !isOwn {
      let numbers = try constant.numbers()
      if numbers.allSatisfy(\.isFinite) { return (.list(numbers, shape), shape) }
    }
    if let origin = constant.origin, let place = parameterPlaces[origin],
      parameters[place].shape == shape
    {
      return (.parameter(place), shape)
    }
    let numbers = try constant.numbers()
    if let wrong = numbers.first(where: { !$0.isFinite }) {
      return try masked(constant, numbers, shape, wrong)
    }
    return (.parameter(parameter(constant, shape)), shape)
  }

  /// The most numbers of a list that is written out.
  private static let longestList = 8

  private func parameter(_ constant: Constant, _ shape: [Int]) -> Int {
    let isOwn = constant.origin.map { !$0.isTurned } ?? false
    parameters.append(
      ImportParameter(
        constant: constant, shape: shape, names: constant.origin.map { [$0.name] } ?? [],
        isFrozen: !isOwn || !constant.type.isReal))
    if let origin = constant.origin { parameterPlaces[origin] = parameters.count - 1 }
    return parameters.count - 1
  }

  /// Two numbers, of which one is not finite, as masks have them: where(mask, a, b).
  private func masked(
    _ constant: Constant, _ numbers: [Double], _ shape: [Int], _ wrong: Double
  ) throws(ImportProblem) -> (ImportExpression, [Int]) {
    let isWrong = { (number: Double) in number == wrong || number.isNaN && wrong.isNaN }
    let others = Set(numbers.filter { !isWrong($0) })
    guard others.count <= 1 else { throw .unsupported("constants that are not finite") }
    guard let other = others.first else { return (.number(wrong), []) }
    let mask = Constant(numbers.map { isWrong($0) ? 1 : 0 }, constant.shape, .truth)
    return (
      .call("where", [.parameter(parameter(mask, shape)), .number(wrong), .number(other)], []),
      shape
    )
  }

  /// A value in its shape by default, unless its shape goes with others as it is: aligned by the last axes.
  private func aligned(_ value: ImportValue) throws(ImportProblem) -> (ImportExpression, [Int]) {
    let (expression, form) = try expression(value)
    let rest = value.shape.drop { $0 == 1 }
    if Array(form.drop { $0 == 1 }) == Array(rest), form.count <= Swift.max(1, value.shape.count) {
      return (expression, form)
    }
    return (.flow(try statement(value)), value.ownForm)
  }

  /// A scalar operation of values whose shapes go together.
  ///
  /// - Parameters:
  ///   - operation: its name, by which known values are computed.
  ///   - type: the result's; by default the first value's.
  ///   - spell: the expression.
  func elementwise(
    _ operation: String, _ values: [ImportValue], type: OnnxType? = nil,
    _ spell: ([ImportExpression]) -> ImportExpression
  ) throws(ImportProblem) -> ImportValue {
    guard let shape = commonShape(values.map(\.shape)) else {
      throw .wrong("\(values.map { "\($0.shape)" }.joined(separator: " and ")) do not go together")
    }
    let type = type ?? values[0].type
    try checkFolded(shape)
    let constants = values.compactMap(\.constant)
    if constants.count == values.count {
      try checkFolded(shape)
      guard let known = Operation(operation) else { throw .unsupported("of constants") }
      var result = try known.fold(constants, shape, type)
      result.batched = try multiples(operation, constants, shape)
      return ImportValue(result)
    }
    let batch = try commonBatch(values, shape)
    var (expressions, forms): ([ImportExpression], [[Int]]) = ([], [])
    let flows = values.filter { $0.constant == nil }
    var isEqual = flows.allSatisfy { $0.shape == shape }
    var common: [Int]?
    for value in values {
      guard case .flow(_, let form) = value.content else {
        isEqual = isEqual && value.count == 1
        continue
      }
      if let common, common != form { isEqual = false }
      common = form
    }
    for value in values {
      let (expression, form) = isEqual ? try self.expression(value) : try aligned(value)
      expressions.append(expression)
      forms.append(form)
    }
    guard let form = commonShape(forms) else { throw .unsupported("shapes \(forms)") }
    return ImportValue(type, shape, batch: batch, .flow(spell(expressions), form))
  }

  /// Which numbers of a result are multiples of the number of samples, which is read as 1; anything else that is made of it
  /// would be another number for another number of samples.
  private func multiples(
    _ operation: String, _ constants: [Constant], _ shape: [Int]
  ) throws(ImportProblem) -> Set<Int> {
    if constants.allSatisfy(\.batched.isEmpty) { return [] }
    let count = shape.reduce(1, *)
    func marks(_ constant: Constant) -> Set<Int> {
      constant.batched.isEmpty ? [] : constant.count == count ? constant.batched : Set(0..<count)
    }
    let all = constants.map(marks)
    switch operation {
    case "mul" where all[0].isDisjoint(with: all[1]): return all[0].union(all[1])
    case "div" where all[1].isEmpty: return all[0]
    case "eq", "lt", "le":
      // No number of samples is below 1.
      let others = zip(constants, all).filter { $0.1.isEmpty }.map(\.0)
      for other in others where try other.numbers().contains(where: { $0 > 0 }) {
        throw Self.mixing
      }
      return others.isEmpty ? try refused() : []
    case "select" where all[0].isEmpty:
      let chosen = try constants[0].spread(to: shape).numbers()
      return Set((0..<count).filter { all[chosen[$0] != 0 ? 1 : 2].contains($0) })
    default: throw Self.mixing
    }
  }

  private func refused() throws(ImportProblem) -> Set<Int> { throw Self.mixing }

  /// The axis of a common shape that holds the samples.
  func commonBatch(_ values: [ImportValue], _ shape: [Int]) throws(ImportProblem) -> Int? {
    var batch: Int?
    for value in values {
      guard let own = value.batch.map({ $0 + shape.count - value.shape.count }) else { continue }
      if let batch, batch != own { throw Self.mixing }
      batch = own
    }
    guard let batch else { return nil }
    for value in values where value.batch == nil {
      let own = batch - shape.count + value.shape.count
      if own >= 0, value.shape[own] != 1 { throw Self.mixing }
    }
    return batch
  }

  static let mixing = ImportProblem.unsupported("samples of a batch that meet one another")

  /// Refuses to compute a tensor that is too large.
  func checkFolded(_ shape: [Int]) throws(ImportProblem) {
    var count = 1
    for extent in shape where extent > 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow || product > Limits.foldedElements {
        throw .unsupported("a computed constant of more than \(Limits.foldedElements) numbers")
      }
      count = product
    }
  }

  /// A function of one value, element by element.
  func function(
    _ name: String, _ value: ImportValue, keys: [(String, String)] = [], type: OnnxType? = nil
  ) throws(ImportProblem) -> ImportValue {
    try elementwise(name, [value], type: type) {
      .call(name, $0, keys.map { (key: $0.0, value: $0.1) })
    }
  }

  /// Two values with a sign between.
  func infix(
    _ operation: String, _ a: ImportValue, _ b: ImportValue, type: OnnxType? = nil
  ) throws(ImportProblem) -> ImportValue {
    let (sign, binding) = Self.signs[operation]!
    return try elementwise(operation, [a, b], type: type) { .infix(sign, binding, $0[0], $0[1]) }
  }

  private static let signs: [String: (String, Int)] = [
    "lt": ("<", 5), "le": ("<=", 5), "eq": ("==", 5), "ne": ("!=", 5), "add": ("+", 10),
    "sub": ("-", 10), "mul": ("*", 20), "div": ("/", 20),
  ]

  /// The same number in every place that a value goes with.
  func number(_ value: Double, _ type: OnnxType = .f32) -> ImportValue {
    ImportValue(Constant([value], [], type))
  }
}
