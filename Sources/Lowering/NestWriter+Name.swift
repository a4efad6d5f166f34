import NNCAlgebra
import NNCProgram

extension NestWriter {
  /// The kernel's name, from what it computes: `linear_tanh`, `outer_update`.
  var kernelName: String {
    var parts: [String] = []
    for operation in operations.reversed() where !parts.contains(operation) {
      if Operation(operation)?.row.namesKernels != false { parts.append(operation) }
    }
    if parts.isEmpty { parts = operations.prefix(1).map { $0 } }
    if parts.isEmpty { parts = [blockName] }
    parts = Array(parts.prefix(3))
    let updates = task.outputs.contains { output in
      let base = buffers[output.target].base
      return base == .argument(.parameters) || base == .argument(.state)
    }
    if updates { parts.append("update") }
    return parts.joined(separator: "_")
  }

  private var blockName: String {
    switch graph[task.node].kind {
    case .pad where placement.isKept[Int(task.node.index)]: "pad"
    case .concat: "concat"
    case .constant: "fill"
    default: "copy"
    }
  }
}
