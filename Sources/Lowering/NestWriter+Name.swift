import NNCAlgebra

extension NestWriter {
  /// The kernel's name, from what it computes: `linear_tanh`, `outer_update`; `plain` where that says nothing.
  func kernelName(plain: String) -> String {
    var parts: [String] = []
    for operation in operations.reversed() where !parts.contains(operation) {
      if Operation(operation)?.row.namesKernels != false { parts.append(operation) }
    }
    if parts.isEmpty { parts = operations.prefix(1).map { $0 } }
    if parts.isEmpty { parts = [plain] }
    parts = Array(parts.prefix(3))
    let updates = targets.contains { target in
      let base = buffers[target].base
      return base == .argument(.parameters) || base == .argument(.state)
    }
    if updates { parts.append("update") }
    return parts.joined(separator: "_")
  }
}
