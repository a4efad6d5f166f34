import NNCAlgebra
import NNCProgram
import NNCText

extension SwiftEmitter {
  /// The structs of a small network.
  var blocks: [String] {
    guard usesStructs else { return [] }
    return block("Parameters", "The parameters, in the order of declaration.", parameters)
      + block("State", "What the optimiser keeps from step to step.", state)
      + block(
        "Stream", "What is kept from one step of a sequence to the next.\(program.streamAdvice)",
        stream)
  }

  private func block(_ name: String, _ summary: String, _ block: Block) -> [String] {
    if block.rows.isEmpty { return [] }
    var lines = ["/// \(summary)", "public struct \(name): Sendable {"]
    for row in block.rows {
      lines += [
        "  /// \(row.field.name.escaped(for: .swiftComment))",
        "  public var \(row.name): \(type(row.shape))",
      ]
    }
    lines += ["", "  /// The initial values.", "  public init() {"]
    for row in block.rows { lines += initial(row).map { "    " + $0 } }
    return lines + ["  }", "}", ""]
  }

  /// `InlineArray<2, InlineArray<3, Double>>`
  private func type(_ shape: [Int]) -> String {
    shape.reversed().reduce(real) { "InlineArray<\($1), \($0)>" }
  }

  private func initial(_ row: Block.Row) -> [String] {
    if case .fill(let value) = row.field.initial, row.field.count > 8 {
      let filled = row.shape.reduce(dialect.real(value)) { text, _ in ".init(repeating: \(text))" }
      return ["\(row.name) = \(filled)"]
    }
    let items = row.field.initialValues.map { dialect.real($0) }
    let text = InitialText.nested(items, row.shape, open: "[", close: "]")
    let line = "\(row.name) = \(text)"
    if line.count <= 90 { return [line] }
    let width = row.shape.dropFirst().reduce(1, *)
    let rows = stride(from: 0, to: items.count, by: width).map { first in
      InitialText.nested(
        Array(items[first..<first + width]), Array(row.shape.dropFirst()), open: "[", close: "]")
    }
    if width == 1, row.shape.count == 1 { return ["\(row.name) = ["] + wrapped(rows) + ["]"] }
    let broken = rows.flatMap { row in
      wrapped(
        (row + ",").split(separator: " ").map { String($0.hasSuffix(",") ? $0.dropLast() : $0) }
      )
      .map { $0.hasSuffix("]") ? $0 + "," : $0 }
    }
    return ["\(row.name) = ["] + broken + ["]"]
  }

  /// Where the fields begin.
  var layout: [String] {
    let access = usesStructs ? "private" : "public"
    var lines = ["/// Where each field begins in its block.", "\(access) enum Layout {"]
    for row in parameters.rows {
      lines += [
        "  /// \(row.field.name.escaped(for: .swiftComment))",
        "  \(usesStructs ? "" : "public ")static let \(row.name) = \(row.offset)",
      ]
    }
    lines.append("}")
    let others = [
      (state, "the optimiser's state", "StateLayout"), (stream, "the stream", "StreamLayout"),
    ]
    for (block, what, name) in others where !block.rows.isEmpty {
      lines += ["", "/// Where each field begins in \(what).", "\(access) enum \(name) {"]
      for row in block.rows {
        lines += [
          "  /// \(row.field.name.escaped(for: .swiftComment))",
          "  \(usesStructs ? "" : "public ")static let \(row.name) = \(row.offset)",
        ]
      }
      lines.append("}")
    }
    return lines + [""]
  }
}
