extension Program {
  func entryProblems() -> [String] {
    var result: [String] = []
    var names: Set<String> = []
    // Sizes are linear in the number of samples, so the two ends stand for all between.
    let ends = maximumSamples == 1 ? [1] : [1, maximumSamples]
    let reaches = ends.map { samples in kernels.map { $0.reach(samples: samples) } }
    for entry in entries {
      if !names.insert(entry.name).inserted {
        result.append("entry \(entry.name) is defined twice")
      }
      let memory = ends.map { samples in
        entry.arguments.map { (argument: $0, count: count(of: $0, samples: samples)) }
      }
      for (number, call) in entry.calls.enumerated() {
        let place = "entry \(entry.name), call \(number)"
        guard kernels.indices.contains(call.kernel) else {
          result.append("\(place): there is no kernel \(call.kernel)")
          continue
        }
        let kernel = kernels[call.kernel]
        guard call.arrays.count == kernel.parameters.count else {
          result.append(
            "\(place): \(kernel.name) takes \(kernel.parameters.count) arrays, "
              + "not \(call.arrays.count)")
          continue
        }
        for (index, samples) in ends.enumerated() where index == 0 || entry.many {
          result += callProblems(
            "\(place) (\(kernel.name), \(samples) samples)", call, entry, memory[index],
            reaches[index][call.kernel])
        }
      }
    }
    return result
  }

  private func callProblems(
    _ place: String, _ call: Entry.Call, _ entry: Entry,
    _ memory: [(argument: Entry.Argument, count: Int)], _ reach: [ClosedRange<Int>?]
  ) -> [String] {
    var result: [String] = []
    let parameters = kernels[call.kernel].parameters
    var touched: [(base: Entry.ArrayReference.Base, range: ClosedRange<Int>, index: Int)] = []
    for (index, reference) in call.arrays.enumerated() {
      let name = parameters[index].name
      guard let size = size(of: reference.base, in: entry, memory) else {
        result.append("\(place): array \(name) lies in memory that the entry does not have")
        continue
      }
      if parameters[index].isWritten, !isWritable(reference.base, in: entry) {
        result.append("\(place): array \(name) may not be written")
      }
      guard let reach = reach[index] else { continue }
      let low = reach.lowerBound + reference.offset
      let high = reach.upperBound + reference.offset
      if low < 0 || high >= size {
        result.append("\(place): array \(name) reaches \(low)...\(high) of \(size) numbers")
      }
      touched.append((reference.base, low...high, index))
    }
    for (first, one) in touched.enumerated() {
      for other in touched[(first + 1)...]
      where one.base == other.base && one.range.overlaps(other.range)
        && (parameters[one.index].isWritten || parameters[other.index].isWritten)
      {
        result.append(
          "\(place): arrays \(parameters[one.index].name) and \(parameters[other.index].name) overlap"
        )
      }
    }
    return result
  }

  private func size(
    of base: Entry.ArrayReference.Base, in entry: Entry,
    _ memory: [(argument: Entry.Argument, count: Int)]
  ) -> Int? {
    switch base {
    case .argument(let argument): memory.first { $0.argument == argument }?.count
    case .workspace: entry.workspaceCount
    case .table(let index): tables.indices.contains(index) ? tables[index].values.count : nil
    }
  }

  private func isWritable(_ base: Entry.ArrayReference.Base, in entry: Entry) -> Bool {
    switch base {
    case .argument(let argument): entry.writes(argument)
    case .workspace: true
    case .table: false
    }
  }
}
