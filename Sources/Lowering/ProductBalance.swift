import NNCAlgebra
import NNCProgram

/// Multiplies what is known early first, in straight lines, where one step waits for another:
///
///     0.5·(e·(y·(1 − y))) = ((0.5·y)·(1 − y))·e,   e the last to be known
///
/// The factors of a product are joined two at a time, always those that are known first, which makes the whole known as
/// early as can be (D. Huffman's merging, with the later of two times in place of their sum; M. Golumbic, "Combinatorial
/// merging", 1976). A product is taken apart where it is used once and has no name.
///
/// x·(x·e) stays as it is: x² may be out of range where e makes up for it. Two factors of any size are not multiplied before
/// a third one unless they were so before; factors that are known to be small and constants go with any.
struct ProductBalance {
  private var useCounts: [Int]
  /// By value: whether a product is part of another.
  private var isPart: [Bool]
  /// By value: how many steps it waits for.
  private var times: [Int]
  /// By value: what a product that is part of another is made of, and the values in between.
  private var parts: [Whole?]
  /// By value: whether it is known to be no number of any size.
  private let isSmall: [Bool]
  /// By value: the products that take the place of the one that makes it.
  private var replacements: [ValueID: [Instruction]] = [:]
  private var isGone: [Bool]

  /// A product taken apart: its factors; the values of the products, the whole first; the factors of each.
  private struct Whole {
    var factors: [ValueID] = []
    var products: [ValueID]
    var formed: [[ValueID]] = []
  }

  /// A body without loops whose products are made in the best order, and the values that are other products now. Values
  /// keep their names. `isSmall` tells by value whether it is known to be of moderate size, or 0.
  static func balanced(_ body: [Instruction], names: [String], isSmall: [Bool])
    -> (body: [Instruction], dissolved: [ValueID])
  {
    var balance = ProductBalance(body, names: names, isSmall: isSmall)
    for instruction in body { balance.visit(instruction) }
    if balance.replacements.isEmpty { return (body, []) }
    let result = body.flatMap { instruction -> [Instruction] in
      guard let value = instruction.result else { return [instruction] }
      if let products = balance.replacements[value] { return products }
      return balance.isGone[Int(value)] ? [] : [instruction]
    }
    return (result, balance.isGone.indices.filter { balance.isGone[$0] }.map { ValueID($0) })
  }

  private init(_ body: [Instruction], names: [String], isSmall: [Bool]) {
    self.isSmall = isSmall
    useCounts = Array(repeating: 0, count: names.count)
    isPart = Array(repeating: false, count: names.count)
    times = Array(repeating: 0, count: names.count)
    parts = Array(repeating: nil, count: names.count)
    isGone = Array(repeating: false, count: names.count)
    for instruction in body {
      for operand in instruction.operands { useCounts[Int(operand)] += 1 }
    }
    var isProduct = Array(repeating: false, count: names.count)
    for case .compute(let value, .mul, let operands) in body {
      isProduct[Int(value)] = true
      for operand in operands where useCounts[Int(operand)] == 1 && names[Int(operand)].isEmpty {
        isPart[Int(operand)] = isProduct[Int(operand)]
      }
    }
  }

  private mutating func visit(_ instruction: Instruction) {
    guard let value = instruction.result else { return }
    times[Int(value)] = time(of: instruction)
    guard case .compute(_, .mul, let operands) = instruction else { return }
    var whole = Whole(products: [value])
    for operand in operands {
      if isPart[Int(operand)], let part = parts[Int(operand)] {
        whole.factors += part.factors
        whole.products += part.products
        whole.formed += part.formed
      } else {
        whole.factors.append(operand)
      }
    }
    whole.formed.append(whole.factors.sorted())
    if isPart[Int(value)] {
      parts[Int(value)] = whole
    } else if whole.factors.count > 2 {
      join(whole)
    }
  }

  /// Whether a product of these factors, in order, is no farther out of range than one of those that stood there: it has one
  /// factor of any size at most, or the same as another that has no small factor more.
  private func isInRange(_ factors: [ValueID], _ formed: [[ValueID]]) -> Bool {
    let large = factors.filter { !isSmall[Int($0)] }
    if large.count < 2 { return true }
    return formed.contains { other in
      var rest = factors[...]
      let isPart = other.allSatisfy { factor in
        rest = rest.drop { $0 < factor }
        return rest.popFirst() == factor
      }
      return isPart && other.filter { !isSmall[Int($0)] } == large
    }
  }

  /// Makes a product anew if it is known earlier then, and no part of it leaves the range of numbers earlier; the values in
  /// between are used again.
  private mutating func join(_ whole: Whole) {
    let products = whole.products
    let before = products.map { times[Int($0)] }
    var waiting = whole.factors
    var contents: [ValueID: [ValueID]] = [:]
    var isSound = true
    var made: [Instruction] = []
    for value in products.reversed() {
      let operands = [first(&waiting), first(&waiting)]
      made.append(.compute(value, .mul, operands))
      times[Int(value)] = time(of: made[made.count - 1])
      waiting.append(value)
      let content = operands.flatMap { contents[$0] ?? [$0] }.sorted()
      contents[value] = content
      isSound = isSound && isInRange(content, whole.formed)
    }
    if isSound, times[Int(products[0])] < before[0] {
      replacements[products[0]] = made
      for part in products.dropFirst() { isGone[Int(part)] = true }
    } else {
      for (value, time) in zip(products, before) { times[Int(value)] = time }
    }
  }

  /// Takes the value that is known first out of a list.
  private func first(_ waiting: inout [ValueID]) -> ValueID {
    let place = waiting.indices.min { times[Int(waiting[$0])] < times[Int(waiting[$1])] }!
    return waiting.remove(at: place)
  }

  private func time(of instruction: Instruction) -> Int {
    instruction.steps + instruction.operands.reduce(0) { max($0, times[Int($1)]) }
  }
}

extension Instruction {
  /// About how many steps of a multiplication's length it takes.
  var steps: Int {
    switch self {
    case .compute(_, .div, _), .compute(_, .sqrt, _): 4
    case .compute: 1
    case .call, .callWhere: 20
    default: 0
    }
  }
}
