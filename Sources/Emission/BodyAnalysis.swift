import NNCAlgebra
import NNCProgram

/// What a body's values are used for: which are dead, and which are spelled where they are used instead of being
/// given a name.
///
/// A load without a name is spelled at its uses where they stand in the same loop and nothing is written to its array
/// before the last of them. So is a comparison or a negation that is used once; neither holds a rounded operation, so
/// a compiler finds nothing to contract. A value that is only stored is spelled in that statement, as its one operation.
///
/// No load stands in a branch of a choice alone: the Program loads whether it is chosen or not, and code that loads only
/// then is harder to turn into vectors. gcc 12 even does that wrongly, at -O3 for machines with AVX2.
struct BodyAnalysis {
  private(set) var isLive: [Bool]
  private(set) var isInline: [Bool]
  /// How many instructions change the value.
  private(set) var changes: [Int]
  /// The place of the last instruction that reads the value, in its own statement or in that of an expression.
  private(set) var lastUse: [Int]
  /// Whether every change adds.
  private(set) var isSum: [Bool]
  /// Whether the value is only used as the distance of shifts.
  private(set) var isShiftDistance: [Bool]

  init(
    _ body: [Instruction], count: Int, types: [ScalarType], names: [String],
    varying: [Bool] = [], result: ValueID? = nil
  ) {
    isLive = .init(repeating: false, count: count)
    isInline = .init(repeating: false, count: count)
    changes = .init(repeating: 0, count: count)
    isSum = .init(repeating: true, count: count)
    lastUse = .init(repeating: -1, count: count)
    isShiftDistance = .init(repeating: true, count: count)
    var uses = [Int](repeating: 0, count: count)
    /// The loop that all uses stand in; -2 where they stand in several.
    var useScope = [Int](repeating: -1, count: count)
    var isRead = [Bool](repeating: false, count: count)
    for instruction in body {
      switch instruction {
      case .accumulate(let value, let primitive, let operands):
        changes[Int(value)] += 1
        if primitive != .add, primitive != .fma { isSum[Int(value)] = false }
        for operand in operands where operand != value { isRead[Int(operand)] = true }
      case .assign(let value, let operand):
        changes[Int(value)] += 1
        isSum[Int(value)] = false
        if operand != value { isRead[Int(operand)] = true }
      default: for operand in instruction.operands { isRead[Int(operand)] = true }
      }
    }
    if let result {
      lastUse[Int(result)] = .max
      isLive[Int(result)] = true
      isRead[Int(result)] = true
      uses[Int(result)] = 2
      useScope[Int(result)] = -2
    }
    let scopes = Self.scopes(body)
    let isNamed = Self.named(body, names: names, varying: varying, count: count)
    /// Whether the value's last use is a store, which is then its only one where it has one use.
    var isStored = [Bool](repeating: false, count: count)
    /// How many of the value's uses are branches of choices.
    var choices = [Int](repeating: 0, count: count)
    /// The next instruction after the present place that changes the value.
    var nextChange = [Int](repeating: .max, count: count)
    /// The last store to each array after the present place.
    var nextStore: [Int32: Int] = [:]
    func use(_ value: ValueID, at place: Int, in scope: Int) {
      let value = Int(value)
      uses[value] += 1
      lastUse[value] = max(lastUse[value], place)
      useScope[value] = uses[value] == 1 || useScope[value] == scope ? scope : -2
    }
    for (index, instruction) in body.enumerated().reversed() {
      let scope = scopes[index]
      var place = index
      var placeScope = scope
      switch instruction {
      case .loop, .end: continue
      case .transpose(let matrix): nextStore[matrix.target.array] = index
      case .store(let access, let value):
        nextStore[access.array] = index
        isStored[Int(value)] = true
      case .accumulate(let value, _, _), .assign(let value, _):
        nextChange[Int(value)] = index
        if !isRead[Int(value)] { continue }
        isLive[Int(value)] = true
      default:
        guard let value = instruction.result, uses[Int(value)] > 0 || isLive[Int(value)] else {
          continue
        }
        isLive[Int(value)] = true
        let isAtHome = useScope[Int(value)] == scope && lastUse[Int(value)] >= index
        switch instruction {
        case .load(_, let access):
          isInline[Int(value)] =
            !isNamed[Int(value)] && isAtHome && choices[Int(value)] < uses[Int(value)]
            && (nextStore[access.array] ?? .max) >= lastUse[Int(value)]
        case .compute(_, let primitive, let operands):
          let isExact = types[Int(value)] == .truth || primitive == .neg
          isInline[Int(value)] =
            (isExact || isStored[Int(value)]) && !isNamed[Int(value)] && isAtHome
            && uses[Int(value)] == 1
            && operands.allSatisfy { nextChange[Int($0)] > lastUse[Int(value)] }
        default: break
        }
        if isInline[Int(value)] {
          place = lastUse[Int(value)]
          placeScope = useScope[Int(value)]
          if choices[Int(value)] == uses[Int(value)] {
            for operand in instruction.operands { choices[Int(operand)] += 1 }
          }
        }
      }
      if case .compute(_, .select, let operands) = instruction {
        for operand in operands.dropFirst() { choices[Int(operand)] += 1 }
      }
      for operand in instruction.operands { use(operand, at: place, in: placeScope) }
      mark(instruction)
    }
  }

  private mutating func mark(_ instruction: Instruction) {
    if case .compute(_, .shiftLeft, let operands) = instruction {
      isShiftDistance[Int(operands[0])] = false
    } else if case .compute(_, .shiftRight, let operands) = instruction {
      isShiftDistance[Int(operands[0])] = false
    } else {
      for operand in instruction.operands { isShiftDistance[Int(operand)] = false }
    }
  }

  /// Which values have a name of their own: those that are given one, those that vary from lane to lane, and what
  /// goes into those, since a statement stands for each vector.
  private static func named(
    _ body: [Instruction], names: [String], varying: [Bool], count: Int
  ) -> [Bool] {
    var result = (0..<count).map { $0 < names.count && !names[$0].isEmpty }
    guard varying.contains(true) else { return result }
    for instruction in body {
      var isVector = true
      switch instruction {
      case .store, .reduce: break
      default:
        let target = instruction.result ?? instruction.operands.first
        isVector = target.map { varying[Int($0)] } ?? false
      }
      if isVector { for operand in instruction.operands { result[Int(operand)] = true } }
    }
    for value in varying.indices where varying[value] { result[value] = true }
    return result
  }

  /// For every instruction, the place of the loop around it, or -1.
  private static func scopes(_ body: [Instruction]) -> [Int] {
    var open = [-1]
    return body.enumerated().map { index, instruction in
      if case .end = instruction { open.removeLast() }
      let scope = open[open.count - 1]
      if case .loop = instruction { open.append(index) }
      return scope
    }
  }
}
