/// Swift functions that combine the lanes of each of several vectors that lie in memory.
///
/// The work is done by a loop over addresses in a function that is not inlined. Where the compiler sees the vectors that
/// neighbouring sums come from, or how many sums there are, it turns what computes them across the vectors, whose numbers
/// then have to be brought there one by one; and it passes vectors in pieces of 16 bytes, in which it then computes.
struct LaneSums {
  let isSum: Bool
  let width: Int

  /// All that there may be.
  static let all = [true, false].flatMap { isSum in
    [2, 4, 8, 16].map { LaneSums(isSum: isSum, width: $0) }
  }

  var name: String { "lane\(isSum ? "Sums" : "Products")Of\(width)" }

  /// The functions' lines; `real` is the type of a lane, of so many bytes. Halves are combined in pieces of 16 bytes.
  func lines(_ real: String, bytes: Int) -> [String] {
    let sign = isSum ? "+" : "*"
    let piece = min(width, 16 / bytes)
    let type = "SIMD\(piece)<\(real)>"
    var pieces = (0..<width / piece).map { $0 == 0 ? "p" : "(p + \(16 * $0))" }
      .map { "\($0).load(as: \(type).self)" }
    var lines = [
      "/// The \(isSum ? "sum" : "product") of the lanes of each of so many vectors, by halves.",
      "@inline(__always)",
      "private static func \(name)(",
      "  _ vectors: UnsafeRawPointer, _ count: Int, _ results: UnsafeMutableRawPointer", ") {",
      "  \(name)(from: vectors, to: vectors + \(width * bytes) * count, results)", "}", "",
      "/// It is called, and counts by addresses, so that it stays a loop.",
      "@inline(never)",
      "private static func \(name)(",
      "  from vectors: UnsafeRawPointer, to end: UnsafeRawPointer, _ results: UnsafeMutableRawPointer",
      ") {",
      "  var p = vectors", "  var result = results", "  repeat {",
    ]
    var letters = ["a", "b", "c", "d"].makeIterator()
    while pieces.count > 2 {
      let half = pieces.count / 2
      for index in 0..<half {
        let letter = letters.next()!
        lines.append("    let \(letter) = \(pieces[index]) \(sign) \(pieces[index + half])")
        pieces[index] = letter
      }
      pieces.removeLast(half)
    }
    let lanes = pieces.joined(separator: " \(sign) ")
    let value = "lane\(isSum ? "Sum" : "Product")(\(lanes))"
    return lines + [
      "    result.storeBytes(of: \(value), as: \(real).self)", "    p += \(width * bytes)",
      "    result += \(bytes)", "  } while p != end", "}", "",
    ]
  }
}
