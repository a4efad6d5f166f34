import NNCProgram

/// Runs entries in one precision: the Program's.
final class Machine<Real: ProgramReal> {
  typealias Word = Real.Word

  let program: Program
  private var frames: [Frame<Real>?]
  private let workspace: UnsafeMutablePointer<Word>
  private let tables: [UnsafeMutablePointer<Word>]

  init(_ program: Program) {
    self.program = program
    frames = .init(repeating: nil, count: program.kernels.count)
    let count = max(1, program.workspaceCount)
    workspace = .allocate(capacity: count)
    workspace.initialize(repeating: 0, count: count)
    tables = program.tables.map { table in
      let memory = UnsafeMutablePointer<Word>.allocate(capacity: max(1, table.values.count))
      for (index, value) in table.values.enumerated() {
        (memory + index).initialize(to: Real(value).bitPattern)
      }
      return memory
    }
  }

  deinit {
    workspace.deallocate()
    for table in tables { table.deallocate() }
  }

  /// Runs an entry whose arrays have been checked, in a workspace of the caller's or its own.
  func run(
    _ entry: Entry, samples: Int, arrays: [Entry.Argument: UnsafeMutableBufferPointer<Real>],
    workspace given: UnsafeMutableRawPointer?
  ) {
    let workspace = given?.assumingMemoryBound(to: Word.self) ?? workspace
    for call in entry.calls {
      withUnsafeTemporaryAllocation(
        of: UnsafeMutablePointer<Word>.self, capacity: max(1, call.arrays.count)
      ) { pointers in
        for (index, reference) in call.arrays.enumerated() {
          let base =
            switch reference.base {
            case .argument(let argument):
              // An array of no elements has no address, and nothing is read from it.
              arrays[argument].flatMap { UnsafeMutableRawPointer($0.baseAddress) }?
                .assumingMemoryBound(to: Word.self) ?? workspace
            case .workspace: workspace
            case .table(let index): tables[index]
            }
          pointers.initializeElement(at: index, to: base + reference.offset)
        }
        guard let base = pointers.baseAddress else { return }
        frame(call.kernel).run(base, samples: samples)
      }
    }
  }

  private func frame(_ kernel: Int) -> Frame<Real> {
    if let known = frames[kernel] { return known }
    let frame = Frame<Real>(Decoder.decode(program.kernels[kernel], of: program))
    frames[kernel] = frame
    return frame
  }
}
