import NNCAlgebra
import NNCProgram

/// Fuses products with the one sum that they are part of, for machines that do both in one instruction with one rounding:
///
///     a·b + c = fma(a, b, c)      a·b − c = fma(a, b, −c)      c − a·b = fma(−a, b, c)
///
/// Of two products that are added the first is fused; a third summand that is known as early as they are becomes the
/// first: (a·b + c·d) + e = fma(a, b, fma(c, d, e)), an operation less. A product of an accumulator stays, since that changes,
/// and so does one of what is picked from a tuple of them, which gives the same bits.
struct ProductFusion {
  private var body: [Instruction]
  private(set) var valueCount: Int
  private var useCounts: [Int]
  /// By value: the factors of the product that it is, where it is used once.
  private var factors: [(ValueID, ValueID)?]
  private var isAccumulator: [Bool]
  private var numbers: [ValueID: Double] = [:]
  private var isGone: [Bool]
  /// By value: its factors and what is added to them, a product or such a sum again, where it is used once.
  private var sums: [(ValueID, ValueID, addend: ValueID)?]
  /// By value: how many steps it waits for, one after the other.
  private var depths: [Int]
  /// By value: the stretch between ends of loops in which it is computed.
  private var stretches: [Int]

  /// A body with its products fused, and how many values it has then.
  static func fused(_ body: [Instruction], valueCount: Int, result: ValueID? = nil)
    -> (body: [Instruction], valueCount: Int)
  {
    var fusion = ProductFusion(body, valueCount: valueCount, result: result)
    fusion.run()
    return (fusion.body, fusion.valueCount)
  }

  private init(_ body: [Instruction], valueCount: Int, result: ValueID?) {
    self.body = body
    self.valueCount = valueCount
    useCounts = Array(repeating: 0, count: valueCount)
    factors = Array(repeating: nil, count: valueCount)
    isAccumulator = Array(repeating: false, count: valueCount)
    isGone = Array(repeating: false, count: valueCount)
    sums = Array(repeating: nil, count: valueCount)
    depths = Array(repeating: 0, count: valueCount)
    stretches = Array(repeating: 0, count: valueCount)
    if let result { useCounts[Int(result)] += 2 }
    for instruction in body {
      for operand in instruction.operands { useCounts[Int(operand)] += 1 }
      switch instruction {
      case .accumulator(let value, _): isAccumulator[Int(value)] = true
      case .tuple(let value, let operands):
        isAccumulator[Int(value)] = operands.contains { isAccumulator[Int($0)] }
      case .pick(let value, let tuple, _): isAccumulator[Int(value)] = isAccumulator[Int(tuple)]
      case .real(let value, let number): numbers[value] = number
      default: break
      }
    }
    for case .compute(let value, .mul, let operands) in body
    where useCounts[Int(value)] == 1 && !operands.contains(where: { isAccumulator[Int($0)] }) {
      factors[Int(value)] = (operands[0], operands[1])
    }
  }

  private mutating func run() {
    var result: [Instruction] = []
    result.reserveCapacity(body.count)
    var stretch = 0
    for instruction in body {
      if let value = instruction.result {
        stretches[Int(value)] = stretch
        depths[Int(value)] =
          instruction.steps + instruction.operands.reduce(0) { max($0, depths[Int($1)]) }
      }
      switch instruction {
      case .loop, .end:
        stretch += 1
        result.append(instruction)
      case .compute(let value, .add, let operands):
        if let (a, b) = take(operands[0]) {
          result.append(.compute(value, .fma, [a, b, operands[1]]))
          remember(value, a, b, addend: operands[1])
        } else if let (a, b) = take(operands[1]) {
          result.append(.compute(value, .fma, [a, b, operands[0]]))
          remember(value, a, b, addend: operands[0])
        } else if let chain = chain(of: operands[0], takes: operands[1], in: stretch) {
          append(chain, onto: operands[1], as: value, &result)
        } else if let chain = chain(of: operands[1], takes: operands[0], in: stretch) {
          append(chain, onto: operands[0], as: value, &result)
        } else {
          result.append(instruction)
        }
      case .compute(let value, .sub, let operands):
        if let (a, b) = take(operands[0]) {
          let negative = negated(operands[1], &result)
          result.append(.compute(value, .fma, [a, b, negative]))
        } else if let (a, b) = take(operands[1]) {
          let isNumber = numbers[b] != nil
          let negative = negated(isNumber ? b : a, &result)
          result.append(.compute(value, .fma, [negative, isNumber ? a : b, operands[0]]))
        } else {
          result.append(instruction)
        }
      case .accumulate(let value, .add, let operands):
        if let (a, b) = take(operands[0]) {
          result.append(.accumulate(value, .fma, [a, b]))
        } else {
          result.append(instruction)
        }
      default: result.append(instruction)
      }
    }
    body = result.filter { $0.result.map { $0 >= isGone.count || !isGone[Int($0)] } ?? true }
  }

  /// Notes that a value is a·b + addend, if the sum can still be taken apart.
  private mutating func remember(_ value: ValueID, _ a: ValueID, _ b: ValueID, addend: ValueID) {
    guard useCounts[Int(value)] == 1, useCounts[Int(addend)] == 1 else { return }
    if factors[Int(addend)] != nil || sums[Int(addend)] != nil {
      sums[Int(value)] = (a, b, addend)
    }
  }

  /// The values that a sum of products is made of, first to last, if it can begin with `first` and be done no later
  /// for it.
  private func chain(of value: ValueID, takes first: ValueID, in stretch: Int) -> [ValueID]? {
    var links: [ValueID] = []
    var link = value
    while let sum = sums[Int(link)], stretches[Int(link)] == stretch {
      links.append(link)
      link = sum.addend
    }
    guard !links.isEmpty, stretches[Int(link)] == stretch, let (a, b) = factors[Int(link)],
      depths[Int(first)] <= max(depths[Int(a)], depths[Int(b)])
    else { return nil }
    return links + [link]
  }

  /// Appends the chain anew, `first` its first summand, in place of itself.
  private mutating func append(
    _ chain: [ValueID], onto first: ValueID, as value: ValueID, _ result: inout [Instruction]
  ) {
    var sum = first
    for link in chain.reversed() {
      isGone[Int(link)] = true
      guard let (a, b) = factors[Int(link)] ?? sums[Int(link)].map({ ($0.0, $0.1) }) else {
        continue
      }
      let next = link == chain[0] ? value : ValueID(valueCount)
      if next != value { valueCount += 1 }
      result.append(.compute(next, .fma, [a, b, sum]))
      sum = next
    }
  }

  /// The factors of a product, which is then no longer wanted.
  private mutating func take(_ value: ValueID) -> (ValueID, ValueID)? {
    guard let product = factors[Int(value)] else { return nil }
    isGone[Int(value)] = true
    return product
  }

  private mutating func negated(_ value: ValueID, _ result: inout [Instruction]) -> ValueID {
    let negative = ValueID(valueCount)
    valueCount += 1
    if let number = numbers[value] {
      result.append(.real(negative, -number))
    } else {
      result.append(.compute(negative, .neg, [value]))
    }
    return negative
  }
}
