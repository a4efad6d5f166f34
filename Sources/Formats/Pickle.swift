import NNCDiagnostics

/// Reads a Python pickle without executing it: the opcodes that put data together are followed, those that would call
/// something are noted, and all others are refused.
///
/// Source: CPython, `pickletools.py`.
struct Pickle {
  private let name: String
  private let bytes: [UInt8]
  private var place = 0
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var steps = 0

  /// What a source holds.
  static func read(_ source: ByteSource) throws(FileFailure) -> PickleValue {
    if source.count > Limits.pickleBytes {
      throw .wrong("`\(source.name)` has \(source.count) bytes; the most is \(Limits.pickleBytes)")
    }
    var reader = Pickle(name: source.name, bytes: try source.bytes(0..<source.count))
    return try reader.run()
  }

  private init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  private func failure(_ problem: String) -> FileFailure {
    .wrong("`\(name)` is no sound pickle of weights: \(problem), at byte \(place)")
  }

  private mutating func take(_ count: Int) throws(FileFailure) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - place else { throw failure("it is cut short") }
    defer { place += count }
    return bytes[place..<(place + count)]
  }

  /// A whole number of so many bytes, smallest first.
  private mutating func size(_ count: Int) throws(FileFailure) -> Int {
    var result: UInt64 = 0
    for byte in try take(count).reversed() { result = result << 8 | UInt64(byte) }
    guard let value = Int(exactly: result) else { throw failure("a size is too large") }
    return value
  }

  private mutating func line() throws(FileFailure) -> String {
    guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) else {
      throw failure("it is cut short")
    }
    defer { place = end + 1 }
    return String(decoding: bytes[place..<end], as: UTF8.self)
  }

  private mutating func text(_ count: Int) throws(FileFailure) -> String {
    String(decoding: try take(count), as: UTF8.self)
  }

  private mutating func pop() throws(FileFailure) -> PickleValue {
    guard let value = stack.popLast(), stack.count >= marks.last ?? 0 else {
      throw failure("a value is missing")
    }
    return value
  }

  /// The values behind the last mark.
  private mutating func marked() throws(FileFailure) -> [PickleValue] {
    guard let mark = marks.popLast(), mark <= stack.count else {
      throw failure("a mark is missing")
    }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  private mutating func run() throws(FileFailure) -> PickleValue {
    while true {
      steps += 1
      if stack.count > Limits.waiting { throw failure("too many values wait") }
      let code = try take(1).first!
      switch code {
      case 0x80: _ = try take(1)  // PROTO
      case 0x95: _ = try take(8)  // FRAME
      case UInt8(ascii: "."): return try pop()
      case UInt8(ascii: "("): marks.append(stack.count)
      case UInt8(ascii: "0"): _ = try pop()
      case UInt8(ascii: "1"): _ = try marked()
      case UInt8(ascii: "N"): stack.append(.none)
      case 0x88: stack.append(.truth(true))
      case 0x89: stack.append(.truth(false))
      case UInt8(ascii: "J"):
        stack.append(.whole(Int(Int32(truncatingIfNeeded: try size(4)))))
      case UInt8(ascii: "K"): stack.append(.whole(try size(1)))
      case UInt8(ascii: "M"): stack.append(.whole(try size(2)))
      case 0x8A: stack.append(.whole(try long(try size(1))))
      case UInt8(ascii: "G"):
        var bits: UInt64 = 0
        for byte in try take(8) { bits = bits << 8 | UInt64(byte) }
        stack.append(.real(Double(bitPattern: bits)))
      case UInt8(ascii: "X"): stack.append(.text(try text(try size(4))))
      case 0x8C: stack.append(.text(try text(try size(1))))
      case 0x8D: stack.append(.text(try text(try size(8))))
      case UInt8(ascii: "T"): stack.append(.text(try text(try size(4))))
      case UInt8(ascii: "U"): stack.append(.text(try text(try size(1))))
      case UInt8(ascii: "B"): try appendBytes(try size(4))
      case UInt8(ascii: "C"): try appendBytes(try size(1))
      case 0x8E: try appendBytes(try size(8))
      case UInt8(ascii: ")"): stack.append(.tuple([]))
      case UInt8(ascii: "t"): stack.append(.tuple(try marked()))
      case 0x85: stack.append(.tuple([try pop()]))
      case 0x86:
        let second = try pop()
        stack.append(.tuple([try pop(), second]))
      case 0x87:
        let (third, second) = (try pop(), try pop())
        stack.append(.tuple([try pop(), second, third]))
      case UInt8(ascii: "]"): stack.append(.list(PickleList()))
      case UInt8(ascii: "l"): try appendList(try marked())
      case 0x8F: stack.append(.list(PickleList()))
      case UInt8(ascii: "a"): try extend([try pop()])
      case UInt8(ascii: "e"), 0x90: try extend(try marked())
      case 0x91: try appendList(try marked())
      case UInt8(ascii: "}"): stack.append(.dictionary(PickleDictionary()))
      case UInt8(ascii: "d"):
        let pairs = try marked()
        stack.append(.dictionary(PickleDictionary()))
        try set(pairs)
      case UInt8(ascii: "s"):
        let value = try pop()
        try set([try pop(), value])
      case UInt8(ascii: "u"): try set(try marked())
      case UInt8(ascii: "q"): try remember(try size(1))
      case UInt8(ascii: "r"): try remember(try size(4))
      case 0x94: try remember(memo.count)
      case UInt8(ascii: "h"): try recall(try size(1))
      case UInt8(ascii: "j"): try recall(try size(4))
      case UInt8(ascii: "c"):
        let module = try line()
        stack.append(.global(module, try line()))
      case 0x93:
        guard case .text(let own) = try pop(), case .text(let module) = try pop() else {
          throw failure("a name is no text")
        }
        stack.append(.global(module, own))
      case UInt8(ascii: "R"), 0x81: try note()
      case UInt8(ascii: "b"):
        let state = try pop()
        if case .object(let object)? = stack.last { object.state = state }
      case UInt8(ascii: "Q"):
        stack.append(.persistent(try pop().tuple ?? []))
      default: throw failure("the opcode \(code), which no file of weights needs")
      }
    }
  }

  private mutating func long(_ count: Int) throws(FileFailure) -> Int {
    let digits = try take(count)
    guard count <= 8 else { return 0 }
    var result: UInt64 = 0
    for byte in digits.reversed() { result = result << 8 | UInt64(byte) }
    let shift = UInt64(64 - 8 * count)
    return count == 0 ? 0 : Int(Int64(bitPattern: result << shift) >> Int64(shift))
  }

  private mutating func appendBytes(_ count: Int) throws(FileFailure) {
    let start = place
    _ = try take(count)
    stack.append(.bytes(start..<place))
  }

  private mutating func appendList(_ values: [PickleValue]) throws(FileFailure) {
    let list = PickleList()
    list.values = values
    stack.append(.list(list))
  }

  private mutating func extend(_ values: [PickleValue]) throws(FileFailure) {
    switch stack.last {
    case .list(let list)?: list.values += values
    // What a class of the user's own would have been given.
    case .object?: break
    default: throw failure("values for no list")
    }
  }

  private mutating func set(_ pairs: [PickleValue]) throws(FileFailure) {
    guard pairs.count % 2 == 0 else { throw failure("a key without a value") }
    let dictionary: PickleDictionary
    switch stack.last {
    case .dictionary(let own)?: dictionary = own
    case .object?: return
    default: throw failure("entries for no dictionary")
    }
    for place in stride(from: 0, to: pairs.count, by: 2) {
      dictionary.entries.append((pairs[place], pairs[place + 1]))
    }
  }

  private mutating func remember(_ number: Int) throws(FileFailure) {
    guard let value = stack.last else { throw failure("a value is missing") }
    memo[number] = value
  }

  private mutating func recall(_ number: Int) throws(FileFailure) {
    guard let value = memo[number] else { throw failure("no value has the number \(number)") }
    stack.append(value)
  }

  /// A call of a name with arguments: of an ordered dictionary an empty one is made, of everything else it is noted.
  private mutating func note() throws(FileFailure) {
    let arguments = try pop().tuple ?? []
    guard case .global(let module, let name) = try pop() else {
      throw failure("a call of what has no name")
    }
    if module == "collections", name == "OrderedDict" {
      stack.append(.dictionary(PickleDictionary()))
    } else {
      stack.append(.object(PickleObject(module, name, arguments)))
    }
  }
}
