import Algebra
import Program

extension CEmitter {
  /// The text of the source: helpers, functions, kernels, then what the header declares.
  public var source: String {
    var lines = ["/* See \(prefix).h. */", "#include \"\(prefix).h\"", ""]
    let used = plan.primitives(program)
    var body: [String] = []
    for table in program.tables.indices { body += tableText(table) }
    for index in program.functions.indices where plan.usedFunctions.contains(index) {
      for width in vectorFunctions.instances(index) {
        body += functionText(index, width: width)
      }
    }
    for index in program.kernels.indices where plan.forms[index] == .shared {
      body += sharedKernel(index)
    }
    for entry in program.entries {
      for call in entry.calls where plan.forms[call.kernel] == .once {
        body += onceKernel(call, entry)
      }
    }
    body += initialText
    for entry in program.entries { body += entryText(entry) }
    if options.selfCheck { body += selfCheckText }
    let vectors = vectorHelpers(body)
    lines += targetCheck(used, vectors) + includes(used, body + vectors) + vectorIncludes(vectors)
    lines += threadSupport(body)
    lines += helpers(used, body + vectors) + vectors + transposition(body) + body
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private func includes(_ used: Set<Primitive>, _ body: [String]) -> [String] {
    var lines: [String] = []
    let calls: Set<Primitive> = [.abs, .sqrt, .fma]
    if !used.isDisjoint(with: calls) || mention(body, ["HUGE_VAL", ")NAN", "fabs"]) {
      lines.append("#include <math.h>")
    }
    if mention(body, ["const bool ", "  bool "]) { lines.append("#include <stdbool.h>") }
    // The header has it where functions take many samples.
    if !program.entries.contains(where: \.many), mention(body, ["size_t "]) {
      lines.append("#include <stddef.h>")
    }
    let usesWords = used.contains { primitive in
      primitive.row.result == .bits || primitive.row.operands.contains(.bits)
    }
    if usesWords || mention(body, ["uint32_t", "uint64_t"]) { lines.append("#include <stdint.h>") }
    return lines.isEmpty ? [] : lines + [""]
  }

  /// The functions that exchange a number and its bits.
  private func helpers(_ used: Set<Primitive>, _ body: [String]) -> [String] {
    let rows = [
      (Primitive.toBits, dialect.word, "bits", real, "x", "The bits of a number."),
      (.toReal, real, "real", dialect.word, "x", "The number with those bits."),
    ]
    return rows.filter { row in
      used.contains(row.0) && mention(body, ["\(prefix)_\(row.2)("])
    }.flatMap { row in
      [
        "/* \(row.5) */", "static inline \(row.1) \(prefix)_\(row.2)(\(row.3) \(row.4)) {",
        "  union {", "    \(row.3) from;", "    \(row.1) to;", "  } both;",
        "  both.from = \(row.4);", "  return both.to;", "}", "",
      ]
    }
  }

  private func tableText(_ index: Int) -> [String] {
    let used = program.entries.contains { entry in
      entry.calls.contains { call in call.arrays.contains { $0.base == .table(index) } }
    }
    if !used { return [] }
    let values = program.tables[index].values
    let head = "static const \(real) \(tableNames[index])[\(values.count)] = {"
    return [head] + wrapped(values.map { dialect.real($0) }) + ["};", ""]
  }

  /// A function of numbers, or of vectors.
  private func functionText(_ index: Int, width: Int) -> [String] {
    let function = program.functions[index]
    var names = Names(reserved: dialect.keywords)
    let arguments = function.arguments.map { names.claim($0) }
    let type = width > 1 ? dialect.vectors?.type(.real, width) ?? real : real
    let name = functionNames[index]
    let instance = width > 1 ? dialect.vectors?.instance(name, width) ?? name : name
    let list = arguments.map { "\(type) \($0)" }.joined(separator: ", ")
    var writer = BodyWriter(
      function: function, dialect: dialect, functions: functionNames, arguments: arguments,
      width: width, names: names, indent: "  ")
    writer.write(function.body)
    return ["static inline \(type) \(instance)(\(list)) {"] + writer.lines + [
      "  return \(writer.spell(function.result));", "}", "",
    ]
  }
}
