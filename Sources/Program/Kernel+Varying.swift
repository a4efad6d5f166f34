/// Which values of a body differ from lane to lane.
///
/// Inside of a loop over lanes a value varies that is read from another place in each lane, or is made of values that
/// vary. All others are uniform: one number for all lanes, computed once. What ``Instruction/reduce(_:_:_:)`` gives is
/// uniform, and so is an accumulator that only uniform values change.
extension Kernel {
  /// For every value, whether it varies.
  public var varyingValues: [Bool] {
    if !hasLanes { return .init(repeating: false, count: valueCount) }
    var seeds: [ValueID] = []
    var lanes: LoopID?
    var open: [LoopID] = []
    for instruction in body {
      switch instruction {
      case .loop(let loop, _, let turns):
        open.append(loop)
        if turns == .lanes { lanes = loop }
      case .end: if open.popLast() == lanes { lanes = nil }
      case .load(let value, let access), .place(let value, let access):
        if let lanes, access.step(of: lanes) != 0 { seeds.append(value) }
      default: break
      }
    }
    return varying(from: seeds, in: body, count: valueCount)
  }

  /// Whether it has a loop over lanes.
  public var hasLanes: Bool {
    body.contains { if case .loop(_, _, .lanes) = $0 { true } else { false } }
  }

  /// Stores of values that vary to one place, each as a text.
  var laneProblems: [String] {
    guard hasLanes else { return [] }
    let varying = varyingValues
    var result: [String] = []
    var lanes: LoopID = -1
    for (index, instruction) in body.enumerated() {
      switch instruction {
      case .loop(let loop, _, .lanes): lanes = loop
      case .store(let access, let value)
      where varying[Int(value)] && access.step(of: lanes) == 0:
        let array = parameters[Int(access.array)].name
        let place = "kernel \(name), instruction \(index)"
        result.append(
          "\(place): the lanes of loop \(lanes) write what differs between them to one place of \(array)"
        )
      default: break
      }
    }
    return result
  }
}

extension ScalarFunction {
  /// For every value, whether it depends on an argument, and so varies where the arguments do.
  public var varyingValues: [Bool] {
    varying(from: arguments.indices.map { ValueID($0) }, in: body, count: valueCount)
  }
}

extension Access {
  /// How far one turn of the loop moves it.
  public func step(of loop: LoopID) -> Int {
    strides.reduce(0) { $0 + ($1.loop == loop ? $1.step : 0) }
  }

  /// The other element of the pair, of those that begin at even indices; nil where the loops do not move it by pairs.
  public var partner: Access? {
    guard strides.allSatisfy({ $0.step.isMultiple(of: 2) }) else { return nil }
    var result = self
    result.offset ^= 1
    return result
  }
}

/// The values that depend on `seeds`.
private func varying(from seeds: [ValueID], in body: [Instruction], count: Int) -> [Bool] {
  var result = [Bool](repeating: false, count: count)
  /// The values that each value goes into.
  var targets = [[ValueID]](repeating: [], count: count)
  for instruction in body {
    switch instruction {
    case .compute(let to, _, let operands), .call(let to, _, let operands),
      .accumulate(let to, _, let operands):
      for operand in operands { targets[Int(operand)].append(to) }
    case .callWhere(let to, _, _, _, _), .tuple(let to, _), .pick(let to, _, _):
      for operand in instruction.operands { targets[Int(operand)].append(to) }
    case .accumulator(let to, let operand), .assign(let to, let operand):
      targets[Int(operand)].append(to)
    default: break
    }
  }
  var pending = seeds
  while let value = pending.popLast() {
    if result[Int(value)] { continue }
    result[Int(value)] = true
    pending += targets[Int(value)]
  }
  return result
}
