import Foundation
import NNC

@testable import NNCAlgebra
@testable import NNCLayers
@testable import NNCRewriting
@testable import NNCTool

/// The tables of the manual that are made from the code's own, by the name that a page's marker gives.
let manualTables: [String: @Sendable () -> String] = [
  "layers": {
    let own = layers.filter(\.isNoFunction)
    return markdownTable(
      ["layer", "keys", "gives"],
      own.map { [code($0.usage), $0.keys.map(code).joined(separator: " "), prose($0.summary)] })
  },
  "activations": {
    let rows = Operation.all.map(\.row).filter {
      $0.isPublic && LayerRow($0.name) != nil && FormulaFunction($0.name) == nil
    }
    return markdownTable(
      ["layer, function", "keys", "value", "derivative"],
      rows.map { row in
        let keys = row.arguments.dropFirst().map {
          code("\($0.name)=\(Diagnostic.number($0.standard!))")
        }
        return [
          code(row.name), keys.joined(separator: " "), value(of: row),
          row.slopes.map { code($0[0].text) } ?? "by the chain rule",
        ]
      }
        + formulaFunctions.filter(\.isLayer).map { row in
          let keys = row.parameters.dropFirst().map {
            code(String([$0].call(of: "").dropFirst().dropLast()))
          }
          return [
            code(row.name), keys.joined(separator: " "), code(row.value.text), "by the chain rule",
          ]
        })
  },
  "functions": {
    let rows = Operation.all.map(\.row).filter { $0.isPublic && LayerRow($0.name) == nil }
    return markdownTable(
      ["function", "value", "derivatives"],
      rows.map { row in
        return [
          code(row.parameters.call(of: row.name)), value(of: row),
          row.slopes.map { $0.map { code($0.text) }.joined(separator: ", ") }
            ?? "by the chain rule",
        ]
      }
        + formulaFunctions.filter { !$0.isLayer }.map { row in
          [code(row.parameters.call(of: row.name)), code(row.value.text), "by the chain rule"]
        })
  },
  "tensor-functions": {
    markdownTable(
      ["function", "gives"],
      tensorFunctions.map { [code($0.parameters.call(of: $0.name)), prose($0.summary)] })
  },
  "derivative-functions": {
    markdownTable(
      ["function", "gives"],
      DerivativeFunction.allCases.map {
        [code($0.parameters.call(of: $0.rawValue)), $0.summary]
      }
        + RewritingFunction.allCases.map {
          [code($0.parameters.call(of: $0.rawValue)), $0.summary]
        })
  },
  "losses": {
    markdownTable(
      ["loss", "value"],
      losses.map { [code($0.parameters.call(of: $0.name)), code($0.text)] })
  },
  "update-rules": {
    markdownTable(
      ["rule", "keys and their values where none are given"],
      updateRules.map { rule in
        [code(rule.name), rule.keys.map { code($0.usage) }.joined(separator: " ")]
      } + [["every rule", commonKeys.map { code($0.usage) }.joined(separator: " ")]])
  },
  "update-steps": {
    updateRules.map { rule in
      let steps = (rule.shared + rule.steps).map { "    \($0.name) = \($0.text)\n" }.joined()
      return "`\(rule.name)`:\n\n\(steps)"
    }.joined(separator: "\n")
  },
  "schedules": {
    markdownTable(
      ["schedule", "the rate is"], rateCurves.map { [code($0.usage), $0.help] })
  },
  "initialisers": {
    markdownTable(["name", "weight"], initialisers.map { [code($0.name), $0.summary] })
  },
  "simplifying-rules": { table(of: simplifyingRules) },
  "presenting-rules": { table(of: presentingRules) },
  "computing-rules": { table(of: computingRules) },
  "stabilizing-rules": { table(of: stabilizingRules) },
  "machine-rules": { table(of: machineRules + accurateMachineRules) },
  "targets": {
    markdownTable(
      ["target", "for", "flags of gcc and clang"],
      Target.all.map { [code($0.name), $0.summary, $0.flags.isEmpty ? "" : code($0.flags)] })
  },
  "grammar": {
    let file = root.path + "/Grammar/nn.ebnf"
    return "```ebnf\n\((try? String(contentsOfFile: file, encoding: .utf8)) ?? "")```\n"
  },
  "accuracy": { accuracyTable() },
  "commands": {
    markdownTable(
      ["command", "what it does"], commands.map { ["<doc:nnc-\($0.name)>", $0.summary] })
  },
  "command-list": { commands.map { "- <doc:nnc-\($0.name)>\n" }.joined() },
  "prompt-commands": {
    markdownTable(
      ["at the prompt", "what it does"],
      dialogueCommands.map {
        [code(":\($0.name)" + ($0.argument.isEmpty ? "" : " \($0.argument)")), prose($0.help)]
      })
  },
  "statuses": {
    markdownTable(
      ["status", "meaning"], ExitStatus.allCases.map { ["\($0.rawValue)", $0.meaning] })
  },
]

/// The table of the functions' bounds and measured errors.
private func accuracyTable() -> String {
  let file = root.path + "/Tests/Golden/functions/ACCURACY.md"
  let lines = ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(separator: "\n")
  return lines.filter { $0.hasPrefix("| ") }.joined(separator: "\n") + "\n"
}

private func table(of rules: [Rule]) -> String {
  markdownTable(
    ["rule", "from", "to", "keeps", "if"],
    rules.map {
      [
        $0.name, code($0.left.text), code($0.right.text), $0.keeps.rawValue,
        $0.guards.map(\.text).joined(separator: ", "),
      ]
    })
}

extension Guard {
  /// What it demands, in words.
  fileprivate var text: String {
    let symbol = symbols[0]
    return switch self {
    case .nonzero: "`\(symbol)` is not 0"
    case .positive: "`\(symbol)` is above 0"
    case .bounded: "`\(symbol)` is finite"
    case .powerOfTwo: "`\(symbol)` is a power of two"
    case .invertible: "`\(symbol)` and its reciprocal keep their digits"
    case .moderate: "`\(symbol)` is between 2⁻³⁰ and 2³⁰"
    case .unshifted: "`\(symbol)` is not shifted yet"
    case .nonnegative: "`\(symbol)` is not below 0"
    case .close: "`\(symbol)` and `\(symbols[1])` are a number between 2⁻³⁰ and 2³⁰ apart"
    case .near: "`\(symbol)` and `\(symbols[1])` are sums with a term in common"
    }
  }
}

private func value(of row: OperationRow) -> String {
  row.definition.map { code($0.text) } ?? "taken as known"
}

/// A text whose stars Markdown leaves alone; between backquotes it does so by itself.
func prose(_ text: String) -> String {
  text.components(separatedBy: "`").enumerated().map { index, part in
    index % 2 == 0 ? part.replacing("*", with: "\\*") : part
  }.joined(separator: "`")
}

/// A piece of code in running text or a cell.
func code(_ text: String) -> String { "`\(text)`" }

/// A table in Markdown.
func markdownTable(_ head: [String], _ rows: [[String]]) -> String {
  ([head, head.map { _ in "---" }] + rows).map { cells in
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
  }.joined()
}
