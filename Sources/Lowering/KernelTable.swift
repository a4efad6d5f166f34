import NNCProgram

/// The kernels of a Program; equal ones are kept once.
///
/// Kernels are equal when their code and the use of their arrays are: names do not count, and the first kernel's stay.
final class KernelTable {
  private(set) var kernels: [Kernel] = []
  private var places: [Shape: Int] = [:]
  private var nameCounts: [String: Int] = [:]

  private struct Shape: Hashable {
    let body: [Instruction]
    /// The bits of the constants, since 0 == -0.
    let constants: [UInt64]
    let isRead: [Bool]
    let isWritten: [Bool]
  }

  /// The kernel's place.
  func place(of kernel: Kernel) -> Int {
    let constants = kernel.body.compactMap { instruction -> UInt64? in
      if case .real(_, let number) = instruction { number.bitPattern } else { nil }
    }
    let shape = Shape(
      body: kernel.body, constants: constants, isRead: kernel.parameters.map(\.isRead),
      isWritten: kernel.parameters.map(\.isWritten))
    if let known = places[shape] { return known }
    var kernel = kernel
    let count = (nameCounts[kernel.name] ?? 0) + 1
    nameCounts[kernel.name] = count
    if count > 1 { kernel.name += "_\(count)" }
    kernels.append(kernel)
    places[shape] = kernels.count - 1
    return kernels.count - 1
  }
}
