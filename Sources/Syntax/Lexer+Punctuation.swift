/// The punctuation that begins with these bytes, and its length.
func punctuation(_ first: UInt8, _ second: UInt8) -> (TokenKind, Int)? {
  let isEqual = second == UInt8(ascii: "=")
  switch first {
  case UInt8(ascii: ";"): return (.semicolon, 1)
  case UInt8(ascii: "("): return (.openParenthesis, 1)
  case UInt8(ascii: ")"): return (.closeParenthesis, 1)
  case UInt8(ascii: "["): return (.openBracket, 1)
  case UInt8(ascii: "]"): return (.closeBracket, 1)
  case UInt8(ascii: "{"): return (.openBrace, 1)
  case UInt8(ascii: "}"): return (.closeBrace, 1)
  case UInt8(ascii: ","): return (.comma, 1)
  case UInt8(ascii: ":"): return (.colon, 1)
  case UInt8(ascii: "+"): return (.plus, 1)
  case UInt8(ascii: "-"): return second == UInt8(ascii: ">") ? (.arrow, 2) : (.minus, 1)
  case UInt8(ascii: "*"): return second == UInt8(ascii: "*") ? nil : (.times, 1)
  case UInt8(ascii: "/"): return (.divide, 1)
  case UInt8(ascii: "@"): return (.at, 1)
  case UInt8(ascii: "^"): return (.power, 1)
  case UInt8(ascii: "<"): return isEqual ? (.lessOrEqual, 2) : (.less, 1)
  case UInt8(ascii: ">"): return isEqual ? (.greaterOrEqual, 2) : (.greater, 1)
  case UInt8(ascii: "="): return isEqual ? (.equal, 2) : (.assign, 1)
  case UInt8(ascii: "!"): return isEqual ? (.notEqual, 2) : nil
  default: return nil
  }
}

extension UInt8 {
  /// Whether it is one of `0` to `9`.
  var isDigit: Bool { self &- 0x30 < 10 }

  /// Whether it is a letter of ASCII or `_`.
  var isNameStart: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }
}
