import Algebra

/// What an x86 or ARM machine offers for one operation on a vector of some bytes.
private struct Instruction {
  var macro: String
  var type: String
  /// With `$0 $1 $2` for the operands.
  var call: String
}

/// The instructions for products added with one rounding, and for roots. Without one, each lane is computed by `fma`
/// or `sqrt`, which give the same bits.
private func instructions(
  _ primitive: Primitive, _ precision: Precision, bytes: Int
) -> [Instruction] {
  let isDouble = precision == .f64
  let (x86, arm) = isDouble ? ("pd", "f64") : ("ps", "f32")
  let name = primitive == .fma ? "fmadd" : "sqrt"
  let operands = primitive == .fma ? "$0, $1, $2" : "$0"
  let neon = primitive == .fma ? "fma" : "sqrt"
  let neonOperands = primitive == .fma ? "$2, $0, $1" : "$0"
  func intel(_ bits: String, _ macro: String) -> Instruction {
    Instruction(
      macro: macro, type: "__m\(bits.isEmpty ? "128" : bits)\(isDouble ? "d" : "")",
      call: "_mm\(bits)_\(name)_\(x86)(\(operands))")
  }
  switch bytes {
  case 64: return [intel("512", "__AVX512F__")]
  case 32: return [intel("256", primitive == .fma ? "__FMA__" : "__AVX__")]
  case 16:
    return [
      intel("", primitive == .fma ? "__FMA__" : "__SSE2__"),
      Instruction(
        macro: "__aarch64__", type: "float\(isDouble ? "64x2" : "32x4")_t",
        call: "v\(neon)q_\(arm)(\(neonOperands))"),
    ]
  case 8 where !isDouble:
    return [
      Instruction(
        macro: "__aarch64__", type: "float32x2_t", call: "v\(neon)_f32(\(neonOperands))")
    ]
  default: return []
  }
}

/// The instructions that tell whether any bit of a vector is set.
private func tests(_ precision: Precision, bytes: Int) -> [Instruction] {
  switch bytes {
  case 64:
    let lane = precision == .f64 ? "epi64" : "epi32"
    return [
      Instruction(
        macro: "__AVX512F__", type: "__m512i", call: "_mm512_test_\(lane)_mask($0, $0) != 0")
    ]
  case 32:
    return [
      Instruction(macro: "__AVX__", type: "__m256i", call: "_mm256_testz_si256($0, $0) == 0")
    ]
  case 16:
    return [
      Instruction(macro: "__SSE2__", type: "__m128i", call: "_mm_movemask_epi8($0) != 0"),
      Instruction(macro: "__aarch64__", type: "uint32x4_t", call: "vmaxvq_u32($0) != 0"),
    ]
  default: return []
  }
}

/// The helpers that vectors need, as what their names begin with.
private let stems = [
  "load", "even", "odd", "store", "splat", "fill", "mask", "abs", "select", "pick", "fma", "sqrt",
  "sum", "product", "any", "weave",
]

private func widths(_ dialect: CDialect) -> [Int] {
  var result: [Int] = []
  var width = 2
  while width <= dialect.widest {
    result.append(width)
    width *= 2
  }
  return result
}

/// The names that vectors take, without the prefix.
func vectorHelperNames(_ dialect: CDialect) -> [String] {
  guard let vectors = dialect.vectors else { return [] }
  return widths(dialect).flatMap { width in
    stems.map { "\($0)\(width)" }
      + [ScalarType.real, .bits].map { type in
        String(vectors.type(type, width).dropFirst(dialect.prefix.count + 1))
      }
  }
}

extension CEmitter {
  /// The vector types and the small functions that a body uses.
  func vectorHelpers(_ body: [String]) -> [String] {
    guard let vectors = dialect.vectors else { return [] }
    var text = body
    var functions: [[String]] = []
    // A helper may use those of smaller widths, and those that stand before it.
    for width in widths(dialect).reversed() {
      for stem in stems.reversed() {
        let call = "\(prefix)_\(stem)\(width)("
        guard text.contains(where: { $0.contains(call) }) else { continue }
        let helper = helper(stem, width, vectors)
        functions.append(helper)
        text += helper
      }
    }
    var types: [String] = []
    for width in widths(dialect) {
      let bytes = width * dialect.precision.bytes
      for type in [ScalarType.real, .bits] {
        let name = vectors.type(type, width)
        guard text.contains(where: { $0.contains(name) }) else { continue }
        let attribute = "__attribute__((vector_size(\(bytes))"
        types.append("typedef \(dialect.type(type)) \(name) \(attribute)));")
        if type == .real, text.contains(where: { $0.contains("\(name)_at") }) {
          types.append(
            "typedef \(real) \(name)_at \(attribute), aligned(\(dialect.precision.bytes)), "
              + "may_alias));")
        }
      }
    }
    if types.isEmpty { return [] }
    return ["/* Vectors: so many lanes side by side; those that end in _at may lie anywhere. */"]
      + types + [""] + functions.reversed().flatMap { $0 }
  }

  /// Stops a compiler that was not told what machine the code is for, where it would be slow.
  func targetCheck(_ used: Set<Primitive>, _ vectors: [String]) -> [String] {
    let target = program.target
    if options.plain || target.macro.isEmpty || vectors.isEmpty && !used.contains(.fma) {
      return []
    }
    let flags = target.flags.isEmpty ? "" : " (\(target.flags))"
    return [
      "#ifndef \(target.macro)",
      "#error \"this code is for \(target.name): compile for it\(flags)\"",
      "#endif", "",
    ]
  }

  /// The headers of the instructions that helpers use.
  func vectorIncludes(_ vectors: [String]) -> [String] {
    var lines: [String] = []
    if vectors.contains(where: { $0.contains("_mm") }) {
      lines += ["#if defined __x86_64__ || defined __i386__", "#include <immintrin.h>", "#endif"]
    }
    if vectors.contains(where: { $0.contains("__aarch64__") }) {
      lines += ["#ifdef __aarch64__", "#include <arm_neon.h>", "#endif"]
    }
    return lines.isEmpty ? [] : lines + [""]
  }

  private func helper(_ stem: String, _ width: Int, _ vectors: any VectorDialect) -> [String] {
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
        choice(tests(dialect.precision, bytes: width * dialect.precision.bytes), ["m"], other))
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
    let rows = instructions(
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
    _ rows: [Instruction], _ operands: [String], result: String = "", _ otherwise: [String]
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
