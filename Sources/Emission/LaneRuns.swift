import NNCProgram

/// Instructions that are done one after the other in one plain loop over the lanes.
///
/// Where there are no vectors, each lane may do several instructions before the next lane does them, as long as no lane
/// reads what another one writes. Such a run ends at a loop, at a sum of the lanes, at a change of what all lanes
/// share, and between accesses of one array at different places of which one writes.
struct LaneRuns {
  /// The number of the run that an instruction belongs to; nil for those that are done once for all lanes.
  private(set) var runs: [Int?]
  /// Whether the instruction may stand before the run that it interrupts: it reads what the run does not change.
  private(set) var standsBefore: [Bool]
  /// The values that are needed beyond their run, and so have an element for each lane.
  private(set) var isArray: [Bool]

  init(_ kernel: Kernel, varying: [Bool]) {
    let body = kernel.body
    runs = .init(repeating: nil, count: body.count)
    standsBefore = .init(repeating: false, count: body.count)
    isArray = .init(repeating: false, count: kernel.valueCount)
    /// Where each value is made.
    var home = [Int?](repeating: nil, count: kernel.valueCount)
    var next = 0
    var lanes: LoopID?
    var open: [LoopID] = []
    var read: [Int32: Set<Access>] = [:]
    var written: [Int32: Set<Access>] = [:]
    func end() {
      next += 1
      read = [:]
      written = [:]
    }
    for (index, instruction) in body.enumerated() {
      switch instruction {
      case .loop(let loop, _, let turns):
        open.append(loop)
        if turns == .lanes { lanes = loop }
        end()
        continue
      case .end:
        if open.popLast() == lanes { lanes = nil }
        end()
        continue
      default: break
      }
      guard let lanes else { continue }
      if !Self.isVector(instruction, varying, lanes) {
        switch instruction {
        case .real, .bits, .sampleCount, .place, .compute, .call, .callWhere, .accumulator:
          standsBefore[index] = true
        case .load(_, let access) where written[access.array] == nil: standsBefore[index] = true
        default: end()
        }
      } else {
        switch instruction {
        case .load(_, let access):
          if let places = written[access.array], places != [access] { end() }
          read[access.array, default: []].insert(access)
        case .store(let access, _):
          let places = (written[access.array] ?? []).union(read[access.array] ?? [])
          if !places.isSubset(of: [access]) { end() }
          written[access.array, default: []].insert(access)
        default: break
        }
        runs[index] = next
        if let value = instruction.result { home[Int(value)] = next }
      }
      for operand in instruction.operands where varying[Int(operand)] {
        if runs[index] == nil || home[Int(operand)] != next { isArray[Int(operand)] = true }
      }
    }
  }

  /// Whether the instruction does something else in each lane.
  static func isVector(_ instruction: Instruction, _ varying: [Bool], _ lanes: LoopID?) -> Bool {
    switch instruction {
    case .loop, .end, .reduce, .transpose: false
    case .store(let access, let value):
      varying[Int(value)] || lanes.map { access.step(of: $0) != 0 } ?? false
    default: (instruction.result ?? instruction.operands.first).map { varying[Int($0)] } ?? false
    }
  }
}
