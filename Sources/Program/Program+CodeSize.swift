import NNCAlgebra

extension Program {
  /// The bytes of machine code that some of the entries take, estimated: 6 for each statement in binary32 and 12 in
  /// binary64, kernels and functions that several use counted once.
  ///
  /// So much do gcc 12 at -Os and a Cortex-M4 take, which has binary32 in hardware alone: 4.7 to 6.8 and 11.1 to 12.4
  /// over six samples, in loops and written out.
  public func codeSize(of wanted: [Entry]) -> Int {
    var used: Set<Int> = []
    for entry in wanted { for call in entry.calls { used.insert(call.kernel) } }
    var called: Set<Int> = []
    var statements = wanted.reduce(0) { $0 + $1.calls.count }
    for kernel in used {
      statements += kernels[kernel].body.count { $0.isStatement }
      called.formUnion(kernels[kernel].body.compactMap(\.callee))
    }
    for index in functions.indices.reversed() where called.contains(index) {
      statements += functions[index].body.count { $0.isStatement }
      called.formUnion(functions[index].body.compactMap(\.callee))
    }
    return statements * (precision == .f64 ? 12 : 6)
  }

  /// The numbers in the tables that some of the entries read.
  public func tableCount(of wanted: [Entry]) -> Int {
    var used: Set<Int> = []
    for entry in wanted {
      for call in entry.calls {
        for case .table(let index) in call.arrays.map(\.base) { used.insert(index) }
      }
    }
    return used.reduce(0) { $0 + tables[$1].values.count }
  }
}

extension Instruction {
  /// Whether it does something: not a constant, nor the end of a loop.
  fileprivate var isStatement: Bool {
    switch self {
    case .end, .real, .bits, .sampleCount: false
    default: true
    }
  }
}
