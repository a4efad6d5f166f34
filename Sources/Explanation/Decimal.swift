/// Numbers for people: rounded to digits that count, without a platform's formatting.
public enum Decimal {
  /// `value` rounded to `count` digits that count, as short as that allows: `0.7514`, `1.2e-07`, `12`.
  public static func significant(_ value: Double, _ count: Int) -> String {
    guard let number = Digits(value) else { return plain(value) }
    return number.rounded(keeping: count).text
  }

  /// `value` rounded to `count` digits after the point, all of them written: `0.0004`.
  public static func fixed(_ value: Double, _ count: Int) -> String {
    guard let number = Digits(value) else {
      return value.isFinite ? "0." + String(repeating: "0", count: count) : plain(value)
    }
    return number.rounded(keeping: number.point + count).fixed(count)
  }

  /// The shortest text that reads back as `value`, with zeros behind it up to `count` digits that count and without an
  /// exponent: `0.15000`.
  public static func padded(_ value: Double, _ count: Int) -> String {
    guard let number = Digits(value) else { return fixed(value, count) }
    return number.fixed(max(0, count - number.point))
  }

  private static func plain(_ value: Double) -> String {
    value.isNaN ? "nan" : value == 0 ? "0" : value < 0 ? "-inf" : "inf"
  }
}

/// The digits of a number, the point before digit `point`: 0.d₁d₂… · 10^point.
private struct Digits {
  var isNegative: Bool
  var digits: [UInt8]
  var point: Int

  /// Reads the shortest text that reads back as `value`; nil for 0 and what is not finite.
  init?(_ value: Double) {
    guard value.isFinite, value != 0 else { return nil }
    isNegative = value < 0
    digits = []
    point = 0
    var exponent = 0
    var hasPoint = false
    let parts = value.magnitude.description.split(separator: "e")
    for character in parts[0].utf8 {
      if character == UInt8(ascii: ".") {
        hasPoint = true
      } else {
        digits.append(character - UInt8(ascii: "0"))
        if !hasPoint { point += 1 }
      }
    }
    if parts.count == 2 { exponent = Int(parts[1]) ?? 0 }
    point += exponent
    while digits.first == 0 {
      digits.removeFirst()
      point -= 1
    }
    while digits.last == 0 { digits.removeLast() }
  }

  /// The nearest number of at most `count` digits, halves away from zero.
  func rounded(keeping count: Int) -> Digits {
    var result = self
    guard count < digits.count else { return result }
    if count < 0 {
      result.digits = []
      return result
    }
    let goesUp = digits[count] >= 5
    result.digits.removeSubrange(count...)
    if goesUp {
      var place = count - 1
      while place >= 0, result.digits[place] == 9 {
        result.digits[place] = 0
        place -= 1
      }
      if place >= 0 {
        result.digits[place] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.point += 1
      }
    }
    while result.digits.last == 0 { result.digits.removeLast() }
    return result
  }

  /// As short as it can be written; with an exponent where many zeros would stand.
  var text: String {
    if digits.isEmpty { return "0" }
    let sign = isNegative ? "-" : ""
    let all = digits.map(String.init).joined()
    if point > 15 || point < -4 {
      let rest = all.dropFirst()
      let power = point - 1
      let two = power.magnitude < 10 ? "0\(power.magnitude)" : "\(power.magnitude)"
      return "\(sign)\(all.first!)\(rest.isEmpty ? "" : "." + rest)e\(power < 0 ? "-" : "+")\(two)"
    }
    if point <= 0 { return "\(sign)0.\(String(repeating: "0", count: -point))\(all)" }
    if point >= all.count { return sign + all + String(repeating: "0", count: point - all.count) }
    return "\(sign)\(all.prefix(point)).\(all.dropFirst(point))"
  }

  /// With `count` digits after the point.
  func fixed(_ count: Int) -> String {
    let all = digits.map(String.init).joined()
    let whole = point > 0 ? all.prefix(point) : ""
    let zeros = String(repeating: "0", count: max(0, point - all.count))
    var fraction = point > 0 ? String(all.dropFirst(point)) : all
    if point < 0 { fraction = String(repeating: "0", count: min(count, -point)) + fraction }
    fraction = String(fraction.prefix(count))
    fraction += String(repeating: "0", count: count - fraction.count)
    let isZero = !whole.contains { $0 != "0" } && !fraction.contains { $0 != "0" }
    let text = (whole.isEmpty ? "0" : String(whole) + zeros) + (count > 0 ? "." + fraction : "")
    return isNegative && !isZero ? "-" + text : text
  }
}
