import NNCDiagnostics

/// Reads JSON strictly (RFC 8259): no name twice in an object, nothing behind the value but blanks, at most
/// ``Limits/jsonDepth`` levels.
public struct JsonParser {
  private let bytes: [UInt8]
  private var place = 0

  /// What is wrong with a text, and at which byte.
  public struct Problem: Error, Hashable, Sendable {
    /// What is wrong.
    public let message: String
    /// The byte, counted from 0.
    public let offset: Int
  }

  /// The value that a text is.
  public static func parse(_ bytes: [UInt8]) throws(Problem) -> Json {
    var parser = JsonParser(bytes: bytes)
    return try parser.whole()
  }

  /// The value that a text is, and the bytes of every member's name, with its quotes, by the names that lead to it.
  ///
  /// Of members of several objects in one array the last one's are told.
  public static func parseWithPlaces(
    _ bytes: [UInt8]
  ) throws(Problem) -> (value: Json, places: [[String]: Range<Int>]) {
    var parser = JsonParser(bytes: bytes)
    parser.places = [:]
    let value = try parser.whole()
    return (value, parser.places ?? [:])
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Where the names stand; nil where nobody asks.
  private var places: [[String]: Range<Int>]?
  /// Behind the last name that was read.
  private var nameEnd = 0

  /// An array or object that is not at its end yet.
  private struct Open {
    /// The names so far and the one whose value comes next; nil for an array.
    var names: Set<String>?
    var name = ""
    var elements: [Json] = []
    var members: [Json.Member] = []

    mutating func add(_ value: Json) {
      if names == nil {
        elements.append(value)
      } else {
        members.append(.init(name: name, value: value))
      }
    }

    var value: Json { names == nil ? .array(elements) : .object(members) }
  }

  private var open: [Open] = []

  private mutating func whole() throws(Problem) -> Json {
    while true {
      skipBlanks()
      guard var value = try begin() else { continue }
      // What the value ends ends too, up to one that goes on.
      while true {
        skipBlanks()
        if open.isEmpty {
          if place < bytes.count { throw problem("something stands behind the end") }
          return value
        }
        let last = open.count - 1
        let isArray = open[last].names == nil
        open[last].add(value)
        if peek == UInt8(ascii: ",") {
          place += 1
          if !isArray {
            var object = open.removeLast()
            try nextName(&object)
            open.append(object)
          }
          break
        }
        guard peek == (isArray ? UInt8(ascii: "]") : UInt8(ascii: "}")) else {
          throw problem("`,` or the end of the list is missing")
        }
        place += 1
        value = open.removeLast().value
      }
    }
  }

  /// A value that stands here as a whole; nil where one begins that holds others.
  private mutating func begin() throws(Problem) -> Json? {
    switch peek {
    case UInt8(ascii: "["):
      place += 1
      skipBlanks()
      if peek == UInt8(ascii: "]") {
        place += 1
        return .array([])
      }
      try push(Open())
    case UInt8(ascii: "{"):
      place += 1
      skipBlanks()
      if peek == UInt8(ascii: "}") {
        place += 1
        return .object([])
      }
      var object = Open(names: [])
      try nextName(&object)
      try push(object)
    default: return try scalar()
    }
    return nil
  }

  private mutating func push(_ item: Open) throws(Problem) {
    if open.count >= Limits.jsonDepth { throw problem("more than \(Limits.jsonDepth) levels") }
    open.append(item)
  }

  private mutating func nextName(_ object: inout Open) throws(Problem) {
    skipBlanks()
    let start = place
    object.name = try memberName()
    if places != nil {
      let path = open.filter { $0.names != nil }.map(\.name) + [object.name]
      places?[path] = start..<nameEnd
    }
    if object.names!.insert(object.name).inserted { return }
    place = start
    throw problem("the name \(quoted(object.name)) stands twice")
  }

  private mutating func memberName() throws(Problem) -> String {
    guard peek == UInt8(ascii: "\"") else { throw problem("a name in quotes is missing") }
    let name = try string()
    nameEnd = place
    skipBlanks()
    guard peek == UInt8(ascii: ":") else { throw problem("`:` is missing") }
    place += 1
    return name
  }

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      place += 1
    }
  }

  private mutating func scalar() throws(Problem) -> Json {
    guard let byte = peek else { throw problem("a value is missing") }
    if byte == UInt8(ascii: "\"") { return .string(try string()) }
    let start = place
    while let byte = peek, ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x3A, 0x5D, 0x7D].contains(byte) {
      place += 1
      if place - start > 400 { break }
    }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    switch word {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default:
      if Self.isNumber(bytes[start..<place]) { return .number(word) }
      place = start
      throw problem("\(quoted(word)) is no value")
    }
  }

  /// Whether bytes are a number: `-`, digits without a leading 0, perhaps a fraction, perhaps an exponent.
  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func digits() -> Int {
      let count = rest.prefix { $0 &- 0x30 < 10 }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let isZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    if whole == 0 || isZero && whole > 1 { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      if digits() == 0 { return false }
    }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      if digits() == 0 { return false }
    }
    return rest.isEmpty
  }

  private mutating func string() throws(Problem) -> String {
    let start = place
    place += 1
    var text: [UInt8] = []
    while let byte = peek {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let result = String(validating: text, as: UTF8.self) else {
          place = start
          throw problem("a text is not UTF-8")
        }
        return result
      case UInt8(ascii: "\\"): try escape(&text)
      case ..<0x20:
        place -= 1
        throw problem("a text holds a control character")
      default: text.append(byte)
      }
    }
    place = start
    throw problem("a text has no end")
  }

  private mutating func escape(_ text: inout [UInt8]) throws(Problem) {
    let escapes: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9,
    ]
    guard let byte = peek else { throw problem("a text has no end") }
    place += 1
    if let plain = escapes[byte] { return text.append(plain) }
    guard byte == UInt8(ascii: "u") else { throw problem("an unknown escape") }
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code), bytes[place...].starts(with: [0x5C, 0x75]) {
      place += 2
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw problem("half of a surrogate pair") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw problem("half of a surrogate pair") }
    text += Array(String(scalar).utf8)
  }

  private mutating func hexadecimal() throws(Problem) -> UInt32 {
    let end = place + 4
    guard end <= bytes.count, bytes[place..<end].allSatisfy({ Character(.init($0)).isHexDigit })
    else { throw problem("`\\u` needs four digits") }
    defer { place = end }
    return UInt32(String(decoding: bytes[place..<end], as: UTF8.self), radix: 16)!
  }

  private func problem(_ message: String) -> Problem { Problem(message: message, offset: place) }
}
