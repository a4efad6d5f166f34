import Algebra
import Program

/// Fuses products with the one sum that they are part of, for machines that do both in one instruction with one rounding:
///
///     a·b + c = fma(a, b, c)      a·b − c = fma(a, b, −c)      c − a·b = fma(−a, b, c)
///
/// Of two products that are added the first is fused. A product of an accumulator stays, since that changes.
struct ProductFusion {
  private var body: [Instruction]
  private(set) var valueCount: Int
  private var useCounts: [Int]
  /// By value: the factors of the product that it is, where it is used once.
  private var factors: [(ValueID, ValueID)?]
  private var isAccumulator: [Bool]
  private var numbers: [ValueID: Double] = [:]
  private var isGone: [Bool]

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
    if let result { useCounts[Int(result)] += 2 }
    for instruction in body {
      for operand in instruction.operands { useCounts[Int(operand)] += 1 }
      switch instruction {
      case .accumulator(let value, _): isAccumulator[Int(value)] = true
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
    for instruction in body {
      switch instruction {
      case .compute(let value, .add, let operands):
        if let (a, b) = take(operands[0]) {
          result.append(.compute(value, .fma, [a, b, operands[1]]))
        } else if let (a, b) = take(operands[1]) {
          result.append(.compute(value, .fma, [a, b, operands[0]]))
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
