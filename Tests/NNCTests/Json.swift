import Foundation

/// A JSON value whose numbers are read exactly; the strings "NaN", "Infinity" and "-Infinity" are numbers too.
enum Json: Sendable {
  case number(Double)
  case string(String)
  case list([Json])
  case object([(String, Json)])

  /// The file at a path below the repository's root.
  init(file path: String) {
    let url = root.appendingPathComponent(path)
    var reader = Reader(bytes: Array(try! Data(contentsOf: url)))
    self = reader.value()
  }

  subscript(key: String) -> Json? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == key }?.1
  }

  subscript(index: Int) -> Json { list[index] }

  var list: [Json] {
    guard case .list(let values) = self else { return [] }
    return values
  }

  var members: [(String, Json)] {
    guard case .object(let members) = self else { return [] }
    return members
  }

  var text: String {
    guard case .string(let text) = self else { return "" }
    return text
  }

  var number: Double { flat.first ?? .nan }

  /// All numbers in it, in order.
  var flat: [Double] {
    switch self {
    case .number(let value): [value]
    case .string(let text): Double(text).map { [$0] } ?? []
    case .list(let values): values.flatMap(\.flat)
    case .object(let members): members.flatMap(\.1.flat)
    }
  }

  /// The value in the network language, where lists are tensors.
  var source: String {
    switch self {
    case .number(let value): "\(value)"
    case .list(let values): "[" + values.map(\.source).joined(separator: ", ") + "]"
    default: ""
    }
  }
}

/// Reads well-formed JSON.
private struct Reader {
  let bytes: [UInt8]
  var place = 0

  private mutating func skipBlanks() {
    while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
  }

  private mutating func take(_ sign: Character) -> Bool {
    skipBlanks()
    guard bytes[place] == sign.asciiValue else { return false }
    place += 1
    return true
  }

  mutating func value() -> Json {
    if take("{") {
      var members: [(String, Json)] = []
      while !take("}") {
        let key = value().text
        _ = take(":")
        members.append((key, value()))
        _ = take(",")
      }
      return .object(members)
    }
    if take("[") {
      var values: [Json] = []
      while !take("]") {
        values.append(value())
        _ = take(",")
      }
      return .list(values)
    }
    if take("\"") {
      var text: [UInt8] = []
      while bytes[place] != 0x22 {
        if bytes[place] == 0x5C { place += 1 }
        text.append(bytes[place])
        place += 1
      }
      place += 1
      return .string(String(decoding: text, as: UTF8.self))
    }
    let start = place
    while place < bytes.count, !",]} \n".utf8.contains(bytes[place]) { place += 1 }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    return Double(word).map { .number($0) } ?? .string(word)
  }
}
