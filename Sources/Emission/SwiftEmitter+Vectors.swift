import NNCAlgebra

/// The names of functions over vectors; each has an overload for every width.
let swiftVectorHelperNames =
  ["transposeMatrix", "weave", "storeLanes", "laneMagnitudes", "laneSum", "laneProduct"]
  + [2, 4, 8, 16].flatMap { ["loadLanes\($0)", "evenLanes\($0)", "oddLanes\($0)"] }
  + LaneSums.all.map(\.name)

extension SwiftEmitter {
  /// The small functions on vectors that code with those words uses.
  func vectorHelpers(_ words: Words) -> [String] {
    guard let vectors = dialect.vectors else { return [] }
    var widths: [Int] = []
    var width = 2
    while width <= dialect.widest {
      if words.contains("SIMD\(width)") || !widths.isEmpty {
        widths.append(width)
      }
      width *= 2
    }
    let grouped = LaneSums.all.filter { words.contains($0.name) }
    var words = words
    for sums in grouped { words.add(sums.lines(real, bytes: dialect.precision.bytes)) }
    // Sums use those of smaller widths.
    if words.contains("laneSum") || words.contains("laneProduct") {
      let widest = widths.last ?? 2
      widths = [2, 4, 8, 16].filter { $0 <= widest }
    }
    var lines: [String] = []
    for width in widths {
      let v = vectors.type(.real, width)
      func function(_ comment: String, _ head: String, _ body: [String]) {
        lines += ["/// \(comment)", "@inline(__always)", "private static func \(head) {"]
        lines += body.map { "  " + $0 } + ["}", ""]
      }
      if words.contains("loadLanes\(width)") {
        function(
          "\(width) numbers, the first of them there.",
          "loadLanes\(width)(_ p: UnsafePointer<\(real)>) -> \(v)",
          ["UnsafeRawPointer(p).loadUnaligned(as: \(v).self)"])
      }
      for (name, which) in [("even", "first"), ("odd", "second")]
      where words.contains("\(name)Lanes\(width)") {
        function(
          "The \(which) numbers of \(width) pairs.",
          "\(name)Lanes\(width)(_ p: UnsafePointer<\(real)>) -> \(v)",
          width == 2
            ? [name == "even" ? "\(v)(p[0], p[2])" : "\(v)(p[1], p[3])"]
            : [
              "let low = UnsafeRawPointer(p).loadUnaligned(as: \(v).self)",
              "let high = UnsafeRawPointer(p + \(width)).loadUnaligned(as: \(v).self)",
              "return \(v)(lowHalf: low.\(name)Half, highHalf: high.\(name)Half)",
            ])
      }
      if words.contains("storeLanes") {
        function(
          "Writes \(width) numbers, the first of them there.",
          "storeLanes(_ v: \(v), _ p: UnsafeMutablePointer<\(real)>)",
          ["UnsafeMutableRawPointer(p).storeBytes(of: v, as: \(v).self)"])
      }
      if words.contains("laneMagnitudes") {
        let bits = vectors.type(.bits, width)
        let sign = UInt64(1) << (dialect.precision.bytes * 8 - 1)
        function(
          "The numbers without their signs.", "laneMagnitudes(_ x: \(v)) -> \(v)",
          [
            "let bits = unsafeBitCast(x, to: \(bits).self) & \(dialect.bits(sign - 1, small: false))",
            "return unsafeBitCast(bits, to: \(v).self)",
          ])
      }
      for (name, sign) in [("laneSum", "+"), ("laneProduct", "*")] where words.contains("\(name)") {
        function(
          "The \(sign == "+" ? "sum" : "product") of the lanes, by halves.",
          "\(name)(_ v: \(v)) -> \(real)",
          [width == 2 ? "v[0] \(sign) v[1]" : "\(name)(v.lowHalf \(sign) v.highHalf)"])
      }
    }
    return lines + grouped.flatMap { $0.lines(real, bytes: dialect.precision.bytes) }
  }
}
