import NNCAlgebra
import NNCProgram
import NNCText

extension CEmitter {
  /// The blocks that `initialize` sets, with the names of its arguments.
  var initialBlocks: [(block: Block, name: String, base: String)] {
    let hasParameters = options.weightsPlace == nil || options.weightsPlace == .source
    return [(hasParameters ? parameters : nil, "parameters", "p"), (state, "state", "s")]
      .compactMap { block, name, base in
        block.flatMap { $0.count > 0 ? ($0, name, base) : nil }
      }
  }

  /// The head of the function that sets the initial values; empty where there are none.
  var initialSignature: String {
    let list = initialBlocks.map { "\(prefix)_\($0.name) *\($0.base)" }
    return list.isEmpty ? "" : "void \(prefix)_initialize(\(list.joined(separator: ", ")))"
  }

  /// The head of the function that begins a stream.
  var startSignature: String { "void \(prefix)_start(\(prefix)_stream *m)" }

  /// The function that begins a stream.
  var startText: [String] {
    if stream.count == 0 { return [] }
    var before: [String] = []
    let body = fields(stream, "m", &before, byFunction: false)
    return before + ["\(startSignature) {"] + body + ["}", ""]
  }

  var initialText: [String] {
    if initialSignature.isEmpty { return [] }
    var before: [String] = []
    var body: [String] = []
    for (block, name, base) in initialBlocks {
      if name == "parameters", options.weightsPlace == .source {
        before += weights
        body.append("  *\(base) = \(prefix)_weights;")
      } else if let fill = InitialText.commonFill(block) {
        body += loop(block.count, "((\(real) *)\(base))[i] = \(dialect.real(fill));")
      } else if block.count <= InitialText.literalLimit {
        body +=
          [
            "  static const \(prefix)_\(name) initial_\(name) = {"
          ] + literal(block).map { "  " + $0 } + ["  };", "  *\(base) = initial_\(name);"]
      } else {
        body += fields(block, base, &before)
      }
    }
    if Words(body).contains("\(prefix)_uniform") { before += uniformText }
    return before + ["\(initialSignature) {"] + body + ["}", ""]
  }

  /// The initial parameters as a constant.
  private var weights: [String] {
    ["const \(prefix)_parameters \(prefix)_weights = {"] + literal(parameters) + ["};", ""]
  }

  /// The text of the header that holds the initial parameters alone; C++ takes it too.
  var weightsHeader: String {
    let constant =
      parameters.count == 0
      ? [] : ["static " + weights[0]] + literal(parameters, named: false) + ["};", ""]
    let lines =
      [
        "/**", " * @file",
        " * The parameters of the network \(program.name.escaped(for: .cComment)): a constant, which may stay in read-only memory.",
        " * Every source that includes this has a copy of its own.", " */",
        "#ifndef \(macro)_WEIGHTS_H", "#define \(macro)_WEIGHTS_H", "",
        "#include \"\(prefix).h\"", "",
      ] + constant + ["#endif /* \(macro)_WEIGHTS_H */"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func loop(_ count: Int, _ statement: String) -> [String] {
    ["  for (size_t i = 0; i < \(count); ++i) {", "    \(statement)", "  }"]
  }

  /// The initial values of a block in braces' lines, field by field: by their names, or in order with the names in
  /// comments.
  private func literal(_ block: Block, named: Bool = true) -> [String] {
    block.rows.flatMap { row -> [String] in
      let items = row.field.initialValues.map { dialect.real($0) }
      let text = InitialText.nested(items, row.shape)
      let head = named ? ".\(row.name) = " : "/* \(row.field.name.escaped(for: .cComment)) */ "
      if text.count + row.name.count < 90 { return ["  \(head)\(text),"] }
      let inner = Array(row.shape.dropFirst())
      let width = inner.reduce(1, *)
      let rows = stride(from: 0, to: items.count, by: width).map { first in
        InitialText.nested(Array(items[first..<first + width]), inner)
      }
      var lines: [String] = []
      if inner.isEmpty {
        lines = wrapped(rows, indent: "    ")
      } else {
        for row in rows {
          lines += wrapped(
            (row + ",").split(separator: " ").map { $0.hasSuffix(",") ? $0.dropLast() : $0 }
              .map(String.init), indent: "    "
          ).map { $0.hasSuffix("}") ? $0 + "," : $0 }
        }
      }
      return ["  \(head){"] + lines + ["  },"]
    }
  }

  /// The statements that set a block's numbers, and the constants and functions that they need.
  ///
  /// - Parameter byFunction: whether a function may set what begins as one value, which stands in the file once.
  private func fields(
    _ block: Block, _ base: String, _ before: inout [String], byFunction: Bool = true
  ) -> [String] {
    let usual = InitialText.usualFill(block)
    let rows = InitialText.rows(block, besides: usual)
    let whole = usual.map { loop(block.count, "((\(real) *)\(base))[i] = \(dialect.real($0));") }
    let calls = byFunction && InitialText.callsFill(rows)
    if calls, !before.contains(fillText[0]) { before += fillText }
    return (whole ?? []) + rows.flatMap { field($0, base, callsFill: calls, &before) }
  }

  private func field(
    _ row: Block.Row, _ base: String, callsFill: Bool, _ before: inout [String]
  ) -> [String] {
    let target = row.shape.isEmpty ? "&\(base)->\(row.name)" : "(\(real) *)\(base)->\(row.name)"
    switch row.field.initial {
    case .fill(let value) where callsFill:
      return ["  \(prefix)_set_all(\(target), \(row.field.count), \(dialect.real(value)));"]
    case .fill(let value):
      return loop(row.field.count, "(\(target))[i] = \(dialect.real(value));")
    case .literal(let values):
      let name = "\(prefix)_initial_\(base)_\(row.name)"
      before += ["static const \(real) \(name)[\(values.count)] = {"]
      before += wrapped(values.map { dialect.real($0) }) + ["};", ""]
      return loop(row.field.count, "(\(target))[i] = \(name)[i];")
    case .uniform(let bound, let seed, let stream):
      let limit = CDialect(precision: .f64, prefix: prefix).real(bound)
      return [
        "  \(prefix)_uniform(\(target), \(row.field.count), \(limit), UINT64_C(\(seed)), "
          + "UINT64_C(\(stream)));"
      ]
    }
  }

  private var fillText: [String] {
    [
      "static void \(prefix)_set_all(\(real) *values, size_t count, \(real) value) {",
      "  for (size_t i = 0; i < count; ++i) {", "    values[i] = value;", "  }", "}", "",
    ]
  }

  private var uniformText: [String] {
    let text = """
      /*
       * Fills values with numbers on [-bound, bound): Philox4x32-10 (Salmon et al., SC 2011) under the seed.
       * Element k of a stream is computed from k alone.
       */
      static void \(prefix)_uniform(\(real) *values, size_t count, double bound, uint64_t seed, uint64_t stream) {
        for (size_t k = 0; k < count; ++k) {
          uint32_t c0 = (uint32_t)(k / 2);
          uint32_t c1 = (uint32_t)((uint64_t)(k / 2) >> 32);
          uint32_t c2 = (uint32_t)stream;
          uint32_t c3 = (uint32_t)(stream >> 32);
          uint32_t key0 = (uint32_t)seed;
          uint32_t key1 = (uint32_t)(seed >> 32);
          for (int round = 0; round < 10; ++round) {
            const uint64_t a = (uint64_t)c0 * UINT32_C(0xD2511F53);
            const uint64_t b = (uint64_t)c2 * UINT32_C(0xCD9E8D57);
            c0 = (uint32_t)(b >> 32) ^ c1 ^ key0;
            c1 = (uint32_t)b;
            c2 = (uint32_t)(a >> 32) ^ c3 ^ key1;
            c3 = (uint32_t)a;
            key0 += UINT32_C(0x9E3779B9);
            key1 += UINT32_C(0xBB67AE85);
          }
          const uint32_t first = k % 2 == 0 ? c0 : c2;
          const uint32_t second = k % 2 == 0 ? c1 : c3;
          const uint64_t bits = (((uint64_t)first << 32) | second) >> 11;
          const double u = (double)bits * (1.0 / 9007199254740992.0);
          const double twice = u + u;
          const double centred = twice - 1.0;
          const double scaled = centred * bound;
          values[k] = (\(real))scaled;
        }
      }

      """
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
