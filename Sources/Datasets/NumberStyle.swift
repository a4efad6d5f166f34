import NNCFormats

/// How numbers are written in a table.
public struct NumberStyle: Hashable, Sendable {
  /// Whether a comma stands before the decimals.
  public var decimalComma = false
  /// What stands between groups of three digits; nil for nothing.
  public var thousands: Character?
  /// Whether a percent sign may stand behind a number, which is then a hundredth of what it says.
  public var percent = false

  /// Numbers as programs write them.
  public init() {}

  /// Whether nothing is to be done before a text is read.
  var isPlain: Bool { self == NumberStyle() }

  /// The number that a text is.
  func number(_ bytes: UnsafeBufferPointer<UInt8>) -> DecimalNumber {
    if isPlain { return DecimalNumber(bytes) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var isPercent = false
    var end = bytes.count
    if percent {
      while end > 0, bytes[end - 1] == 0x20 { end -= 1 }
      if end > 0, bytes[end - 1] == 0x25 {
        isPercent = true
        end -= 1
      }
    }
    let group = thousands.map { Array("\($0)".utf8) } ?? []
    var place = 0
    // Groups of three digits stand between the first digits and the decimals.
    var digits = 0
    var isGrouped = false
    var isWhole = true
    while place < end {
      if isWhole, digits > 0, !group.isEmpty,
        bytes[place...].prefix(group.count).elementsEqual(group),
        place + group.count < end, bytes[place + group.count] &- 0x30 < 10
      {
        if isGrouped ? digits != 3 : digits > 3 { return .text }
        (isGrouped, digits) = (true, 0)
        place += group.count
        continue
      }
      let byte = bytes[place]
      if byte &- 0x30 < 10 {
        digits += 1
      } else {
        if isGrouped, isWhole, digits != 3 { return .text }
        if byte == 0x2C || byte == 0x2E || byte | 0x20 == 0x65 { isWhole = false }
      }
      if decimalComma, byte == 0x2E { return .text }
      text.append(decimalComma && byte == 0x2C ? 0x2E : byte)
      place += 1
    }
    if isGrouped, isWhole, digits != 3 { return .text }
    let number = text.withUnsafeBufferPointer { DecimalNumber($0) }
    if isPercent, case .finite(let value) = number { return .finite(value / 100) }
    return number
  }

  /// The style in words; empty where numbers are written as programs write them.
  public var words: String {
    var words: [String] = []
    if decimalComma { words.append("decimal commas") }
    if let thousands { words.append("`\(thousands)` between thousands") }
    if percent { words.append("percent signs") }
    return words.joined(separator: ", ")
  }
}
