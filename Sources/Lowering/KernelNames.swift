import NNCProgram

/// What the calls of each kernel do, and the kernels' names by that.
struct KernelRoles {
  /// By kernel: the one thing that all its calls do; nil inside where they do several.
  private var roles: [Int: String?] = [:]

  /// Notes what a call of a kernel does.
  mutating func note(_ role: String?, of kernel: Int) {
    if let known = roles[kernel] {
      if known != role { roles[kernel] = .some(nil) }
    } else {
      roles[kernel] = .some(role)
    }
  }

  /// The kernels with names of their own: after what they do where all calls do the same, else after their operations. No
  /// kernel is called like a function.
  func named(_ kernels: [Kernel], functions: [ScalarFunction]) -> [Kernel] {
    let functions = Set(functions.map(\.name))
    var counts: [String: Int] = [:]
    return kernels.enumerated().map { index, kernel in
      var kernel = kernel
      let role = (roles[index] ?? nil)?.replacing(".", with: "_")
      kernel.name = role ?? kernel.name
      if functions.contains(kernel.name) { kernel.name += "_values" }
      let count = counts[kernel.name, default: 0] + 1
      counts[kernel.name] = count
      if count > 1 { kernel.name += "_\(count)" }
      return kernel
    }
  }
}
