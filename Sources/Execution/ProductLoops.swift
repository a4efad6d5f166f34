import NNCAlgebra
import NNCProgram

/// The loops of a kernel that do nothing but add products of two loaded numbers to sums, to each sum one a turn:
///
///     for k in 0..<64
///       %5 = weight[64·j + k]
///       %9 = x[64·i + k]
///       %10 = %5 * %9
///       %1 = %1 + %10
///
/// or likewise by `fma`. All their turns are one instruction of the interpreter. No sum depends on another, so they may
/// go on apart.
struct ProductLoops {
  /// What is added to one sum in every turn: the product of the elements at two places.
  struct Term {
    var sum: ValueID
    var left: Access
    var right: Access
  }

  /// A loop's sums, and where it ends.
  struct Found {
    var terms: [Term] = []
    /// Whether product and sum are rounded once, and not each.
    var isFused = false
    /// The place of its end in the body.
    var end = 0
  }

  /// Such loops, by the place of the head in the body.
  private(set) var loops: [Int: Found] = [:]

  init(_ kernel: Kernel, _ products: SummedProducts) {
    for (head, instruction) in kernel.body.enumerated() {
      guard case .loop(_, let extent, .ordered) = instruction else { continue }
      if case .element = extent { continue }
      loops[head] = Self.found(kernel.body[(head + 1)...], products)
    }
  }

  /// What a loop does whose body begins the given code; nil where it does anything else.
  private static func found(
    _ code: ArraySlice<Instruction>, _ products: SummedProducts
  ) -> Found? {
    var loads: [ValueID: Access] = [:]
    var factors: [ValueID: (left: Access, right: Access)] = [:]
    var result = Found()
    var fusedCount = 0
    for (place, instruction) in zip(code.indices, code) {
      switch instruction {
      case .load(let value, let access): loads[value] = access
      case .compute(let value, .mul, let operands) where products.isSummed[Int(value)]:
        guard let left = loads[operands[0]], let right = loads[operands[1]] else { return nil }
        factors[value] = (left, right)
      case .accumulate(let sum, .add, let operands):
        guard let product = factors[operands[0]] else { return nil }
        result.terms.append(Term(sum: sum, left: product.left, right: product.right))
      case .accumulate(let sum, .fma, let operands):
        guard let left = loads[operands[0]], let right = loads[operands[1]] else { return nil }
        result.terms.append(Term(sum: sum, left: left, right: right))
        fusedCount += 1
      case .end:
        let count = result.terms.count
        guard count > 0, Set(result.terms.map(\.sum)).count == count,
          fusedCount == 0 || fusedCount == count
        else { return nil }
        result.isFused = fusedCount > 0
        result.end = place
        return result
      default: return nil
      }
    }
    return nil
  }
}
