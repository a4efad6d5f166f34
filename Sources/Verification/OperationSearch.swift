import NNCExecution
import NNCProgram
import NNCTraining

/// Looks for the first operation of a step that gives other bits in a form than in the interpreter.
///
/// First the kernel's call is found, by halving: the function cut off behind a call leaves equal memory, or does not.
/// Then that call is run with probes behind all of its instructions. Probes may keep a compiler from what it did
/// wrong; where nothing differs any more, instructions are watched one at a time.
struct OperationSearch<Real: ProgramReal> {
  let recording: Recording<Real>
  let form: Form
  let step: Int
  /// The number by which the difference was noticed.
  let element: Element

  private var program: Program { recording.program }
  private var entry: Entry { recording.course.steps[step].entry }
  private var samples: Int { recording.course.steps[step].samples.count }

  /// The operation; nil where all calls, cut off or watched, give equal bits.
  func operation() throws -> DifferingOperation? {
    guard let call = try firstCall() else { return nil }
    var kernel = program.kernels[entry.calls[call].kernel]
    var functions: [String] = []
    var found: Found?
    while let next = try firstPlace(call, kernel) {
      found = next
      guard case .call(_, let function, _) = kernel.body[next.place],
        let inner = kernel.inlining(next.place, of: program)
      else { break }
      // If no statement of it differs when it is written out, the function as it is compiled is to blame.
      let statements = next.place..<next.place + inner.body.count - kernel.body.count + 1
      guard let first = try firstPlace(call, inner), statements.contains(first.place) else { break }
      functions.append(program.functions[function].name)
      kernel = inner
    }
    return describe(call, kernel, functions, found)
  }

  private func describe(
    _ call: Int, _ kernel: Kernel, _ functions: [String], _ found: Found?
  ) -> DifferingOperation {
    let place = found?.place ?? storing(call, kernel)
    return DifferingOperation(
      kernel: kernel.name, functions: functions, comment: entry.calls[call].comment,
      statement: program.statement(place, of: kernel) ?? "",
      turns: found?.loops.map { (loop: $0.0, turn: $0.1) } ?? [], numbers: found?.numbers)
  }

  /// Where no watched instruction differs: the place of the one whose result is stored where the difference was
  /// noticed, or else of the last store.
  private func storing(_ call: Int, _ kernel: Kernel) -> Int {
    let extents = kernel.extents
    let arrays = entry.calls[call].arrays
    let stores = kernel.body.indices.filter { place in
      guard case .store(let access, _) = kernel.body[place],
        let reach = access.reach(extents: extents, samples: samples)
      else { return false }
      let array = arrays[Int(access.array)]
      return array.base == .argument(element.argument)
        && reach.contains(element.place - array.offset)
    }
    guard let place = stores.last, case .store(_, let value) = kernel.body[place] else {
      return kernel.body.lastIndex { if case .store = $0 { true } else { false } } ?? 0
    }
    return kernel.body[..<place].lastIndex { $0.computed == value } ?? place
  }

  /// The number of the first call behind which memory differs.
  private func firstCall() throws -> Int? {
    var equal = 0
    var different = entry.calls.count
    guard try memoryDiffers(behind: different) else { return nil }
    while different - equal > 1 {
      let middle = (equal + different) / 2
      if try memoryDiffers(behind: middle) { different = middle } else { equal = middle }
    }
    return different - 1
  }

  private func memoryDiffers(behind calls: Int) throws -> Bool {
    var cut = program
    cut.entries = [entry]
    cut.entries[0].calls = Array(entry.calls[..<calls])
    let (expected, given) = try run(cut)
    let arrays = recording.course.steps[step].written(program)
    return arrays.contains { argument, count in
      differing(given[argument][..<count], expected[argument][..<count]) != nil
    } || differing(given.workspace, expected.workspace) != nil
  }

  /// The memory that the interpreter leaves, and that of the form.
  private func run(
    _ program: Program
  ) throws -> (expected: NetworkMemory<Real>, given: NetworkMemory<Real>) {
    func memory(_ executor: any Executor<Real>) throws -> NetworkMemory<Real> {
      let memory = NetworkMemory<Real>(program)
      recording.restore(before: step, in: memory)
      let step = recording.course.steps[step]
      try recording.run(
        Course.Step(entry: program.entries[0], samples: step.samples), executor, over: memory)
      return memory
    }
    let native = try NativeExecutor<Real>(program, in: try form.compile([program]))
    return (try memory(InterpreterExecutor(program)), try memory(native))
  }

  private typealias Found = (place: Int, loops: [(String, Int)], numbers: NumberPair)

  private func firstPlace(
    _ call: Int, _ kernel: Kernel
  ) throws -> Found? {
    if let found = try firstDifference(call, kernel, at: nil) { return found }
    return try byHalving(call, kernel)
  }

  /// The first difference at the watched places; all if nil.
  private func firstDifference(
    _ call: Int, _ kernel: Kernel, at places: Set<Int>?
  ) throws -> Found? {
    guard
      let probed = ProbedCall(program, entry, call: call, kernel, samples: samples, at: places)
    else { return nil }
    let (expected, given) = try run(probed.program)
    let wanted = UnsafeMutableBufferPointer(rebasing: expected.workspace[probed.trace])
    let traced = UnsafeMutableBufferPointer(rebasing: given.workspace[probed.trace])
    guard differing(traced, wanted) != nil else { return nil }
    let first = probed.first(samples: samples) { place in
      differing(traced[place...place], wanted[place...place]) != nil
    }
    guard let (probe, place, turns) = first else { return nil }
    let numbers = NumberPair(expected: Number(wanted[place]), given: Number(traced[place]))
    return (probe.place, probed.loops(around: probe, turns), numbers)
  }

  /// Halves the kernel's instructions for one that differs when it alone is watched and whose operands do not.
  private func byHalving(_ call: Int, _ kernel: Kernel) throws -> Found? {
    var known: [Int: Found?] = [:]
    func difference(_ place: Int) throws -> Found? {
      if let known = known[place] { return known }
      let found = try firstDifference(call, kernel, at: [place])
      known[place] = .some(found)
      return found
    }
    var definition: [ValueID: Int] = [:]
    for (place, instruction) in kernel.body.enumerated() {
      if let value = instruction.computed { definition[value] = place }
    }
    let stored = kernel.body.compactMap { instruction -> Int? in
      if case .store(_, let value) = instruction { definition[value] } else { nil }
    }
    guard var place = try stored.first(where: { try difference($0) != nil }) else { return nil }
    while true {
      let computing = kernel.body[..<place].indices.filter { kernel.body[$0].computed != nil }
      var low = -1
      var high = computing.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if try difference(computing[middle]) != nil { high = middle } else { low = middle }
      }
      if high < computing.count { place = computing[high] }
      let operands = kernel.body[place].operands.compactMap { definition[$0] }.filter { $0 < place }
      guard let wrong = try operands.first(where: { try difference($0) != nil }) else { break }
      place = wrong
    }
    return try difference(place)
  }
}
