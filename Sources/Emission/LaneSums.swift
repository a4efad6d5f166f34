/// A Swift function that combines the lanes of one of several vectors that lie in memory.
///
/// It is not inlined, and is given its vector by address. Where the compiler sees that neighbouring sums are stored side
/// by side, it turns the loop before them across the vectors, whose numbers then have to be brought there one by one; and
/// it passes vectors in pieces of 16 bytes, in which it then computes.
struct LaneSums {
  let isSum: Bool
  let width: Int

  /// All that there may be.
  static let all = [true, false].flatMap { isSum in
    [2, 4, 8, 16].map { LaneSums(isSum: isSum, width: $0) }
  }

  var name: String { "lane\(isSum ? "Sum" : "Product")Of\(width)" }

  /// The function's lines; `real` is the type of a lane, of so many bytes. Halves are combined in pieces of 16 bytes.
  func lines(_ real: String, bytes: Int) -> [String] {
    let sign = isSum ? "+" : "*"
    let piece = min(width, 16 / bytes)
    let type = "SIMD\(piece)<\(real)>"
    var pieces = (0..<width / piece).map { $0 == 0 ? "p" : "(p + \(16 * $0))" }
      .map { "\($0).load(as: \(type).self)" }
    var lines = [
      "/// The \(isSum ? "sum" : "product") of the lanes of one of several vectors, by halves.",
      "@inline(never)",
      "private static func \(name)(_ vectors: UnsafeRawPointer, _ place: Int) -> \(real) {",
      "  let p = vectors + \(width * bytes) * place",
    ]
    var letters = ["a", "b", "c", "d"].makeIterator()
    while pieces.count > 2 {
      let half = pieces.count / 2
      for index in 0..<half {
        let letter = letters.next()!
        lines.append("  let \(letter) = \(pieces[index]) \(sign) \(pieces[index + half])")
        pieces[index] = letter
      }
      pieces.removeLast(half)
    }
    let rest = pieces.joined(separator: " \(sign) ")
    return lines + ["  return lane\(isSum ? "Sum" : "Product")(\(rest))", "}", ""]
  }
}
