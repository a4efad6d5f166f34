import NNCAlgebra
import NNCProgram

/// Which kernels stand inside the function of the entry that calls them, and which are functions of their own.
struct EmissionPlan {
  /// How a kernel is emitted.
  enum Form {
    /// Never called.
    case absent
    /// A plain sequence, called once: its statements stand in the entry's function.
    case inside
    /// Called once, with loops: a function over the entry's own arrays.
    case once
    /// A function over pointers.
    case shared
  }

  private(set) var forms: [Form]
  /// The functions that are reached from kernels that are called.
  private(set) var usedFunctions: Set<Int> = []

  init(_ program: Program) {
    var calls = [Int](repeating: 0, count: program.kernels.count)
    for entry in program.entries { for call in entry.calls { calls[call.kernel] += 1 } }
    /// Kernels that are given a constant table.
    var readsTable: Set<Int> = []
    for entry in program.entries {
      for call in entry.calls {
        for case .table in call.arrays.map(\.base) { readsTable.insert(call.kernel) }
      }
    }
    // What threads share stands in functions, which tell which part is theirs.
    let shared = Set(
      program.entries.filter { $0.sharedFrom != nil }.flatMap { $0.calls.map(\.kernel) })
    forms = calls.enumerated().map { index, count in
      if count == 0 { return .absent }
      // Vectors are read by pointers, which Swift gives to no constant.
      let readsVectors = program.kernels[index].hasLanes && readsTable.contains(index)
      if count > 1 || readsVectors { return .shared }
      return program.kernels[index].isStraight && !shared.contains(index) ? .inside : .once
    }
    for (index, kernel) in program.kernels.enumerated() where calls[index] > 0 {
      usedFunctions.formUnion(kernel.body.compactMap(\.callee))
    }
    for index in program.functions.indices.reversed() where usedFunctions.contains(index) {
      usedFunctions.formUnion(program.functions[index].body.compactMap(\.callee))
    }
  }

  /// The calls of an entry, as they are spelled: one by one, or as loops.
  func runs(of entry: Entry) -> [CallRun] {
    CallRun.runs(of: entry.calls) { forms[$0] == .shared }
  }

  /// Every operation in what is emitted.
  func primitives(_ program: Program) -> Set<Primitive> {
    var result: Set<Primitive> = []
    func collect(_ body: [Instruction]) {
      for instruction in body {
        switch instruction {
        case .compute(_, let primitive, _), .accumulate(_, let primitive, _),
          .reduce(_, let primitive, _):
          result.insert(primitive)
        default: break
        }
      }
    }
    for (index, kernel) in program.kernels.enumerated() where forms[index] != .absent {
      collect(kernel.body)
    }
    for index in usedFunctions { collect(program.functions[index].body) }
    return result
  }
}
