/// What the terminals' control sequences mean.
enum EscapeSequences {
  /// `ESC [ … X` by final byte; modifiers are looked at apart.
  static let finals: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down,
    UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "Z"): .backTab, UInt8(ascii: "M"): .enter,
  ]

  /// `ESC [ N ~` by N.
  static let tildes: [Int: Key] = [
    1: .home, 7: .home, 4: .end, 8: .end, 3: .delete, 5: .pageUp, 6: .pageDown,
  ]

  /// The same keys with Ctrl or Alt held.
  static let modified: [Key: Key] = [
    .left: .wordLeft, .right: .wordRight, .delete: .deleteWordRight,
  ]

  /// Alt with a key that has a name.
  static let alt: [UInt8: Key] = [
    0x7F: .deleteWordLeft, 0x08: .deleteWordLeft, 0x0D: .alt("\n"), 0x0A: .alt("\n"),
  ]

  /// The key of `ESC [ parameters final`.
  ///
  /// The second parameter is 1 plus the sum of Shift 1, Alt 2 and Ctrl 4.
  static func key(parameters: [UInt8], final: UInt8) -> Key {
    let numbers = parameters.split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false
    ).map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    let plain: Key?
    if final == UInt8(ascii: "~") {
      plain = tildes[numbers.first ?? 0]
    } else if final == UInt8(ascii: "M") && !parameters.isEmpty {
      plain = nil
    } else {
      plain = finals[final]
    }
    guard let plain else { return .unknown }
    // Old rxvt sends `ESC [ 5 C` with the modifier alone.
    let modifier = numbers.count > 1 ? numbers[1] : final == UInt8(ascii: "~") ? 0 : numbers[0]
    let held = modifier > 1 && (modifier - 1) & 6 != 0
    return held ? modified[plain] ?? plain : plain
  }
}
