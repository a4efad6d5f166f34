import NNCProgram

extension EmissionPlan {
  /// The store of the loss, where it is the only one and stands in a plain sequence inside the function; its value
  /// must not change later.
  func directLoss(of entry: Entry, in program: Program) -> (call: Int, place: Int)? {
    var found: [(call: Int, place: Int)] = []
    for (number, call) in entry.calls.enumerated() {
      let isLoss = call.arrays.map { $0.base == .argument(.loss) }
      guard isLoss.contains(true) else { continue }
      guard forms[call.kernel] == .inside else { return nil }
      let body = program.kernels[call.kernel].body
      let changed = Set(
        body.compactMap { instruction -> ValueID? in
          switch instruction {
          case .accumulate(let value, _, _), .assign(let value, _): value
          default: nil
          }
        })
      for (place, instruction) in body.enumerated() {
        switch instruction {
        case .load(_, let access) where isLoss[Int(access.array)]: return nil
        case .store(let access, let value) where isLoss[Int(access.array)]:
          if changed.contains(value) { return nil }
          // A load spelled at its use must not be moved behind later stores.
          for case .load(let loaded, _) in body where loaded == value { return nil }
          found.append((number, place))
        default: break
        }
      }
    }
    return found.count == 1 ? found[0] : nil
  }
}
