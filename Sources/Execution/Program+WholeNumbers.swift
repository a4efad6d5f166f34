import NNCProgram

extension Program {
  /// Whole numbers are indices: one that is none would be a place in other memory.
  package func check<Real: ProgramReal>(
    _ given: UnsafeMutableBufferPointer<Real>, of argument: Entry.Argument, below bounds: [Int],
    _ entry: Entry
  ) throws(ExecutionError) {
    for (place, number) in given.enumerated() {
      let bound = bounds[place % bounds.count]
      // Not a number is no less than any.
      guard number >= 0, number < Real(bound), number.rounded(.down) == number else {
        throw .noIndex(
          argument, entry: entry.name, place: place, given: Double(number), below: bound)
      }
    }
  }
}
