#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// What a text that should be a decimal number is.
public enum DecimalNumber: Hashable, Sendable {
  /// The nearest binary64 number.
  case finite(Double)
  /// A word that says that there is none: nothing at all, `NA`, `NaN`, `?`, `null`.
  case missing
  /// `inf`, or more than binary64 can hold.
  case infinite
  /// Anything else.
  case text

  /// Reads a number: `-1`, `.5`, `1e-3`; blanks around it do not count.
  ///
  /// A mantissa below 2⁵³ times or by a power of ten up to 10²² is rounded once and so is exact (W. Clinger, How to
  /// Read Floating Point Numbers Accurately, 1990). One of up to 18 digits over a power of ten up to 10¹⁹, such as 17
  /// digits behind a point, is divided in whole numbers and rounded once; all others are left to `strtod`.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    if let whole = Self.whole(bytes) {
      self = .finite(Double(whole))
      return
    }
    var start = 0
    var end = bytes.count
    while start < end, Self.isBlank(bytes[start]) { start += 1 }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    self = Self.trimmed(UnsafeBufferPointer(rebasing: bytes[start..<end]))
  }

  /// Reads a number.
  public init(_ text: some StringProtocol) {
    var text = String(text)
    self = text.withUTF8 { Self($0) }
  }

  /// The number that nothing but up to 15 digits says, as most fields of a table of whole numbers are.
  @inline(__always)
  private static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard bytes.count <= 15, let first = bytes.baseAddress, bytes.count > 0 else { return nil }
    var value: Int64 = 0
    for place in 0..<bytes.count {
      let digit = first[place] &- 0x30
      if digit > 9 { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return value
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> DecimalNumber {
    var place = 0
    let isNegative = bytes.first == 0x2D
    if isNegative || bytes.first == 0x2B { place = 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    var isExact = true
    while place < bytes.count, isDigit(bytes[place]) {
      add(bytes[place], &mantissa, &isExact)
      digits += 1
      place += 1
    }
    if place < bytes.count, bytes[place] == 0x2E {
      place += 1
      while place < bytes.count, isDigit(bytes[place]) {
        add(bytes[place], &mantissa, &isExact)
        digits += 1
        exponent -= 1
        place += 1
      }
    }
    if digits == 0 { return word(bytes) }
    if place < bytes.count, bytes[place] | 0x20 == 0x65 {
      place += 1
      var sign = 1
      if place < bytes.count, bytes[place] == 0x2D || bytes[place] == 0x2B {
        sign = bytes[place] == 0x2D ? -1 : 1
        place += 1
      }
      guard place < bytes.count else { return .text }
      var written = 0
      while place < bytes.count, isDigit(bytes[place]) {
        written = min(written * 10 + Int(bytes[place] - 0x30), 1_000_000)
        place += 1
      }
      exponent += sign * written
    }
    guard place == bytes.count else { return word(bytes) }
    if isExact, mantissa < 1 << 53, exponent.magnitude <= 22 {
      let power = powers[Int(exponent.magnitude)]
      let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
      return .finite(isNegative ? -value : value)
    }
    if isExact, mantissa > 0, (-19..<0).contains(exponent) {
      let value = quotient(mantissa, wholePowers[-exponent])
      return .finite(isNegative ? -value : value)
    }
    return rounded(bytes)
  }

  /// The binary64 number nearest to a quotient of whole numbers, neither of which is 0, ties to even.
  ///
  /// Both are shifted until their first bits are set, n = m · 2ᵘ and d = D · 2ᵛ. Then q = ⌊n · 2⁶³ / d⌋ has 63 or 64
  /// bits, more than are kept; of all behind them only whether it is zero matters, which goes into the last. The
  /// nearest number to it is scaled by 2ᵛ⁻ᵘ⁻⁶³, which is exact.
  private static func quotient(_ mantissa: UInt64, _ divisor: UInt64) -> Double {
    let (up, down) = (mantissa.leadingZeroBitCount, divisor.leadingZeroBitCount)
    let (numerator, denominator) = (mantissa << up, divisor << down)
    let (whole, rest) = denominator.dividingFullWidth((numerator >> 1, numerator << 63))
    let nearest = Double(rest == 0 ? whole : whole | 1)
    return nearest * Double(bitPattern: UInt64(1023 + down - up - 63) << 52)
  }

  private static let wholePowers: [UInt64] = (0...19).reduce(into: []) { powers, _ in
    powers.append((powers.last ?? 0) == 0 ? 1 : powers.last! * 10)
  }

  private static func add(_ digit: UInt8, _ mantissa: inout UInt64, _ isExact: inout Bool) {
    if mantissa >= 1 << 59 {
      isExact = false
    } else {
      mantissa = mantissa * 10 + UInt64(digit - 0x30)
    }
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  private static func rounded(_ bytes: UnsafeBufferPointer<UInt8>) -> DecimalNumber {
    let text = bytes.map { CChar(bitPattern: $0) } + [0]
    let value = strtod(text, nil)
    return value.isFinite ? .finite(value) : .infinite
  }

  private static func word(_ bytes: UnsafeBufferPointer<UInt8>) -> DecimalNumber {
    if bytes.isEmpty { return .missing }
    guard bytes.count <= 9 else { return .text }
    switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "na", "n/a", "nan", "-nan", "+nan", "null", "none", "nil", "?", "missing": return .missing
    case "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity": return .infinite
    default: return .text
    }
  }
}
