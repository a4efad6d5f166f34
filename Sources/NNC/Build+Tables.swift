import Algebra
import Graph
import Layers
import Lowering
import Program

extension Build {
  /// How many operations each function does for one sample, as formulas and on the machine.
  var costTable: String {
    var rows = [["function", "operations", "functions called", "loads", "stores"]]
    for entry in program.entries where !entry.many {
      let cost = program.cost(of: entry)
      rows.append([
        entry.name, list(cost.operations.map { ($0.key.row.name, $0.value) }),
        list(cost.calls.map { ($0.key, $0.value) }), "\(cost.loads)", "\(cost.stores)",
      ])
    }
    var formulas = [["formulas", "operations"]]
    for entry in specialized where !entry.many {
      let counts = graph.operationCounts(of: entry.roots)
      formulas.append([entry.kind.rawValue, list(counts.map { ($0.key, $0.value) })])
    }
    return alignedTable(formulas) + "\n" + alignedTable(rows)
  }

  /// The bytes of each block of memory, and of each function's workspace.
  var memoryTable: String {
    let size = program.precision.bytes
    var rows = [["block", "numbers", "bytes"]]
    for (name, count) in [
      ("parameters", program.parameterCount), ("state", program.stateCount),
      ("input, a sample", program.inputCount), ("target, a sample", program.targetCount),
      ("output, a sample", program.outputCount),
    ] {
      rows.append([name, "\(count)", "\(count * size)"])
    }
    for entry in program.entries {
      rows.append([
        "workspace of \(entry.name)", "\(entry.workspaceCount)", "\(entry.workspaceCount * size)",
      ])
    }
    return alignedTable(rows)
  }

  private func list(_ counts: [(String, Int)]) -> String {
    if counts.isEmpty { return "-" }
    return counts.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
