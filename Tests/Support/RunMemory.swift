import NNCProgram

/// The memory of a call, with who touched what since threads last waited for one another.
struct RunMemory {
  let program: Program
  var arrays: [Entry.Argument: [Double]]
  /// Numbers that no one has written are poison.
  var workspace: [Double?]
  /// For each array and each place, a bit for each part that touched it, and 8 bits higher one for each that wrote it.
  private var touches: [Entry.ArrayReference.Base: [UInt16]] = [:]
  private let watchesParts: Bool

  init(
    _ program: Program, _ entry: Entry, _ arrays: [Entry.Argument: [Double]], watchesParts: Bool
  ) {
    self.program = program
    self.arrays = arrays
    self.watchesParts = watchesParts
    workspace = .init(repeating: nil, count: entry.workspaceCount)
  }

  mutating func wait() {
    guard watchesParts else { return }
    for (argument, values) in arrays {
      touches[.argument(argument)] = .init(repeating: 0, count: values.count)
    }
    touches[.workspace] = .init(repeating: 0, count: workspace.count)
  }

  private mutating func touch(
    _ reference: Entry.ArrayReference, _ index: Int, _ part: Int, isWritten: Bool, _ name: String
  ) {
    guard watchesParts else { return }
    let mark = (UInt16(isWritten ? 0x101 : 1)) << UInt16(part)
    let all = touches[reference.base]![index] | mark
    touches[reference.base]![index] = all
    if all >> 8 != 0, (all & 0xff).nonzeroBitCount > 1 {
      fatalError("\(name): part \(part) meets another at \(reference.base) \(index)")
    }
  }

  mutating func read(
    _ reference: Entry.ArrayReference, _ index: Int, _ part: Int, _ name: String
  ) -> Double {
    let index = reference.offset + index
    switch reference.base {
    case .argument(let argument):
      touch(reference, index, part, isWritten: false, name)
      return arrays[argument]![index]
    case .workspace:
      touch(reference, index, part, isWritten: false, name)
      guard let value = workspace[index] else {
        fatalError("\(name) reads workspace \(index) unwritten")
      }
      return value
    case .table(let table):
      let value = program.tables[table].values[index]
      return program.precision == .f64 ? value : Double(Float(value))
    }
  }

  mutating func write(
    _ reference: Entry.ArrayReference, _ index: Int, _ value: Double, _ part: Int, _ name: String
  ) {
    let index = reference.offset + index
    touch(reference, index, part, isWritten: true, name)
    switch reference.base {
    case .argument(let argument): arrays[argument]![index] = value
    case .workspace: workspace[index] = value
    case .table: fatalError("\(name) writes a table")
    }
  }
}
