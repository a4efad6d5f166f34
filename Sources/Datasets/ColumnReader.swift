import NNCFormats

/// Reads the texts of one column as raw numbers.
struct ColumnReader: Sendable {
  /// How they are read; of categories that are not known yet the names come in the end.
  private(set) var format: ColumnFormat
  private let style: NumberStyle
  private let dateOrder: DateOrder?
  private var codes = TextCodes()
  private var names: [String] = []
  private var known: [String: Int] = [:]
  private let areKnown: Bool

  /// What a text is.
  enum Value {
    case number(Double)
    case missing
    /// Not what the column holds, and which option would help.
    case wrong(String, hint: String?)
  }

  /// The most categories of a column.
  static let mostCategories = 1 << 12

  init(_ format: ColumnFormat, _ style: NumberStyle, _ dateOrder: DateOrder?) {
    self.format = format
    self.style = style
    self.dateOrder = dateOrder
    names = format.categories
    areKnown = !names.isEmpty
    for (code, name) in names.enumerated() { known[name] = code }
  }

  /// Whether every text stands for its number and nothing else.
  var isPlain: Bool { format.isPlain && style.isPlain }

  /// Reads a text.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, column: String) -> Value {
    switch format.kind {
    case .number:
      switch style.number(bytes) {
      case .finite(let value): return .number(value)
      case .missing: return .missing
      case .infinite: return .wrong("\(text(bytes)) is no finite number", hint: nil)
      case .text:
        return .wrong("\(text(bytes)) is no number", hint: optionFor(bytes, column: column))
      }
    case .boolean:
      if case .missing = DecimalNumber(bytes) { return .missing }
      guard let value = Self.truth(bytes) else {
        return .wrong(
          "\(text(bytes)) is neither true nor false",
          hint: "`--categories \(column)` takes each text for a category")
      }
      return .number(value ? 1 : 0)
    case .date:
      switch DateText(bytes, order: dateOrder) {
      case .date(let date): return .number(date.days)
      case .ambiguous:
        return .wrong(
          "of \(text(bytes)) the day may be either number",
          hint: "`--date-order dmy` or `--date-order mdy` says which")
      case .text:
        if case .missing = DecimalNumber(bytes) { return .missing }
        return .wrong("\(text(bytes)) is no date such as `2024-05-17` or `17.05.2024`", hint: nil)
      }
    case .category: return category(bytes, column)
    }
  }

  private mutating func category(_ bytes: UnsafeBufferPointer<UInt8>, _ column: String) -> Value {
    if let code = codes.code(bytes) { return .number(Double(code)) }
    if case .missing = DecimalNumber(bytes) { return .missing }
    let name = Label.canonical(String(trimming: bytes))
    if let code = known[name] {
      codes.add(bytes, code)
      return .number(Double(code))
    }
    if areKnown {
      if format.unknown == .zero { return .number(-1) }
      let listed = names.prefix(8).map(quoted).joined(separator: ", ")
      return .wrong(
        "\(text(bytes)) is none of the categories \(listed)\(names.count > 8 ? ", …" : "")",
        hint: "trained with `--unknown zero`, a network takes it for none of them")
    }
    if names.count == Self.mostCategories {
      return .wrong(
        "more than \(Self.mostCategories) categories",
        hint: "`--inputs` chooses the columns, and may leave this one out")
    }
    known[name] = names.count
    codes.add(bytes, names.count)
    names.append(name)
    return .number(Double(names.count - 1))
  }

  /// Puts the categories in order, and answers the place of each by its raw number so far; nil where they had an order.
  mutating func finish() -> [Int]? {
    guard format.kind == .category, !areKnown else { return nil }
    // By value where all are numbers, else as texts.
    let values = names.compactMap { name -> Double? in
      if case .finite(let value) = DecimalNumber(name) { value } else { nil }
    }
    let order =
      values.count == names.count
      ? names.indices.sorted { values[$0] < values[$1] }
      : names.indices.sorted { names[$0] < names[$1] }
    format.categories = order.map { names[$0] }
    var places = Array(repeating: 0, count: names.count)
    for (place, code) in order.enumerated() { places[code] = place }
    self = ColumnReader(format, style, dateOrder)
    return places
  }

  /// The truth of a word for it.
  static func truth(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard bytes.count <= 8 else { return nil }
    switch String(trimming: bytes).lowercased() {
    case "true", "yes", "t", "y", "on", "1": return true
    case "false", "no", "f", "n", "off", "0": return false
    default: return nil
    }
  }

  /// The option by which a text that is no number could be read.
  private func optionFor(_ bytes: UnsafeBufferPointer<UInt8>, column: String) -> String {
    var comma = NumberStyle()
    comma.decimalComma = true
    comma.thousands = "."
    var groups = NumberStyle()
    groups.thousands = ","
    var percent = style
    percent.percent = true
    if case .finite = percent.number(bytes) { return "`--percent` reads percent signs" }
    if case .finite = groups.number(bytes), bytes.contains(0x2C), style.thousands == nil {
      return "`--thousands ,` takes the commas between thousands off, `--decimal comma` reads them "
        + "as decimals"
    }
    if case .finite = comma.number(bytes) { return "`--decimal comma` reads decimal commas" }
    if Self.truth(bytes) != nil { return "`--booleans \(column)` reads such words as 1 and 0" }
    switch DateText(bytes, order: dateOrder) {
    case .date, .ambiguous: return "`--dates \(column)` reads dates"
    case .text:
      return "`--categories \(column)` takes each text for a category, `--inputs` leaves columns "
        + "out, `--guess` finds out for all"
    }
  }

  private func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    quoted(String(decoding: bytes, as: UTF8.self))
  }
}

extension String {
  /// The text of bytes without the blanks around it.
  init(trimming bytes: UnsafeBufferPointer<UInt8>) {
    var (low, high) = (0, bytes.count)
    while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 { low += 1 }
    while high > low, bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 { high -= 1 }
    self = String(decoding: bytes[low..<high], as: UTF8.self)
  }
}
