extension Program {
  /// Whether training changes a field of the parameters. Where there is no `train`, whether its gradient is anything
  /// but the constant 0 that frozen parameters get.
  public func trains(_ field: Field) -> Bool {
    let training = entries.filter { $0.kind == .train }
    if !training.isEmpty {
      return training.contains { stores($0, to: .parameters, field) { _, _ in true } }
    }
    return entries.filter { $0.kind == .gradient }.contains { entry in
      stores(entry, to: .gradient, field) { kernel, value in
        !kernel.body.contains { if case .real(value, _) = $0 { true } else { false } }
      }
    }
  }

  /// Whether an entry stores a value of some sort to a field of an array of the caller's.
  private func stores(
    _ entry: Entry, to argument: Entry.Argument, _ field: Field,
    _ isWanted: (Kernel, ValueID) -> Bool
  ) -> Bool {
    let range = field.offset..<field.offset + field.count
    return entry.calls.contains { call in
      let kernel = kernels[call.kernel]
      let places = call.arrays.map { $0.base == .argument(argument) ? $0.offset : nil }
      if places.allSatisfy({ $0 == nil }) { return false }
      let extents = kernel.extents
      return kernel.body.contains { instruction in
        guard case .store(let access, let value) = instruction,
          let start = places[Int(access.array)],
          let reach = access.reach(extents: extents, samples: entry.many ? maximumSamples : 1)
        else { return false }
        let stored = start + reach.lowerBound..<start + reach.upperBound + 1
        return stored.overlaps(range) && isWanted(kernel, value)
      }
    }
  }
}
