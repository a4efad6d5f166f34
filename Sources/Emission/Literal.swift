import NNCAlgebra

/// Spells numbers so that they read back exactly.
enum Literal {
  /// The number rounded to the precision.
  static func rounded(_ value: Double, _ precision: Precision) -> Double {
    precision == .f64 ? value : Double(Float(value))
  }

  /// The shortest decimal that reads back as the number; the number is finite.
  static func decimal(_ value: Double, _ precision: Precision) -> String {
    precision == .f64 ? value.description : Float(value).description
  }

  /// The number as hexadecimal significand and binary exponent, exactly; it is finite.
  static func hexadecimal(_ value: Double) -> String {
    if value == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
    let sign = value < 0 ? "-" : ""
    // The significand as 1.f with 52 bits of fraction; subnormal numbers have one too.
    let significand = value.magnitude.significand.significandBitPattern
    var digits = String(significand, radix: 16)
    digits = String(repeating: "0", count: 13 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)0x1\(digits.isEmpty ? "" : "." + digits)p\(value.exponent)"
  }

  /// Whether a reader that rounds a decimal to 64 bits first, and then to the precision, gets the number.
  ///
  /// The Swift compiler reads so on x86. It goes wrong where the decimal D·10ᴱ lies next to the middle between two
  /// numbers. The distance to the number v is found exactly: with P = v·10⁻ᴱ + e (fused), D − v·10⁻ᴱ = (D − P) − e.
  /// Where that is not possible in binary64 the answer is no.
  static func survivesDoubleRounding(_ value: Double, _ precision: Precision) -> Bool {
    if value == 0 { return true }
    let magnitude = value.magnitude
    if precision == .f32 {
      guard let read = Double(decimal(magnitude, .f32)) else { return false }
      let ulp = Double(Float(magnitude).ulp)
      return Float(magnitude).isNormal && (read - magnitude).magnitude < (0.5 - 0x1p-20) * ulp
    }
    guard magnitude.isNormal, let (digits, exponent) = scan(magnitude.description),
      exponent.magnitude <= 22, digits < 1 << 62
    else { return false }
    let power = powerOfTen(Int(exponent.magnitude))
    let high = Double(digits & ~0xFFFF_FFFF)
    let low = Double(digits & 0xFFFF_FFFF)
    var distance: Double
    if exponent <= 0 {
      let product = magnitude * power
      let rest = (-product).addingProduct(magnitude, power)
      distance = ((high - product) + low - rest) / power
    } else {
      guard digits < 1 << 53 else { return false }
      let product = Double(digits) * power
      let rest = (-product).addingProduct(Double(digits), power)
      distance = (product - magnitude) + rest
    }
    distance = distance.magnitude
    return distance < (0.5 - 0x1p-8) * magnitude.ulp
  }

  /// The digits of a decimal as a whole number, and the power of ten that it is multiplied by.
  private static func scan(_ text: String) -> (digits: UInt64, exponent: Int)? {
    let parts = text.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    var digits = ""
    var isFraction = false
    for character in parts[0] {
      if character == "." {
        isFraction = true
      } else {
        digits.append(character)
        if isFraction { exponent -= 1 }
      }
    }
    while digits.count > 1, digits.last == "0" {
      digits.removeLast()
      exponent += 1
    }
    guard let whole = UInt64(digits) else { return nil }
    return (whole, exponent)
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}
