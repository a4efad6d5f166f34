import Algebra
import Program

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
      body.append(
        "  precondition(\(base).count == \(count), \"\(base) must have \(count) numbers\")")
      if let fill = InitialText.commonFill(block) {
        body += ["  for i in 0..<\(count) {", "    \(base)[i] = \(dialect.real(fill))", "  }"]
        continue
      }
      for row in block.rows {
        let range = "\(row.offset)..<\(row.end)"
        switch row.field.initial {
        case .fill(let value):
          body += ["  for i in \(range) {", "    \(base)[i] = \(dialect.real(value))", "  }"]
        case .literal(let values):
          let name = "initial" + row.name.prefix(1).uppercased() + row.name.dropFirst()
          before += constant(name, values)
          body += [
            "  for i in 0..<\(row.field.count) {", "    \(base)[\(row.offset) + i] = \(name)[i]",
            "  }",
          ]
        case .uniform(let bound, let seed, let stream):
          let limit = SwiftDialect(precision: .f64).real(bound)
          body += ["  for i in 0..<\(row.field.count) {"]
          body += [
            "    let value: Double = uniform(UInt64(i), bound: \(limit), seed: \(seed), stream: \(stream))"
          ]
          body += ["    \(base)[\(row.offset) + i] = \(real)(value)", "  }"]
        }
      }
    }
    if body.contains(where: { $0.contains("uniform(") }) { before += uniformText }
    return [
      "/// Sets the initial values.",
      "public static func initialize(\(list.joined(separator: ", "))) {",
    ]
      + body + ["}", ""] + before
  }

  private var uniformText: [String] {
    let text = """
      /// Number k of a stream on [-bound, bound): Philox4x32-10 (Salmon et al., SC 2011) under the seed.
      private static func uniform(
        _ k: UInt64, bound: Double, seed: UInt64, stream: UInt64
      ) -> Double {
        var c0 = UInt32(truncatingIfNeeded: k / 2)
        var c1 = UInt32(truncatingIfNeeded: (k / 2) >> 32)
        var c2 = UInt32(truncatingIfNeeded: stream)
        var c3 = UInt32(truncatingIfNeeded: stream >> 32)
        var key0 = UInt32(truncatingIfNeeded: seed)
        var key1 = UInt32(truncatingIfNeeded: seed >> 32)
        for _ in 0..<10 {
          let a: UInt64 = UInt64(c0) * 0xD2511F53
          let b: UInt64 = UInt64(c2) * 0xCD9E8D57
          c0 = UInt32(truncatingIfNeeded: b >> 32) ^ c1 ^ key0
          c1 = UInt32(truncatingIfNeeded: b)
          c2 = UInt32(truncatingIfNeeded: a >> 32) ^ c3 ^ key1
          c3 = UInt32(truncatingIfNeeded: a)
          key0 &+= 0x9E3779B9
          key1 &+= 0xBB67AE85
        }
        let first: UInt64 = k % 2 == 0 ? UInt64(c0) : UInt64(c2)
        let second: UInt64 = k % 2 == 0 ? UInt64(c1) : UInt64(c3)
        let bits: UInt64 = ((first << 32) | second) >> 11
        let u: Double = Double(bits) * 0x1p-53
        let twice: Double = u + u
        let centred: Double = twice - 1.0
        return centred * bound
      }

      """
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
