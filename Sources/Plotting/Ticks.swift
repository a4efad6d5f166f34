#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where an axis has its ticks, and what stands beside them.
struct Ticks {
  /// The values, in rising order.
  let values: [Double]
  /// The text beside each value; empty for a tick without text.
  let labels: [String]

  /// About `count` ticks at 1, 2 or 5 times a power of ten within a range; at whole numbers alone if `whole`.
  ///
  /// P. Heckbert, "Nice Numbers for Graph Labels", Graphics Gems (1990).
  init(linear range: ClosedRange<Double>, count: Int, whole: Bool = false) {
    let rough = (range.upperBound - range.lowerBound) / Double(max(1, count))
    let power = pow(10, floor(log10(rough)))
    let fraction = rough / power
    let nice = fraction < 1.5 ? 1.0 : fraction < 3.5 ? 2 : fraction < 7.5 ? 5 : 10
    let step = whole ? max(1, nice * power) : nice * power
    // Half a hair beyond both ends, so that rounding loses no tick.
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    values = first <= last ? stride(from: first, through: last, by: 1).map { $0 * step } : []
    let decimals = max(0, Int(-floor(log10(step) + 1e-9)))
    labels = values.map { Self.text($0, decimals: decimals) }
  }

  /// Ticks at powers of ten, and at 2 and 5 times those where there are few.
  init(logarithmic range: ClosedRange<Double>) {
    let low = Int(floor(log10(range.lowerBound) - 1e-9))
    let high = Int(ceil(log10(range.upperBound) + 1e-9))
    let stride = max(1, (high - low) / 8)
    var values: [Double] = []
    var labels: [String] = []
    for exponent in low...high {
      for factor in [1.0, 2, 5] {
        let value = Double("\(Int(factor))e\(exponent)")!
        let slack = 1 + 1e-9
        guard value >= range.lowerBound / slack, value <= range.upperBound * slack else { continue }
        if factor == 1 ? exponent % stride != 0 : stride > 1 { continue }
        values.append(value)
        let isNamed = factor == 1 || high - low <= 3
        labels.append(isNamed ? Self.text(value, decimals: max(0, -exponent)) : "")
      }
    }
    self.values = values
    self.labels = labels
  }

  /// A number with so many decimals; very large and very small ones by their power of ten.
  static func text(_ value: Double, decimals: Int) -> String {
    if value == 0 { return "0" }
    let size = abs(value)
    if size >= 1e6 || decimals > 5 {
      var exponent = Int(floor(log10(size) + 1e-9))
      var digits = value / pow(10, Double(exponent))
      if abs(digits) >= 9.9995 { (digits, exponent) = (digits / 10, exponent + 1) }
      let head = trimmed(fixed(digits, 3))
      return (head == "1" ? "" : head == "-1" ? "−" : head.replacing("-", with: "−") + "·")
        + "10" + superscript(exponent)
    }
    return fixed(value, decimals).replacing("-", with: "−")
  }

  private static func superscript(_ number: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let body = String(String(abs(number)).map { digits[$0.wholeNumberValue!] })
    return (number < 0 ? "⁻" : "") + body
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}

/// A number with exactly so many decimals, rounded half away from zero.
func fixed(_ value: Double, _ decimals: Int) -> String {
  let scale = pow(10, Double(decimals))
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 1e15 else { return "\(value)" }
  var digits = "\(Int(scaled))"
  let sign = value < 0 && scaled > 0 ? "-" : ""
  if decimals == 0 { return sign + digits }
  while digits.count <= decimals { digits = "0" + digits }
  let place = digits.index(digits.endIndex, offsetBy: -decimals)
  return sign + digits[..<place] + "." + digits[place...]
}
