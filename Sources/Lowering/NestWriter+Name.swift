import Algebra
import Program

extension NestWriter {
  /// The kernel's name, from what it computes: `linear_tanh`, `outer_update`.
  var kernelName: String {
    var parts: [String] = []
    for operation in operations.reversed() where !parts.contains(operation) {
      if !Self.isCommon(operation) { parts.append(operation) }
    }
    if parts.isEmpty { parts = operations.prefix(1).map { $0 } }
    if parts.isEmpty { parts = [blockName] }
    parts = Array(parts.prefix(3))
    switch buffers[task.target].base {
    case .argument(.parameters), .argument(.state): parts.append("update")
    case .argument(.gradient): parts.append("gradient")
    default: break
    }
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

  /// Operations that say little about a kernel that has others.
  private static func isCommon(_ name: String) -> Bool {
    switch name {
    case "add", "sub", "mul", "div", "neg", "select", "lt", "le", "eq", "ne", "and", "or", "not":
      true
    default: false
    }
  }
}
