import NNCAlgebra

/// What one call of an entry does, counted: loops multiplied, functions counted as calls and also expanded.
public struct Cost: Hashable, Sendable {
  /// How often each machine operation is executed outside of functions.
  public var operations: [Primitive: Int] = [:]
  /// How often each function is called from kernels, by its name.
  public var calls: [String: Int] = [:]
  /// How often each machine operation is executed, inside functions too.
  public var expanded: [Primitive: Int] = [:]
  /// Elements read from arrays.
  public var loads = 0
  /// Elements written to arrays.
  public var stores = 0
  /// The bytes read and written.
  public var bytes = 0

  /// Counts nothing.
  public init() {}

  /// All machine operations outside of functions.
  public var operationCount: Int { operations.values.reduce(0, +) }
  /// All calls of functions.
  public var callCount: Int { calls.values.reduce(0, +) }
  /// All machine operations, inside functions too.
  public var expandedCount: Int { expanded.values.reduce(0, +) }
}

extension Program {
  /// What one call of the entry does with that many samples.
  public func cost(of entry: Entry, samples: Int = 1) -> Cost {
    let inside = functionCosts()
    var known: [Int: Cost] = [:]
    var total = Cost()
    for call in entry.calls {
      let cost = known[call.kernel] ?? cost(of: kernels[call.kernel], samples, inside)
      known[call.kernel] = cost
      total.add(cost)
    }
    total.bytes = (total.loads + total.stores) * precision.bytes
    return total
  }

  private func cost(of kernel: Kernel, _ samples: Int, _ inside: [[Primitive: Int]]) -> Cost {
    var cost = Cost()
    var times = [1]
    let extents = kernel.extents
    for instruction in kernel.body {
      let turns = times[times.count - 1]
      switch instruction {
      case .loop(_, let extent, _):
        if case .element = extent { cost.loads += turns }
        times.append(turns * extent.turns(samples: samples, extents))
      case .end: times.removeLast()
      case .load: cost.loads += turns
      case .store: cost.stores += turns
      case .compute(_, let primitive, _), .accumulate(_, let primitive, _):
        cost.operations[primitive, default: 0] += turns
        cost.expanded[primitive, default: 0] += turns
      case .call(_, let function, _):
        cost.calls[functions[function].name, default: 0] += turns
        for (primitive, count) in inside[function] {
          cost.expanded[primitive, default: 0] += turns * count
        }
      case .callWhere:
        // Counted as the choice that it is where the function is not called.
        cost.operations[.select, default: 0] += turns
        cost.expanded[.select, default: 0] += turns
      case .reduce(_, let primitive, _):
        // Counted once a lane, though the last lane has none to combine with.
        cost.operations[primitive, default: 0] += turns
        cost.expanded[primitive, default: 0] += turns
      case .transpose(let matrix):
        let count =
          matrix.rows.count(samples: samples) * matrix.columns.count(samples: samples) * turns
        cost.loads += count
        cost.stores += count
      case .real, .bits, .sampleCount, .place, .accumulator, .assign, .tuple, .pick: break
      }
    }
    return cost
  }

  /// The machine operations of each function, those of the functions it calls included.
  private func functionCosts() -> [[Primitive: Int]] {
    var result: [[Primitive: Int]] = []
    for function in functions {
      var counts: [Primitive: Int] = [:]
      for instruction in function.body {
        switch instruction {
        case .compute(_, let primitive, _): counts[primitive, default: 0] += 1
        case .call(_, let callee, _): counts.merge(result[callee], uniquingKeysWith: +)
        case .callWhere: counts[.select, default: 0] += 1
        default: break
        }
      }
      result.append(counts)
    }
    return result
  }
}

extension Extent {
  /// The turns of the loop in one turn of those around it, on the average.
  func turns(samples: Int, _ extents: [Extent]) -> Int {
    switch self {
    case .within(let size, let block) where extents[Int(block)] == .lastBlock(size):
      return samples % size
    case .within(let size, _): return samples / max(1, Extent.blocks(size).count(samples: samples))
    case .padding: return 0
    default: return count(samples: samples)
    }
  }
}

extension Cost {
  mutating func add(_ other: Cost) {
    operations.merge(other.operations) { $0 + $1 }
    calls.merge(other.calls) { $0 + $1 }
    expanded.merge(other.expanded) { $0 + $1 }
    loads += other.loads
    stores += other.stores
  }
}

extension Cost: CustomStringConvertible {
  /// The counts on one line: `exp 4, div 4, add 30, mul 33; loads 16, stores 13, 232 bytes`.
  public var description: String {
    var parts = calls.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    for row in primitives {
      if let count = operations[row.primitive] { parts.append("\(row.name) \(count)") }
    }
    return parts.joined(separator: ", ") + "; loads \(loads), stores \(stores), \(bytes) bytes"
  }
}
