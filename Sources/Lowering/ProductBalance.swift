import NNCAlgebra
import NNCProgram

/// Multiplies what is known early first, in straight lines, where one step waits for another:
///
///     0.5·(e·(y·(1 − y))) = ((0.5·y)·(1 − y))·e,   e the last to be known
///
/// The factors of a product are joined two at a time, always those that are known first, which makes the whole known as
/// early as can be (D. Huffman's merging, with the later of two times in place of their sum; M. Golumbic, "Combinatorial
/// merging", 1976). A product is taken apart where it is used once and has no name.
struct ProductBalance {
  private var useCounts: [Int]
  /// By value: whether a product is part of another.
  private var isPart: [Bool]
  /// By value: how many steps it waits for.
  private var times: [Int]
  /// By value: what a product that is part of another is made of, and the values in between.
  private var parts: [(factors: [ValueID], products: [ValueID])?]
  /// By value: the products that take the place of the one that makes it.
  private var replacements: [ValueID: [Instruction]] = [:]
  private var isGone: [Bool]

  /// A body without loops whose products are made in the best order, and the values that are other products now. Values
  /// keep their names.
  static func balanced(_ body: [Instruction], names: [String])
    -> (body: [Instruction], dissolved: [ValueID])
  {
    var balance = ProductBalance(body, names: names)
    for instruction in body { balance.visit(instruction) }
    if balance.replacements.isEmpty { return (body, []) }
    let result = body.flatMap { instruction -> [Instruction] in
      guard let value = instruction.result else { return [instruction] }
      if let products = balance.replacements[value] { return products }
      return balance.isGone[Int(value)] ? [] : [instruction]
    }
    return (result, balance.isGone.indices.filter { balance.isGone[$0] }.map { ValueID($0) })
  }

  private init(_ body: [Instruction], names: [String]) {
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
    var whole: (factors: [ValueID], products: [ValueID]) = ([], [value])
    for operand in operands {
      if isPart[Int(operand)], let part = parts[Int(operand)] {
        whole.factors += part.factors
        whole.products += part.products
      } else {
        whole.factors.append(operand)
      }
    }
    if isPart[Int(value)] {
      parts[Int(value)] = whole
    } else if whole.factors.count > 2 {
      join(whole.factors, whole.products)
    }
  }

  /// Makes a product anew if it is known earlier then; the values in between are used again.
  private mutating func join(_ factors: [ValueID], _ products: [ValueID]) {
    let before = products.map { times[Int($0)] }
    var waiting = factors
    var made: [Instruction] = []
    for value in products.reversed() {
      made.append(.compute(value, .mul, [first(&waiting), first(&waiting)]))
      times[Int(value)] = time(of: made[made.count - 1])
      waiting.append(value)
    }
    if times[Int(products[0])] < before[0] {
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
