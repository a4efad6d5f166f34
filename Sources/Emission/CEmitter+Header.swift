import Algebra
import Program

extension CEmitter {
  /// The text of the header: sizes, types and functions, each with its documentation.
  public var header: String {
    var lines = opening
    lines += ["#ifndef \(macro)_H", "#define \(macro)_H", ""]
    if program.entries.contains(where: \.many) { lines += ["#include <stddef.h>", ""] }
    lines += ["#ifdef __cplusplus", "extern \"C\" {", "#endif", ""]
    lines += sizes
    lines += block("parameters", "The parameters, in the order of declaration.", parameters)
    lines += block("state", "What the optimiser keeps from step to step.", state)
    if program.workspaceCount > 0 {
      lines += [
        "/** Scratch memory; what it holds between calls does not matter.\(alignmentAdvice) */",
        "typedef struct \(prefix)_workspace {",
        "  \(real) scratch[\(program.workspaceCount)];",
        "} \(prefix)_workspace;", "",
      ]
    }
    if !initialSignature.isEmpty {
      lines += ["/** Sets the initial parameters\(state.count > 0 ? " and state" : ""). */"]
      lines += ["\(initialSignature);", ""]
    }
    for entry in program.entries {
      lines += documentation(entry) + folded(signature(entry) + ";") + [""]
    }
    lines += ["#ifdef __cplusplus", "}", "#endif", "", "#endif /* \(macro)_H */"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The comment at the head of the header.
  private var opening: [String] {
    let bytes = program.workspaceCount * program.precision.bytes
    let bits = program.precision == .f64 ? 64 : 32
    var lines = [
      "/**", " * @file",
      " * The network \(Self.comment(program.name)): \(program.inputCount) inputs, "
        + "\(program.outputCount) outputs, \(program.parameterCount) parameters,",
      " * computed in IEEE 754 binary\(bits). Workspace: \(bytes) bytes.", " *",
    ]
    if !options.remarks.isEmpty {
      lines += options.remarks.map { " *     \(Self.comment($0))" } + [" *"]
    }
    if !program.target.flags.isEmpty {
      lines += [
        " * Made for \(program.target.name): compile with \(program.target.flags).", " *",
      ]
    }
    if let advice = threadAdvice(program, how: "where it is compiled with -fopenmp") {
      lines += advice.map { " * \($0)" } + [" *"]
    }
    return lines + [
      " * Every function may be called by several threads at once, each with its own arrays; the arrays of",
      " * one call must not overlap. No memory is allocated, and nothing is kept between calls.",
      " *",
      " * The results have the same bits with every compiler that keeps to IEEE 754 arithmetic. Compile as",
      " * ISO C (-std=c99 or later): in its GNU mode gcc fuses multiplications and additions where the machine",
      " * can, unless -ffp-contract=off is given. Never use -ffast-math; on 32-bit x86 use -msse2 -mfpmath=sse.",
      " */",
    ]
  }

  private var sizes: [String] {
    var rows = [
      ("INPUTS", "numbers in one input", program.inputCount),
      ("OUTPUTS", "numbers in one output", program.outputCount),
      ("TARGETS", "numbers in one target", program.targetCount),
      ("PARAMETERS", "numbers in the parameters", program.parameterCount),
    ]
    if state.count > 0 { rows.append(("STATE", "numbers in the optimiser's state", state.count)) }
    if program.entries.contains(where: \.many) {
      rows.append(("MAX_SAMPLES", "the most samples of one call", program.maximumSamples))
    }
    let bytes = program.workspaceCount * program.precision.bytes
    rows.append(("WORKSPACE_BYTES", "bytes of scratch memory", bytes))
    return rows.map { "#define \(macro)_\($0.0) \($0.2) /**< \($0.1) */" } + [""]
  }

  private func block(_ name: String, _ summary: String, _ block: Block) -> [String] {
    if block.rows.isEmpty { return [] }
    let fields = block.rows.map { row in
      let shape = row.shape.map { "[\($0)]" }.joined()
      let comment = row.name == row.field.name ? "" : " /**< \(Self.comment(row.field.name)) */"
      return "  \(real) \(row.name)\(shape);" + comment
    }
    return ["/** \(summary) */", "typedef struct \(prefix)_\(name) {"] + fields + [
      "} \(prefix)_\(name);", "",
    ]
  }

  /// Where the code has vectors, how memory is best placed for them.
  private var alignmentAdvice: String {
    let bytes = program.target.vectorBytes
    return bytes == 0
      ? "" : " Code is fastest where it and the parameters begin at multiples of \(bytes) bytes."
  }

  private func documentation(_ entry: Entry) -> [String] {
    var lines = ["/**", " * \(entry.summary)", " *"]
    let arguments = entry.emittedArguments(of: program)
    let blocks = arguments.prefix { $0 == .parameters || $0 == .state }
    for argument in blocks {
      let change = entry.writes(argument) ? ", changed" : ""
      lines.append(" * @param \(argument.shortName) \(argument.summary)\(change)")
    }
    if entry.many { lines.append(" * @param n the number of samples, 1 to \(macro)_MAX_SAMPLES") }
    for argument in arguments.dropFirst(blocks.count) {
      let count = program.count(of: argument, samples: 1)
      let size = entry.many && argument != .gradient ? ": n times \(count) numbers" : ""
      lines.append(" * @param \(argument.shortName) \(argument.summary)\(size)")
    }
    if entry.workspaceCount > 0 { lines.append(" * @param w scratch memory") }
    if let returned = entry.returned { lines.append(" * @return \(returned)") }
    return lines + [" */"]
  }
}
