import NNCProgram

extension CEmitter {
  /// The bytes of stack that each function of the header takes at most: its frame, and the deepest call below it.
  ///
  /// An entry calls kernels, and those call functions; nothing calls itself. What a compiler put into its caller has no
  /// frame. A helper that is no kernel may be called from anywhere, so the largest counts everywhere. Not counted is
  /// what the compiler's libraries take.
  ///
  /// - Parameter frames: the bytes of each compiled function by its name in C; of a function that was split, of all parts.
  public func stack(frames: [String: Int]) -> [(function: String, bytes: Int)] {
    func frame(_ name: String) -> Int { frames[name] ?? 0 }
    let initialize = "\(prefix)_\(Self.initialCall)"
    let entries = program.entries.map { "\(prefix)_\($0.name)" } + [initialize]
    let known = Set(entries + kernelNames + functionNames)
    let helper = frames.filter { !known.contains($0.key) }.values.max() ?? 0

    var depths: [Int] = []
    func deepest(_ body: [Instruction]) -> Int {
      body.reduce(0) { max($0, $1.callee.map { depths[$0] } ?? 0) }
    }
    for (index, function) in program.functions.enumerated() {
      depths.append(frame(functionNames[index]) + deepest(function.body))
    }
    let kernels = program.kernels.indices.map { index in
      frame(kernelNames[index]) + deepest(program.kernels[index].body)
    }
    var rows = program.entries.map { entry in
      let below = entry.calls.reduce(0) { max($0, kernels[$1.kernel]) }
      return (function: entry.name, bytes: frame("\(prefix)_\(entry.name)") + below + helper)
    }
    if frames[initialize] != nil {
      rows.insert((Self.initialCall, frame(initialize) + helper), at: 0)
    }
    return rows
  }
}
