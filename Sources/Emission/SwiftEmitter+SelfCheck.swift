import NNCAlgebra
import NNCProgram
import NNCText

extension SwiftEmitter {
  /// The condition under which the self-check is compiled: `BACKPROP_SELF_CHECK`.
  public var selfCheckCondition: String {
    Names.identifier(options.prefix ?? program.name).uppercased() + "_SELF_CHECK"
  }

  /// A `main` that compares the gradient with central differences of the loss at the initial parameters and prints
  /// what it found, field by field; it stops with an error where the gradient is wrong.
  var selfCheckText: [String] {
    guard parameters.count > 0, let loss = entry(.loss), let gradient = entry(.gradient) else {
      return []
    }
    let isDouble = program.precision == .f64
    let fields = parameters.rows.map { row in
      let name = row.field.name.escaped(for: .swiftString)
      return "      (\"\(name)\", \(row.offset), \(row.field.count), \(program.trains(row.field))),"
    }
    let input =
      program.wholeNumbers[.input]?.min().map { "Int32((i * 37 + 11) % \($0))" }
      ?? "\(real)((i * 37 + 11) % 64) / 64 - 0.5"
    let target = program.isWhole(.target) ? "0" : "1"
    let text = """

      #if \(selfCheckCondition)
      /// Compares the gradient with (loss(p + h) - loss(p - h)) / 2h, at 64 numbers of every field at most.
      @main
      struct \(namespace)SelfCheck {
        static func main() {
      \(declarations(loss).map { "    " + $0 }.joined(separator: "\n"))
          for i in 0..<\(program.inputCount) {
            x[i] = \(input)
          }
      \(program.targetCount > 0 ? "    t[0] = \(target)" : "")
          let value: \(real) = \(call(gradient))
          print("loss", value)
          var failures = 0
          let fields: [(name: String, offset: Int, count: Int, isTrained: Bool)] = [
      \(fields.joined(separator: "\n"))
          ]
          for field in fields {
            var worst: \(real) = 0
            var largest: \(real) = 0
            for k in stride(from: field.offset, to: field.offset + field.count, by: field.count / 64 + 1) {
              let h: \(real) = \(dialect.real(isDouble ? 6e-6 : 1e-2))
              let before: \(real) = \(read("p"))
              \(write("before + h"))
              let above: \(real) = \(call(loss))
              \(write("before - h"))
              let below: \(real) = \(call(loss))
              \(write("before"))
              let slope: \(real) = (above - below) / (2 * h)
              let given: \(real) = \(read("gradient"))
              let size: \(real) = given.magnitude
              let error: \(real) = (slope - given).magnitude / (1 + size)
              worst = error > worst ? error : worst
              largest = size > largest ? size : largest
            }
            var verdict = "ok"
            if !field.isTrained {
              verdict = "frozen"
            } else if !(worst < \(dialect.real(isDouble ? 1e-6 : 1e-2))) {
              verdict = "WRONG"
              failures += 1
            } else if largest == 0 {
              verdict = "zero: without influence"
            }
            print(field.name, "largest", largest, "error", worst, verdict)
          }
          print(failures == 0 ? "gradient ok" : "gradient WRONG")
          precondition(failures == 0, "the gradient is wrong")
        }
      }
      #endif
      """
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func entry(_ kind: Entry.Kind) -> Entry? {
    program.entry(kind, many: false) ?? program.entry(kind, many: true)
  }

  private func declarations(_ entry: Entry) -> [String] {
    func array(_ count: Int, of type: String? = nil) -> String {
      "[\(type ?? real)](repeating: 0, count: \(count))"
    }
    var lines: [String] = []
    for (name, type, count) in [
      ("p", "Parameters", parameters.count), ("gradient", "Parameters", parameters.count),
      ("s", "State", state.count),
    ] where count > 0 && (name != "s" || !usesStructs) {
      lines.append("var \(name) = " + (usesStructs ? "\(namespace).\(type)()" : array(count)))
    }
    if !usesStructs {
      lines += ["do {", "  var pSpan = p.mutableSpan"]
      if state.count > 0 { lines.append("  var sSpan = s.mutableSpan") }
      lines += [
        "  \(namespace).initialize(&pSpan\(state.count > 0 ? ", state: &sSpan" : ""))", "}",
      ]
    }
    for (name, count, argument) in [
      ("x", program.inputCount, Entry.Argument.input), ("t", program.targetCount, .target),
    ] where count > 0 {
      let isInline = isInline(argument, entry)
      lines.append(
        "var \(name) = "
          + (isInline
            ? "InlineArray<\(count), \(type(argument))>(repeating: 0)"
            : array(count, of: type(argument))))
    }
    if program.workspaceCount > 0 { lines.append("var w = \(array(program.workspaceCount))") }
    return lines
  }

  /// A call of the entry over the variables of `main`; spans that are written live in a closure.
  private func call(_ entry: Entry) -> String {
    var spans: [String] = []
    var list = entry.emittedArguments(of: program).map { argument -> String in
      let label = argument.label.isEmpty ? "" : "\(argument.label): "
      let name = argument.shortName
      let isWritten = entry.writes(argument)
      if isInline(argument, entry) { return label + (isWritten ? "&" : "") + name }
      if !isWritten { return "\(label)\(name).span" }
      spans.append(name)
      return "\(label)&\(name)Span"
    }
    if entry.workspaceCount > 0 {
      spans.append("w")
      list.append("workspace: &wSpan")
    }
    let call = "\(namespace).\(Self.name(entry))(\(list.joined(separator: ", ")))"
    if spans.isEmpty { return call }
    let opening = spans.map { "var \($0)Span = \($0).mutableSpan; " }.joined()
    return "{ () -> \(real) in \(opening)return \(call) }()"
  }

  private func read(_ name: String) -> String {
    usesStructs
      ? "withUnsafePointer(to: \(name)) { UnsafeRawPointer($0).assumingMemoryBound(to: \(real).self)[k] }"
      : "\(name)[k]"
  }

  private func write(_ value: String) -> String {
    usesStructs
      ? "withUnsafeMutablePointer(to: &p) { "
        + "UnsafeMutableRawPointer($0).assumingMemoryBound(to: \(real).self)[k] = \(value) }"
      : "p[k] = \(value)"
  }
}
