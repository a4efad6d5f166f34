/// A line of a function, or several that belong together: what gives a value, or several values.
struct Statement {
  /// The value's name; of several, each is `NAME#PLACE`.
  var name: String
  /// What gives it, without where that belongs.
  var text: String
  /// Where it belongs, as MLIR writes it; empty for nowhere.
  var location: String
  /// The types of its values.
  var types: [String]

  /// Its line, or lines, of which the value may be called otherwise.
  func line(_ name: String, _ text: String) -> String {
    name + (types.count > 1 ? ":\(types.count)" : "") + " = " + text + location
  }
}

/// The names of values in a text, `%` before each; of one value of several, the name of all.
func valueNames(in text: String) -> [Substring] {
  var names: [Substring] = []
  let bytes = text.utf8
  var place = bytes.startIndex
  while let start = bytes[place...].firstIndex(of: UInt8(ascii: "%")) {
    var end = bytes.index(after: start)
    while end < bytes.endIndex, isNamePart(bytes[end]) { end = bytes.index(after: end) }
    names.append(text[start..<end])
    place = end
  }
  return names
}

/// A text with values called otherwise.
func renamed(_ text: String, _ names: [Substring: String]) -> String {
  var result = ""
  var end = text.startIndex
  for name in valueNames(in: text) {
    guard let other = names[name] else { continue }
    result += text[end..<name.startIndex] + other
    end = name.endIndex
  }
  return result + text[end...]
}

private func isNamePart(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"):
    true
  default: false
  }
}
