import NNCAlgebra
import NNCProgram

extension SwiftEmitter {
  /// The function that sets the initial values of a large network.
  var initialText: [String] {
    var list: [String] = []
    if parameters.count > 0 { list.append("_ p: inout MutableSpan<\(real)>") }
    if state.count > 0 { list.append("state s: inout MutableSpan<\(real)>") }
    if list.isEmpty { return [] }
    var body: [String] = []
    var before: [String] = []
    for (block, base, count) in [(parameters, "p", "parameterCount"), (state, "s", "stateCount")]
    where block.count > 0 {
      body += filled(block, base, count, &before)
    }
    if Words(body + before).contains("uniform") { before += uniformText }
    return [
      "/// Sets the initial values.",
      "public static func initialize(\(list.joined(separator: ", "))) {",
    ]
      + body + ["}", ""] + before
  }

  /// The function that begins a stream of a large network.
  var startText: [String] {
    if stream.count == 0 { return [] }
    var before: [String] = []
    let body = filled(stream, "m", "streamCount", &before, byFunction: false)
    return ["/// Begins a sequence.\(program.streamAdvice)"]
      + ["public static func start(stream m: inout MutableSpan<\(real)>) {"] + body + ["}", ""]
      + before
  }

  /// The statements that set a block's initial values, and the constants and functions that they need.
  ///
  /// - Parameter byFunction: whether a function may set what begins as one value, which stands in the file once.
  private func filled(
    _ block: Block, _ base: String, _ count: String, _ before: inout [String],
    byFunction: Bool = true
  ) -> [String] {
    var body = [
      "  precondition(\(base).count == \(count), \"\(base) must have \(count) numbers\")"
    ]
    let usual = InitialText.usualFill(block)
    let rows = InitialText.rows(block, besides: usual)
    let calls = byFunction && InitialText.callsFill(rows)
    if let usual {
      body += ["  for i in 0..<\(count) {", "    \(base)[i] = \(dialect.real(usual))", "  }"]
    }
    if calls, !before.contains(fillText[0]) { before += fillText }
    let draws = byFunction && InitialText.callsUniform(rows)
    if draws, !before.contains(drawText[0]) { before += drawText }
    for row in rows {
      let range = "\(row.offset)..<\(row.end)"
      switch row.field.initial {
      case .fill(let value) where calls:
        body.append("  setAll(&\(base), \(range), \(dialect.real(value)))")
      case .fill(let value):
        body += ["  for i in \(range) {", "    \(base)[i] = \(dialect.real(value))", "  }"]
      case .literal(let values):
        let name = "initial" + row.name.prefix(1).uppercased() + row.name.dropFirst()
        before += constant(name, values)
        body += [
          "  for i in 0..<\(row.field.count) {", "    \(base)[\(row.offset) + i] = \(name)[i]",
          "  }",
        ]
      case .uniform(let bound, let seed, let stream) where draws:
        body.append(
          "  setUniform(&\(base), \(range), bound: \(SwiftDialect(precision: .f64).real(bound)), "
            + "seed: \(halves(seed)), stream: \(halves(stream)))")
      case .uniform(let bound, let seed, let stream):
        let limit = SwiftDialect(precision: .f64).real(bound)
        body += ["  for i in 0..<\(row.field.count) {"]
        body += [
          "    let value: Double = uniform(i, bound: \(limit), seed: \(halves(seed)), stream: \(halves(stream)))"
        ]
        body += ["    \(base)[\(row.offset) + i] = \(real)(value)", "  }"]
      }
    }
    return body
  }

  /// The lower and the upper half of a word.
  private func halves(_ word: UInt64) -> String { "(\(word & 0xFFFF_FFFF), \(word >> 32))" }

  private var fillText: [String] {
    [
      "/// Sets some of the numbers.",
      "private static func setAll(_ values: inout MutableSpan<\(real)>, _ range: Range<Int>, _ value: \(real)) {",
      "  for i in range {", "    values[i] = value", "  }", "}", "",
    ]
  }

  private var drawText: [String] {
    [
      "/// Sets some of the numbers to a stream of random ones on [-bound, bound).",
      "private static func setUniform(",
      "  _ values: inout MutableSpan<\(real)>, _ range: Range<Int>, bound: Double,",
      "  seed: (UInt32, UInt32), stream: (UInt32, UInt32)", ") {", "  for i in range {",
      "    let value: Double = uniform(i - range.lowerBound, bound: bound, seed: seed, stream: stream)",
      "    values[i] = \(real)(value)", "  }", "}", "",
    ]
  }

  private var uniformText: [String] {
    let text = """
      /// Number k of a stream on [-bound, bound): Philox4x32-10 (Salmon et al., SC 2011) under the seed.
      private static func uniform(
        _ k: Int, bound: Double, seed: (UInt32, UInt32), stream: (UInt32, UInt32)
      ) -> Double {
        // By words of 32 bits: conversions of longer ones allocate on small machines.
        var c0 = UInt32(truncatingIfNeeded: k / 2)
        var c1 = UInt32(truncatingIfNeeded: ((k / 2) &>> 16) &>> 16)
        var c2 = stream.0
        var c3 = stream.1
        var key0 = seed.0
        var key1 = seed.1
        for _ in 0..<10 {
          let a = c0.multipliedFullWidth(by: 0xD2511F53)
          let b = c2.multipliedFullWidth(by: 0xCD9E8D57)
          c0 = b.high ^ c1 ^ key0
          c1 = b.low
          c2 = a.high ^ c3 ^ key1
          c3 = a.low
          key0 &+= 0x9E3779B9
          key1 &+= 0xBB67AE85
        }
        let first = k % 2 == 0 ? c0 : c2
        let second = k % 2 == 0 ? c1 : c3
        // The upper 53 of their bits, as 27 and 26.
        let upper: Double = Double(Int(first &>> 5)) * 0x1p-27
        let lower: Double = Double(Int((first & 31) &<< 21 | second &>> 11)) * 0x1p-53
        let u: Double = upper + lower
        let twice: Double = u + u
        let centred: Double = twice - 1.0
        return centred * bound
      }

      """
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
