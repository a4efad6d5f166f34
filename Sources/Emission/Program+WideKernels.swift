import NNCProgram

extension Program {
  /// The most arrays that a kernel's function is given, each as a parameter of its own: with the number of samples, a part
  /// and the number of parts it has 16 parameters.
  static let mostArrays = 13

  /// The Program with a copy of its own for each call of a kernel over more arrays than that: such a function is spelled
  /// over the entry's own arrays, which are few.
  var withWideKernelsApart: Program {
    let isWide = kernels.map { $0.parameters.count > Self.mostArrays }
    if !isWide.contains(true) { return self }
    var result = self
    var isTaken = [Bool](repeating: false, count: kernels.count)
    for entry in entries.indices {
      for call in entries[entry].calls.indices {
        let kernel = entries[entry].calls[call].kernel
        if !isWide[kernel] { continue }
        if isTaken[kernel] {
          result.entries[entry].calls[call].kernel = result.kernels.count
          result.kernels.append(kernels[kernel])
        }
        isTaken[kernel] = true
      }
    }
    return result
  }
}
