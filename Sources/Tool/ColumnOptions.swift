import NNC

/// What `train` offers for tables as people have them.
let columnOptions: [CommandOption] = [
  .init(
    "guess", nil,
    help:
      "find out of every column whether it is numbers, categories, dates, true or false, and say so"
  ),
  .init(
    "categories", nil, .text("COLUMNS"),
    help: "each text of these columns is a category: an input of its own, 0 or 1"),
  .init("booleans", nil, .text("COLUMNS"), help: "these columns say true or false, yes or no"),
  .init(
    "dates", nil, .text("COLUMNS"), help: "these columns are dates, `2024-05-17` or `17.05.2024`"),
  .init(
    "date-parts", nil, .text("PARTS", .words(DatePart.allCases.map(\.rawValue))),
    help: "what dates become: some of \(DatePart.allCases.map(\.rawValue).joined(separator: ", ")) "
      + "(default year,month,day)"),
  .init(
    "date-order", nil, .choice(DateOrder.allCases.map(\.rawValue)),
    help: "whether in 5/6/2024 the day or the month comes first"),
  .init(
    "decimal", nil, .choice(["comma", "point"]), help: "what stands before decimals (default point)"
  ),
  .init("thousands", nil, .text("MARK"), help: "what stands between thousands: `,`, `.`, a blank"),
  .init("percent", nil, help: "a number with a percent sign is a hundredth of what it says"),
  .init(
    "missing", nil, .choice(ColumnFormat.Missing.allCases.map(\.rawValue)),
    help: "where an input is missing: leave the row out, or put the column's mean, median or "
      + "commonest value there (default error)"),
  .init(
    "unknown", nil, .choice(ColumnFormat.Unknown.allCases.map(\.rawValue)),
    help:
      "a category that training did not see: an error, or none of the known ones (default error)"),
]

/// What a call says of the columns of its table.
func columns(_ call: Call) throws(Failure) -> ColumnOptions {
  var options = ColumnOptions()
  options.guesses = call.has("guess")
  options.categories = call.value("categories").map { ColumnChoice($0) }
  options.booleans = call.value("booleans").map { ColumnChoice($0) }
  options.dates = call.value("dates").map { ColumnChoice($0) }
  if let text = call.value("date-parts") {
    options.dateParts = try text.split(separator: ",").map { word throws(Failure) in
      if let part = DatePart(rawValue: String(word)) { return part }
      let names = DatePart.allCases.map(\.rawValue)
      throw .call(
        "`--date-parts` takes some of \(names.joined(separator: ",")), not `\(word)`",
        hint: didYouMean(String(word), names))
    }
  }
  options.dateOrder = call.value("date-order").flatMap { DateOrder(rawValue: $0) }
  options.missing = call.value("missing").flatMap { ColumnFormat.Missing(rawValue: $0) }
  options.unknown = call.value("unknown").flatMap { ColumnFormat.Unknown(rawValue: $0) }
  if call.has("decimal") || call.has("thousands") || call.has("percent") {
    var style = NumberStyle()
    style.decimalComma = call.value("decimal") == "comma"
    style.percent = call.has("percent")
    if let text = call.value("thousands") {
      guard text.count == 1, let mark = text.first, mark != "-", mark != "+", !mark.isNumber,
        !mark.isLetter, mark != (style.decimalComma ? "," : ".")
      else {
        throw .call(
          "`--thousands` takes one character that is no digit, letter, sign or decimal "
            + "\(style.decimalComma ? "comma" : "point"), not `\(text)`")
      }
      style.thousands = mark
    }
    options.style = style
  }
  return options
}

/// What was done to the columns of a table, a line for each of which there is something to say.
func columnNews(of data: Dataset) -> [String] {
  var lines: [String] = []
  if !data.style.words.isEmpty { lines.append("numbers with \(data.style.words)") }
  for (place, format) in data.columns.enumerated() {
    let missing = place < data.missing.count ? data.missing[place] : 0
    if format.kind == .number, missing == 0 { continue }
    var text = "`\(data.inputName(place))`: \(format.words)"
    if missing > 0 {
      text += ", \(missing) missing"
      if let fill = format.fill {
        text += ": \(format.missing.words) \(format.text(of: fill)) in their place"
      }
    }
    lines.append(text)
  }
  lines += data.remarks
  let (input, target) = data.dropped
  if input > 0 { lines.append("\(counted(input, "row")) left out: an input is missing") }
  if target > 0 { lines.append("\(counted(target, "row")) left out: the target is missing") }
  return lines
}

extension ColumnFormat {
  /// What the column holds, in words.
  var words: String {
    switch kind {
    case .number: "numbers"
    case .boolean: "true or false"
    case .category:
      "\(categories.count) categories (\(categories.prefix(6).joined(separator: ", "))"
        + (categories.count > 6 ? ", …)" : ")")
    case .date: "dates, as \(parts.map(\.rawValue).joined(separator: ", "))"
    }
  }

  /// A raw number as people read it.
  func text(of raw: Double) -> String {
    switch kind {
    case .category: categories.indices.contains(Int(raw)) ? "`\(categories[Int(raw)])`" : "none"
    case .boolean: raw == 1 ? "true" : raw == 0 ? "false" : Digits.readable.text(raw)
    case .number: Digits.readable.text(raw)
    case .date: "day \(Digits.readable.text(raw)) since 1970"
    }
  }
}

extension ColumnFormat.Missing {
  fileprivate var words: String {
    switch self {
    case .error, .drop: ""
    case .mean: "the mean"
    case .median: "the median"
    case .most: "the commonest,"
    }
  }
}
