import NNCDiagnostics
import NNCFormats

extension ColumnFormat {
  /// The format as an object of JSON; what is usual is left out.
  var json: String {
    var members = [("kind", jsonString(kind.rawValue))]
    if !categories.isEmpty {
      members.append(("categories", "[\(categories.map(jsonString).joined(separator: ","))]"))
    }
    if !parts.isEmpty {
      members.append(("parts", "[\(parts.map { jsonString($0.rawValue) }.joined(separator: ","))]"))
    }
    if missing != .error { members.append(("missing", jsonString(missing.rawValue))) }
    if let fill { members.append(("fill", "\(fill)")) }
    if unknown != .error { members.append(("unknown", jsonString(unknown.rawValue))) }
    return "{" + members.map { "\(jsonString($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }

  /// The format that an object says; nil where it says none.
  init?(json: Json) {
    guard json.members != nil, let kind = json.member("kind")?.text.flatMap({ Kind(rawValue: $0) })
    else { return nil }
    self.init()
    self.kind = kind
    func texts(_ name: String) -> [String]? {
      guard let member = json.member(name) else { return [] }
      let texts = member.elements?.map(\.text) ?? [nil]
      return texts.allSatisfy { $0 != nil } ? texts.compactMap { $0 } : nil
    }
    guard let categories = texts("categories"), let parts = texts("parts"),
      Set(categories).count == categories.count
    else { return nil }
    self.categories = categories
    self.parts = parts.compactMap { DatePart(rawValue: $0) }
    if self.parts.count != parts.count || (kind == .date) == parts.isEmpty { return nil }
    if (kind == .category) == categories.isEmpty { return nil }
    if let word = json.member("missing") {
      guard let missing = word.text.flatMap({ Missing(rawValue: $0) }) else { return nil }
      self.missing = missing
    }
    if let word = json.member("unknown") {
      guard let unknown = word.text.flatMap({ Unknown(rawValue: $0) }) else { return nil }
      self.unknown = unknown
    }
    if let number = json.member("fill") {
      guard let fill = number.finite else { return nil }
      self.fill = fill
    }
  }
}

extension NumberStyle {
  /// The style, and the order of dates with slashes, as an object of JSON.
  func json(_ dateOrder: DateOrder?) -> String {
    var members: [(String, String)] = []
    if decimalComma { members.append(("decimal", jsonString(","))) }
    if let thousands { members.append(("thousands", jsonString("\(thousands)"))) }
    if percent { members.append(("percent", "true")) }
    if let dateOrder { members.append(("dates", jsonString(dateOrder.rawValue))) }
    return "{" + members.map { "\(jsonString($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }

  /// The style that an object says; nil where it says none.
  init?(json: Json) {
    guard json.members != nil else { return nil }
    decimalComma = json.member("decimal")?.text == ","
    thousands = json.member("thousands")?.text?.first
    percent = json.member("percent") != nil
  }
}

extension Json {
  /// The member of that name of an object.
  func member(_ name: String) -> Json? { members?.first { $0.name == name }?.value }
}
