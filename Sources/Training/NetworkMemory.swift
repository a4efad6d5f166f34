import NNCEmission
import NNCExecution
import NNCProgram

/// The arrays over which a network's functions run: parameters, state, and room for a batch.
///
/// Every array lies at one place for the memory's whole life, but for those that `exchange` moves.
public final class NetworkMemory<Real: ProgramReal> {
  /// The most samples that it has room for.
  public let capacity: Int
  /// Pointers to the arrays in the order of ``CEmitter/callOrder``, then to the workspace.
  let pointers: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private let counts: [Int]

  /// Room for a Program's largest batch; parameters and state begin as the network says, the rest is 0.
  public init(_ program: Program) {
    capacity = program.maximumSamples
    counts =
      CEmitter.callOrder.map { program.count(of: $0, samples: program.maximumSamples) }
      + [program.workspaceCount]
    pointers = .allocate(capacity: counts.count)
    for (place, count) in counts.enumerated() {
      // Vectors of any width may be loaded from an array's beginning.
      let bytes = max(1, count) * MemoryLayout<Real>.stride
      let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      memory.initializeMemory(as: Real.self, repeating: 0, count: max(1, count))
      pointers[place] = memory
    }
    fill(.parameters, program.parameters)
    fill(.state, program.state)
    fill(.stream, program.stream)
  }

  deinit {
    for place in counts.indices { pointers[place]?.deallocate() }
    pointers.deallocate()
  }

  /// What is kept from step to step is what a sequence begins with.
  package func beginStream(_ program: Program) { fill(.stream, program.stream) }

  /// An array of the caller's.
  public subscript(_ argument: Entry.Argument) -> UnsafeMutableBufferPointer<Real> {
    let place = CEmitter.callOrder.firstIndex(of: argument)!
    return UnsafeMutableBufferPointer(
      start: pointers[place]!.assumingMemoryBound(to: Real.self), count: counts[place])
  }

  /// Puts other memory, aligned to 64 bytes and as large, in an array's place, and gives what lay there.
  func exchange(_ argument: Entry.Argument, _ numbers: inout UnsafeMutablePointer<Real>) {
    let place = CEmitter.callOrder.firstIndex(of: argument)!
    let before = pointers[place]!.assumingMemoryBound(to: Real.self)
    pointers[place] = UnsafeMutableRawPointer(numbers)
    numbers = before
  }

  /// The scratch memory.
  package var workspace: UnsafeMutableBufferPointer<Real> {
    UnsafeMutableBufferPointer(
      start: pointers[counts.count - 1]!.assumingMemoryBound(to: Real.self),
      count: counts[counts.count - 1])
  }

  private func fill(_ argument: Entry.Argument, _ fields: [Field]) {
    let block = self[argument]
    for field in fields {
      for (place, value) in field.initialValues.enumerated() {
        block[field.offset + place] = Real(value)
      }
    }
  }
}
