/// An expression of the network language over the outputs of statements.
indirect enum ImportExpression {
  /// What a statement gives.
  case flow(Int)
  /// A number.
  case number(Double)
  /// A list of numbers, or lists of them.
  case list([Double], [Int])
  /// A parameter of the text's own, by its place among them.
  case parameter(Int)
  /// A function of others, with keys.
  case call(String, [ImportExpression], [(key: String, value: String)])
  /// Two with a sign between, which binds so much.
  case infix(String, Int, ImportExpression, ImportExpression)
  /// The negative.
  case negative(ImportExpression)

  /// How many parts it has.
  var size: Int {
    switch self {
    case .flow, .number, .list, .parameter: 1
    case .call(_, let arguments, _): arguments.reduce(1) { $0 + $1.size }
    case .infix(_, _, let a, let b): 1 + a.size + b.size
    case .negative(let a): 1 + a.size
    }
  }

  /// The statements that it reads, in the order in which they stand.
  var flows: [Int] {
    switch self {
    case .flow(let index): [index]
    case .number, .list, .parameter: []
    case .call(_, let arguments, _): arguments.flatMap(\.flows)
    case .infix(_, _, let a, let b): a.flows + b.flows
    case .negative(let a): a.flows
    }
  }

  /// The parameters that it reads, in the order in which they stand.
  var parameters: [Int] {
    switch self {
    case .parameter(let index): [index]
    case .flow, .number, .list: []
    case .call(_, let arguments, _): arguments.flatMap(\.parameters)
    case .infix(_, _, let a, let b): a.parameters + b.parameters
    case .negative(let a): a.parameters
    }
  }

  /// The text, with the names of what it reads.
  func text(_ names: ExpressionNames) -> String {
    switch self {
    case .flow(let index): names.flow(index)
    case .number(let value): numberText(value)
    case .list(let numbers, let shape): listText(numbers[...], shape[...])
    case .parameter(let index): names.parameter(index)
    case .call(let name, let arguments, let keys):
      "\(name)("
        + (arguments.map { $0.text(names) } + keys.map { "\($0.key)=\($0.value)" })
        .joined(separator: ", ") + ")"
    case .infix(let sign, let binding, let a, let b):
      // Comparisons cannot be chained.
      "\(a.text(names, inside: binding == Self.comparison ? binding + 1 : binding)) \(sign) \(b.text(names, inside: binding + 1))"
    case .negative(let a): "-" + a.text(names, inside: Self.sign + 1)
    }
  }

  private func text(_ names: ExpressionNames, inside binding: Int) -> String {
    let text = text(names)
    return self.binding < binding ? "(\(text))" : text
  }

  private static let sign = 30
  private static let comparison = 5

  private var binding: Int {
    switch self {
    case .infix(_, let binding, _, _): binding
    case .negative: Self.sign
    case .number(let value): value < 0 ? Self.sign : 100
    default: 100
    }
  }
}

/// How expressions call what they read.
struct ExpressionNames {
  let flow: (Int) -> String
  let parameter: (Int) -> String
}

/// A number as the language writes it.
func numberText(_ value: Double) -> String {
  if value == .infinity { return "inf" }
  if value == -.infinity { return "-inf" }
  if let whole = Int(exactly: value), abs(whole) < 1 << 53, !(value == 0 && value.sign == .minus) {
    return "\(whole)"
  }
  // What is a number of 32 bits is written with as many digits as those need.
  let single = Float(value)
  return Double(single) == value && !value.isNaN ? "\(single)" : "\(value)"
}

private func listText(_ numbers: ArraySlice<Double>, _ shape: ArraySlice<Int>) -> String {
  guard let extent = shape.first else { return numberText(numbers.first ?? 0) }
  let width = numbers.count / Swift.max(1, extent)
  let parts = (0..<extent).map { index in
    let start = numbers.startIndex + index * width
    return listText(numbers[start..<(start + width)], shape.dropFirst())
  }
  return "[\(parts.joined(separator: ", "))]"
}
