import NNCAlgebra

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
  /// The vector types and the small functions that code with those words uses.
  func vectorHelpers(_ words: Words) -> [String] {
    guard let vectors = dialect.vectors else { return [] }
    var words = words
    var functions: [[String]] = []
    // A helper may use those of smaller widths, and those that stand before it.
    for width in widths(dialect).reversed() {
      for stem in stems.reversed() {
        guard words.contains("\(prefix)_\(stem)\(width)") else { continue }
        let helper = helper(stem, width, vectors)
        functions.append(helper)
        words.add(helper)
      }
    }
    var types: [String] = []
    for width in widths(dialect) {
      let bytes = width * dialect.precision.bytes
      for type in [ScalarType.real, .bits] {
        let name = vectors.type(type, width)
        let loose = type == .real && words.contains("\(name)_at")
        guard loose || words.contains(name) else { continue }
        let attribute = "__attribute__((vector_size(\(bytes))"
        types.append("typedef \(dialect.type(type)) \(name) \(attribute)));")
        if loose {
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
}
