import NNCProgram

/// What a call does, in the network's words.
struct KernelRole: Hashable {
  /// What this call alone does: `conv2_forward`; nil where nothing is known of it.
  var own: String?
  /// What calls for other layers do likewise: `conv_forward`.
  var common: String?
}

/// What the calls of each kernel do, and the kernels' names by that.
struct KernelRoles {
  /// By kernel: what all its calls do; nothing inside where they differ.
  private var roles: [Int: KernelRole] = [:]

  /// Notes what a call of a kernel does.
  mutating func note(_ role: KernelRole, of kernel: Int) {
    guard var known = roles[kernel] else {
      roles[kernel] = role
      return
    }
    if known.own != role.own { known.own = nil }
    if known.common != role.common { known.common = nil }
    roles[kernel] = known
  }

  /// The kernels with names of their own: after what they do where all calls do the same, else after their operations. No
  /// kernel is called like a function.
  func named(_ kernels: [Kernel], functions: [ScalarFunction]) -> [Kernel] {
    let functions = Set(functions.map(\.name))
    var counts: [String: Int] = [:]
    return kernels.enumerated().map { index, kernel in
      var kernel = kernel
      let role = roles[index].flatMap { $0.own ?? $0.common }
      kernel.name = role?.replacing(".", with: "_") ?? kernel.name
      if functions.contains(kernel.name) { kernel.name += "_values" }
      let count = counts[kernel.name, default: 0] + 1
      counts[kernel.name] = count
      if count > 1 { kernel.name += "_\(count)" }
      return kernel
    }
  }
}
