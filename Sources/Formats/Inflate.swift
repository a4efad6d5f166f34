/// Inflates DEFLATE data, a piece at a time: memory is bounded whatever the data says.
///
/// Source: P. Deutsch, RFC 1951. Codes are decoded by length: of each length the first code and the place of its first
/// symbol are known, as the codes of a length are consecutive numbers (section 3.2.2).
struct Inflate {
  /// What is wrong with the data.
  struct Problem: Error { let text: String }

  /// Where the next byte of the compressed data is read.
  private(set) var input: ByteCursor
  /// What was made: the last 32 KiB at least, which later data may repeat.
  private var window: [UInt8] = []
  /// The part of `window` that has not been handed on yet begins here.
  private var fresh = 0
  private var bits: UInt64 = 0
  private var bitCount = 0

  /// Begins at a cursor's place.
  init(_ input: ByteCursor) { self.input = input }

  /// Inflates up to the end of the data, and hands each piece to `sink`.
  mutating func run(
    _ sink: (ArraySlice<UInt8>) throws(FileFailure) -> Void
  ) throws(InflateFailure) {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try stored(sink)
      case 1: try compressed(Self.fixedLiterals, Self.fixedDistances, sink)
      case 2:
        let (literals, distances) = try tables()
        try compressed(literals, distances, sink)
      default: throw .problem("a block of an unknown kind")
      }
    }
    try hand(on: sink, all: true)
    // Whole bytes that were looked at, but not used, are given back.
    input.back(bitCount / 8)
    bitCount = 0
  }

  private mutating func need(_ count: Int) throws(InflateFailure) {
    while bitCount < count {
      guard let byte = try next() else { throw .problem("it is cut short") }
      bits |= UInt64(byte) << UInt64(bitCount)
      bitCount += 8
    }
  }

  private mutating func next() throws(InflateFailure) -> UInt8? {
    do throws(FileFailure) {
      return try input.next()
    } catch {
      throw .file(error)
    }
  }

  private mutating func take(_ count: Int) throws(InflateFailure) -> Int {
    try need(count)
    let value = Int(bits & (1 << UInt64(count) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  private mutating func emit(
    _ byte: UInt8, _ sink: (ArraySlice<UInt8>) throws(FileFailure) -> Void
  ) throws(InflateFailure) {
    window.append(byte)
    if window.count >= 1 << 17 { try hand(on: sink, all: false) }
  }

  /// Hands on what is fresh and forgets what lies further back than data may reach.
  private mutating func hand(
    on sink: (ArraySlice<UInt8>) throws(FileFailure) -> Void, all: Bool
  ) throws(InflateFailure) {
    do throws(FileFailure) {
      try sink(window[fresh...])
    } catch {
      throw .file(error)
    }
    window.removeFirst(max(0, window.count - 1 << 15))
    fresh = window.count
  }

  /// A block of plain bytes: their number, its complement, the bytes.
  private mutating func stored(
    _ sink: (ArraySlice<UInt8>) throws(FileFailure) -> Void
  ) throws(InflateFailure) {
    _ = try take(bitCount % 8)
    let count = try take(16)
    guard try take(16) == count ^ 0xFFFF else { throw .problem("a block's length is wrong") }
    for _ in 0..<count { try emit(UInt8(try take(8)), sink) }
  }

  private mutating func symbol(_ code: PrefixCode) throws(InflateFailure) -> Int {
    // Near the end of the data there may be fewer bits than the longest code has.
    while bitCount < PrefixCode.fastBits, let byte = try next() {
      bits |= UInt64(byte) << UInt64(bitCount)
      bitCount += 8
    }
    let (fastSymbol, fastLength) = code.fast[Int(bits & UInt64(PrefixCode.fastMask))]
    if fastLength > 0, Int(fastLength) <= bitCount {
      bits >>= UInt64(fastLength)
      bitCount -= Int(fastLength)
      return Int(fastSymbol)
    }
    var value = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      value |= try take(1)
      let count = code.counts[length]
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw .problem("a code that stands for nothing")
  }

  /// Lengths and distances: the least of each code and its number of further bits (RFC 1951, section 3.2.5).
  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]

  private mutating func compressed(
    _ literals: PrefixCode, _ distances: PrefixCode,
    _ sink: (ArraySlice<UInt8>) throws(FileFailure) -> Void
  ) throws(InflateFailure) {
    while true {
      let symbol = try symbol(literals)
      if symbol < 256 {
        try emit(UInt8(symbol), sink)
        continue
      }
      if symbol == 256 { return }
      guard symbol - 257 < Self.lengthBases.count else { throw .problem("an unknown length") }
      let length =
        Self.lengthBases[symbol - 257] + (try take(Self.lengthBits[symbol - 257]))
      let code = try self.symbol(distances)
      guard code < Self.distanceBases.count else { throw .problem("an unknown distance") }
      let distance = Self.distanceBases[code] + (try take(Self.distanceBits[code]))
      guard distance <= window.count else { throw .problem("a distance before the beginning") }
      for _ in 0..<length { try emit(window[window.count - distance], sink) }
    }
  }

  private static let fixedLiterals = PrefixCode(
    (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })!
  private static let fixedDistances = PrefixCode([Int](repeating: 5, count: 30))!

  /// Reads the codes of a block (RFC 1951, section 3.2.7).
  private mutating func tables() throws(InflateFailure) -> (PrefixCode, PrefixCode) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let lengthCount = try take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw .problem("too many codes") }
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var lengths = [Int](repeating: 0, count: 19)
    for place in order.prefix(lengthCount) { lengths[place] = try take(3) }
    guard let code = PrefixCode(lengths) else { throw .problem("codes that overlap") }
    var all: [Int] = []
    while all.count < literalCount + distanceCount {
      let symbol = try symbol(code)
      switch symbol {
      case ..<16: all.append(symbol)
      case 16:
        guard let last = all.last else { throw .problem("a repetition of nothing") }
        all += [Int](repeating: last, count: 3 + (try take(2)))
      case 17: all += [Int](repeating: 0, count: 3 + (try take(3)))
      default: all += [Int](repeating: 0, count: 11 + (try take(7)))
      }
    }
    guard all.count == literalCount + distanceCount, all[256] != 0,
      let literals = PrefixCode(Array(all[..<literalCount])),
      let distances = PrefixCode(Array(all[literalCount...]))
    else { throw .problem("wrong codes") }
    return (literals, distances)
  }
}

/// Why data could not be inflated.
enum InflateFailure: Error {
  /// The data is wrong.
  case problem(String)
  /// It could not be read or what it holds could not be kept.
  case file(FileFailure)
}

/// A code in which shorter sequences of bits stand for more frequent symbols.
struct PrefixCode {
  /// How many codes there are of each length.
  let counts: [Int]
  /// The symbols in the order of their codes.
  let symbols: [Int]
  /// The symbol and length of the code that some bits begin with; a length of 0 for longer codes.
  let fast: [(symbol: UInt16, length: UInt8)]

  static let fastBits = 9
  static let fastMask = 1 << fastBits - 1

  /// The code in which each symbol has a code of that length, 0 for none; nil where there cannot be so many.
  init?(_ lengths: [Int]) {
    var counts = [Int](repeating: 0, count: 16)
    for length in lengths { counts[length] += 1 }
    counts[0] = 0
    var left = 1
    for length in 1...15 {
      left = left << 1 - counts[length]
      if left < 0 { return nil }
    }
    var starts = [Int](repeating: 0, count: 16)
    var codes = [Int](repeating: 0, count: 16)
    for length in 1..<15 {
      starts[length + 1] = starts[length] + counts[length]
      codes[length + 1] = (codes[length] + counts[length]) << 1
    }
    var symbols = [Int](repeating: 0, count: lengths.count { $0 > 0 })
    var fast = [(symbol: UInt16, length: UInt8)](repeating: (0, 0), count: 1 << Self.fastBits)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      symbols[starts[length]] = symbol
      starts[length] += 1
      // The bits of a code stand in the data from its first on, the first in the lowest place.
      var reversed = 0
      for bit in 0..<length where codes[length] >> bit & 1 == 1 {
        reversed |= 1 << (length - 1 - bit)
      }
      codes[length] += 1
      if length > Self.fastBits { continue }
      for place in stride(from: reversed, to: fast.count, by: 1 << length) {
        fast[place] = (UInt16(symbol), UInt8(length))
      }
    }
    self.counts = counts
    self.symbols = symbols
    self.fast = fast
  }
}
