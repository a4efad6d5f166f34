#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import NNC

/// How many digits of a number are shown.
enum Digits: Equatable, Sendable {
  /// As many as are needed to read it back exactly.
  case full
  /// At most so many that count.
  case significant(Int)

  /// What is shown unless the user asks for more.
  static let readable = Digits.significant(6)

  /// The number's text.
  func text(_ value: Double) -> String {
    let whole = shortest(value)
    guard case .significant(let count) = self, value.isFinite else { return whole }
    let short = formatted(value, count)
    return short.count < whole.count ? short : whole
  }

  /// The tensor's text.
  func text(_ value: Tensor) -> String { value.text { text($0) } }

  private func formatted(_ value: Double, _ count: Int) -> String {
    printed("%.*g", count, value)
  }
}

/// A number with so many digits behind the point.
func fixed(_ value: Double, _ digits: Int) -> String { printed("%.*f", digits, value) }

private func printed(_ format: String, _ digits: Int, _ value: Double) -> String {
  var buffer = [CChar](repeating: 0, count: 400)
  let written = withVaList([Int32(digits), value]) {
    vsnprintf(&buffer, buffer.count, format, $0)
  }
  return String(
    decoding: buffer.prefix(Int(written)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// The numbers of a text such as `0.05,0.10` or `[[0, 1], [1, 0]]`, in order; nil if it is anything else.
func numbers(in text: String) -> [Double]? {
  let separators: Set<Character> = [",", " ", "[", "]", "\n", "\t"]
  var result: [Double] = []
  for word in text.split(whereSeparator: { separators.contains($0) }) {
    guard let value = Double(word), value.isFinite else { return nil }
    result.append(value)
  }
  return result.isEmpty ? nil : result
}
