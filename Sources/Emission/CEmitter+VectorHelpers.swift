import NNCAlgebra

extension CEmitter {
  /// One of the small functions on vectors of a width.
  func helper(_ stem: String, _ width: Int, _ vectors: any VectorDialect) -> [String] {
    let v = vectors.type(.real, width)
    let u = vectors.type(.bits, width)
    let word = dialect.word
    func function(
      _ comment: String, _ result: String, _ arguments: String, _ body: [String]
    ) -> [String] {
      ["/* \(comment) */"]
        + folded("static inline \(result) \(prefix)_\(stem)\(width)(\(arguments)) {")
        + body.map { $0.hasPrefix("#") ? $0 : "  " + $0 } + ["}", ""]
    }
    func list(_ item: String) -> String {
      [String](repeating: item, count: width).joined(separator: ", ")
    }
    switch stem {
    case "load":
      return function(
        "\(width) numbers, the first of them there.", v, "const \(real) *p",
        ["return *(const \(v)_at *)p;"])
    case "even", "odd":
      let first = stem == "even" ? 0 : 1
      let lanes = ["a", "b"].flatMap { vector in
        stride(from: first, to: width, by: 2).map { "\(vector)[\($0)]" }
      }
      return function(
        "The \(first == 0 ? "first" : "second") numbers of \(width) pairs.", v, "const \(real) *p",
        [
          "const \(v) a = \(prefix)_load\(width)(p);",
          "const \(v) b = \(prefix)_load\(width)(p + \(width));",
          "return (\(v)){\(lanes.joined(separator: ", "))};",
        ])
    case "store":
      return function(
        "Writes \(width) numbers, the first of them there.", "void", "\(real) *p, \(v) v",
        ["*(\(v)_at *)p = v;"])
    case "splat":
      return function("One number in all lanes.", v, "\(real) x", ["return (\(v)){\(list("x"))};"])
    case "fill":
      return function("One word in all lanes.", u, "\(word) x", ["return (\(u)){\(list("x"))};"])
    case "mask":
      return function(
        "All bits or none in all lanes.", u, "bool x",
        [
          "const \(word) m = x ? ~\(dialect.bits(0, small: false)) : 0;",
          "return (\(u)){\(list("m"))};",
        ])
    case "abs":
      let sign = UInt64(1) << (dialect.precision.bytes * 8 - 1)
      return function(
        "The numbers without their signs.", v, "\(v) x",
        ["return (\(v))((\(u))x & \(dialect.bits(sign - 1, small: false)));"])
    case "select":
      return function(
        "In each lane, a where all bits of m are set, else b.", v, "\(u) m, \(v) a, \(v) b",
        ["return (\(v))((m & (\(u))a) | (~m & (\(u))b));"])
    case "pick":
      return function(
        "In each lane, a where all bits of m are set, else b.", u, "\(u) m, \(u) a, \(u) b",
        ["return (m & a) | (~m & b);"])
    case "fma":
      return function(
        "a * b + c, rounded once, in every lane.", v, "\(v) a, \(v) b, \(v) c",
        choice(.fma, width, v, ["a", "b", "c"]))
    case "sqrt":
      return function(
        "The square root of every lane.", v, "\(v) a", choice(.sqrt, width, v, ["a"]))
    case "any":
      let other = [
        "\(word) all = 0;", "for (int i = 0; i < \(width); ++i) { all |= m[i]; }",
        "return all != 0;",
      ]
      return function(
        "Whether all bits of m are set in any lane.", "bool", "\(u) m",
        choice(
          machineTests(dialect.precision, bytes: width * dialect.precision.bytes), ["m"], other))
    case "sum", "product":
      let sign = stem == "sum" ? "+" : "*"
      if width == 2 {
        return function(
          "The \(stem) of the lanes.", real, "\(v) v", ["return v[0] \(sign) v[1];"])
      }
      let half = vectors.type(.real, width / 2)
      func lanes(_ range: Range<Int>) -> String {
        range.map { "v[\($0)]" }.joined(separator: ", ")
      }
      return function(
        "The \(stem) of the lanes, by halves.", real, "\(v) v",
        [
          "const \(half) low = {\(lanes(0..<width / 2))};",
          "const \(half) high = {\(lanes(width / 2..<width))};",
          "const \(half) both = low \(sign) high;",
          "return \(prefix)_\(stem)\(width / 2)(both);",
        ])
    case "weave":
      func lanes(_ range: Range<Int>) -> String {
        range.map { "a[\($0)], b[\($0)]" }.joined(separator: ", ")
      }
      return function(
        "The first half of the rows and the second, number by number in turn.", "void",
        "\(v) *restrict to, const \(v) *restrict from",
        [
          "for (int i = 0; i < \(width / 2); ++i) {",
          "  const \(v) a = from[i];", "  const \(v) b = from[i + \(width / 2)];",
          "  to[2 * i] = (\(v)){\(lanes(0..<width / 2))};",
          "  to[2 * i + 1] = (\(v)){\(lanes(width / 2..<width))};", "}",
        ])
    default: preconditionFailure("there is no helper \(stem)")
    }
  }

  /// The machine's instruction, else the function of numbers in each lane.
  private func choice(
    _ primitive: Primitive, _ width: Int, _ type: String, _ operands: [String]
  ) -> [String] {
    let rows = machineInstructions(
      primitive, dialect.precision, bytes: width * dialect.precision.bytes)
    let result = operands[operands.count - 1]
    let each = dialect.compute(primitive, operands.map { "\($0)[i]" })
    let loop = [
      "for (int i = 0; i < \(width); ++i) { \(result)[i] = \(each); }", "return \(result);",
    ]
    return choice(rows, operands, result: "(\(type))", loop)
  }

  /// What one of the machines at hand offers, else something for all.
  private func choice(
    _ rows: [MachineInstruction], _ operands: [String], result: String = "", _ otherwise: [String]
  ) -> [String] {
    var lines: [String] = []
    for (index, row) in rows.enumerated() {
      lines.append("\(index == 0 ? "#if" : "#elif") defined \(row.macro)")
      let call = dialect.filled(row.call, operands.map { "(\(row.type))\($0)" })
      lines.append("return \(result)\(call);")
    }
    return rows.isEmpty ? otherwise : lines + ["#else"] + otherwise + ["#endif"]
  }
}
