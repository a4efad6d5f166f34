import NNCProgram

/// The kernels of a Program; equal ones are kept once.
///
/// Kernels are equal when their code and the use of their arrays are: names do not count, and the first kernel's stay.
final class KernelTable {
  private(set) var kernels: [Kernel] = []
  private var places: [Shape: Int] = [:]

  private struct Shape: Hashable {
    let body: [Instruction]
    /// The bits of the constants, since 0 == -0.
    let constants: [UInt64]
    let isRead: [Bool]
    let isWritten: [Bool]
    let isWhole: [Bool]
  }

  /// The kernel's place.
  func place(of kernel: Kernel) -> Int {
    let constants = kernel.body.compactMap { instruction -> UInt64? in
      if case .real(_, let number) = instruction { number.bitPattern } else { nil }
    }
    let shape = Shape(
      body: kernel.body, constants: constants, isRead: kernel.parameters.map(\.isRead),
      isWritten: kernel.parameters.map(\.isWritten), isWhole: kernel.parameters.map(\.isWhole))
    if let known = places[shape] { return known }
    kernels.append(kernel)
    places[shape] = kernels.count - 1
    return kernels.count - 1
  }
}
