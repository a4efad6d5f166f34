/// Turns the bytes a terminal sends into keys, however they are cut into reads.
struct KeyDecoder {
  private enum State: Equatable {
    case ground
    case utf8(expected: Int)
    case escape
    case control
    case applicationKey
    case consoleKey
    case paste
  }

  private var state = State.ground
  private var held: [UInt8] = []
  private var altHeld = false

  /// Whether an escape sequence has begun that may never end, as after the Escape key alone.
  var isInsideSequence: Bool {
    switch state {
    case .escape, .control, .applicationKey, .consoleKey: true
    case .ground, .utf8, .paste: false
    }
  }

  /// The keys that `bytes` complete.
  mutating func decode(_ bytes: some Sequence<UInt8>) -> [Key] {
    var keys: [Key] = []
    for byte in bytes { accept(byte, &keys) }
    return keys
  }

  /// Ends what is unfinished, as when no byte has come for a while or the input has ended.
  mutating func flush() -> [Key] {
    defer { reset() }
    switch state {
    case .ground: return []
    case .utf8: return [.text("\u{FFFD}")]
    case .escape: return [.escape]
    case .control, .applicationKey, .consoleKey: return [.unknown]
    case .paste: return [.paste(Self.pasted(held))]
    }
  }

  private mutating func reset() {
    state = .ground
    held = []
    altHeld = false
  }

  private mutating func finish(_ key: Key, _ keys: inout [Key]) {
    let alt = altHeld
    reset()
    keys.append(alt ? EscapeSequences.modified[key] ?? key : key)
  }

  private mutating func accept(_ byte: UInt8, _ keys: inout [Key]) {
    switch state {
    case .ground: ground(byte, &keys)
    case .utf8(let expected): utf8(byte, expected, &keys)
    case .escape: escape(byte, &keys)
    case .control: control(byte, &keys)
    case .applicationKey:
      if byte < 0x20 { restart(byte, &keys) } else { finish(.application(byte), &keys) }
    case .consoleKey: finish(.unknown, &keys)
    case .paste: paste(byte, &keys)
    }
  }

  private mutating func ground(_ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case 0x1B: state = .escape
    case 0x0D, 0x0A: keys.append(.enter)
    case 0x09: keys.append(.tab)
    case 0x7F: keys.append(.backspace)
    case 0..<0x20: keys.append(.control(Self.letter(ofControl: byte)))
    case 0x20..<0x7F: keys.append(.text(String(Unicode.Scalar(byte))))
    case 0xC2...0xDF: begin(byte, expected: 2)
    case 0xE0...0xEF: begin(byte, expected: 3)
    case 0xF0...0xF4: begin(byte, expected: 4)
    default: keys.append(.text("\u{FFFD}"))
    }
  }

  private mutating func begin(_ byte: UInt8, expected: Int) {
    held = [byte]
    state = .utf8(expected: expected)
  }

  private mutating func utf8(_ byte: UInt8, _ expected: Int, _ keys: inout [Key]) {
    guard (0x80...0xBF).contains(byte) else {
      keys.append(.text("\u{FFFD}"))
      restart(byte, &keys)
      return
    }
    held.append(byte)
    if held.count == expected { finish(.text(String(decoding: held, as: UTF8.self)), &keys) }
  }

  private mutating func escape(_ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "O"): state = .applicationKey
    case 0x1B: altHeld = true
    default:
      if let key = EscapeSequences.alt[byte] {
        finish(key, &keys)
      } else if (0x20..<0x7F).contains(byte) {
        finish(.alt(Character(Unicode.Scalar(byte))), &keys)
      } else {
        keys.append(.escape)
        restart(byte, &keys)
      }
    }
  }

  private mutating func control(_ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "[") where held.isEmpty: state = .consoleKey
    case 0x20...0x3F where held.count < 32: held.append(byte)
    case UInt8(ascii: "~") where held.elementsEqual("200".utf8):
      reset()
      state = .paste
    case 0x40...0x7E: finish(EscapeSequences.key(parameters: held, final: byte), &keys)
    default:
      keys.append(.unknown)
      restart(byte, &keys)
    }
  }

  private mutating func paste(_ byte: UInt8, _ keys: inout [Key]) {
    held.append(byte)
    let end = "\u{1B}[201~".utf8
    guard byte == UInt8(ascii: "~"), held.suffix(end.count).elementsEqual(end) else { return }
    held.removeLast(end.count)
    finish(.paste(Self.pasted(held)), &keys)
  }

  /// Drops what was begun and takes `byte` as the start of something new.
  private mutating func restart(_ byte: UInt8, _ keys: inout [Key]) {
    reset()
    ground(byte, &keys)
  }

  private static func letter(ofControl byte: UInt8) -> Character {
    let upper = Unicode.Scalar(byte | 0x40)
    return Character(upper.properties.isAlphabetic ? Unicode.Scalar(byte | 0x60) : upper)
  }

  private static func pasted(_ bytes: [UInt8]) -> String {
    EditBuffer.cleaned(String(decoding: bytes, as: UTF8.self))
  }
}

extension Key {
  /// The key of `ESC O X`, as terminals send it in application mode.
  fileprivate static func application(_ final: UInt8) -> Key {
    final == UInt8(ascii: "Z") ? .unknown : EscapeSequences.finals[final] ?? .unknown
  }
}
