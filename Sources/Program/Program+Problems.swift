extension Program {
  /// What is wrong with the Program, each problem with its place; empty for a well-formed one.
  ///
  /// A well-formed Program can be run without further checks: values are assigned once, before use and in scope, with
  /// the types that the operations ask for; every access lies inside its array for every number of samples; turns of
  /// parallel loops share no accumulator; lanes store what differs between them to different places; what a kernel
  /// writes overlaps nothing else that it is given; and threads that share a call never touch what another writes before
  /// they have waited for it.
  public func problems() -> [String] {
    var result = blockProblems("parameters", parameters) + blockProblems("state", state)
    if maximumSamples < 1 { result.append("the maximum of samples is \(maximumSamples)") }
    for (index, function) in functions.enumerated() {
      var verifier = BodyVerifier(function: function, index: index, program: self)
      result += verifier.problems(function.body)
    }
    for kernel in kernels {
      var verifier = BodyVerifier(kernel: kernel, program: self)
      result += verifier.problems(kernel.body)
    }
    // Reach, arrays and lanes are only defined for sound bodies.
    if !result.isEmpty { return result }
    result = kernels.flatMap { $0.laneProblems + $0.divisionProblems(samples: maximumSamples) }
    result += entryProblems()
    // Calls can only be compared where each fits its kernel.
    return result.isEmpty ? sharingProblems() : result
  }

  /// Fields lie one after the other, and literals fill them.
  private func blockProblems(_ block: String, _ fields: [Field]) -> [String] {
    var result: [String] = []
    var next = 0
    var names: Set<String> = []
    for field in fields {
      let place = "field \(field.name) of the \(block)"
      if field.shape.contains(where: { $0 < 1 }) { result.append("\(place) has an empty axis") }
      if field.offset != next { result.append("\(place) begins at \(field.offset), not \(next)") }
      if !names.insert(field.name).inserted { result.append("\(place) is declared twice") }
      if case .literal(let values) = field.initial, values.count != field.count {
        result.append("\(place) has \(values.count) initial values for \(field.count) numbers")
      }
      next = field.offset + field.count
    }
    return result
  }
}
