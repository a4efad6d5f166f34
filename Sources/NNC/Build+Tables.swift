import NNCAlgebra
import NNCGraph
import NNCLayers
import NNCLowering
import NNCProgram

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
      formulas.append([entry.kind.rawValue, list(writtenOut(counts).map { ($0.key, $0.value) })])
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
    if program.stepping != nil {
      let count = program.count(of: .stream, samples: 1)
      rows.append(["kept from step to step", "\(count)", "\(count * size)"])
    }
    for entry in program.entries {
      rows.append([
        "workspace of \(entry.name)", "\(entry.workspaceCount)", "\(entry.workspaceCount * size)",
      ])
    }
    return alignedTable(rows)
  }

  /// Counts of operations with those that have a definition, such as `sigmoid`, counted as what they are made of.
  private func writtenOut(_ counts: [String: Int]) -> [String: Int] {
    var result: [String: Int] = [:]
    var pending = counts.map { ($0.key, $0.value) }
    while let (name, count) = pending.popLast() {
      if let definition = Operation(name)?.row.definition {
        pending += definition.operationCounts.map { ($0.key, $0.value * count) }
      } else {
        result[name, default: 0] += count
      }
    }
    return result
  }

  private func list(_ counts: [(String, Int)]) -> String {
    if counts.isEmpty { return "-" }
    return counts.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}

extension Formula {
  /// How often each operation stands in a formula, shared parts once.
  fileprivate var operationCounts: [String: Int] {
    var counts: [String: Int] = [:]
    var seen: Set<ObjectIdentifier> = []
    var pending = [self]
    while let next = pending.popLast() {
      guard case .apply(let name, let arguments) = next.kind,
        seen.insert(ObjectIdentifier(next)).inserted
      else { continue }
      counts[name, default: 0] += 1
      pending += arguments
    }
    return counts
  }
}
