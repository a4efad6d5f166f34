import NNCProgram

extension Program {
  /// The memory that a call touches, each piece once, with whether it is written; tables are global.
  func memory(of call: Entry.Call) -> [(Entry.ArrayReference.Base, isWritten: Bool)] {
    let kernel = kernels[call.kernel]
    let isTouched = zip(kernel.reach(samples: 1), kernel.reach(samples: maximumSamples))
      .map { $0 != nil || $1 != nil }
    var result: [(Entry.ArrayReference.Base, isWritten: Bool)] = []
    for (index, reference) in call.arrays.enumerated() where isTouched[index] {
      if case .table = reference.base { continue }
      let isWritten = kernel.parameters[index].isWritten
      if let known = result.firstIndex(where: { $0.0 == reference.base }) {
        result[known].isWritten = result[known].isWritten || isWritten
      } else {
        result.append((reference.base, isWritten))
      }
    }
    return result
  }
}
