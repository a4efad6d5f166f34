import NNCDiagnostics

/// JSON to be written on one line, members in the order given.
enum JsonTree: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case number(Double)
  case count(Int)
  case text(String)
  case truth(Bool)
  case list([JsonTree])
  case object([(name: String, value: JsonTree)])

  init(stringLiteral text: String) { self = .text(text) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self = .count(value) }
  init(booleanLiteral value: Bool) { self = .truth(value) }
  init(arrayLiteral items: JsonTree...) { self = .list(items) }
  init(dictionaryLiteral members: (String, JsonTree)...) {
    self = .object(members.map { (name: $0.0, value: $0.1) })
  }

  /// Texts.
  static func texts(_ items: [String]) -> JsonTree { .list(items.map { .text($0) }) }

  /// A number for each name.
  static func numbers(_ names: [String], _ values: [Double]) -> JsonTree {
    .object(zip(names, values).map { (name: $0, value: .number($1)) })
  }

  /// The JSON. Numbers have 17 digits that count and read back as the same binary64.
  var line: String {
    switch self {
    case .number(let value): Decimal.padded(value, 17)
    case .count(let value): "\(value)"
    case .text(let text): jsonString(text)
    case .truth(let value): "\(value)"
    case .list(let items): "[\(items.map(\.line).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { "\(jsonString($0.name)):\($0.value.line)" }.joined(separator: ","))}"
    }
  }
}
