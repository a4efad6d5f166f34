import NNCProgram
import Testing

@testable import NNCLowering

@Suite struct ProductBalanceTests {
  private func balanced(
    _ body: [Instruction], _ names: [String], large: Set<Int> = []
  ) -> [Instruction] {
    ProductBalance.balanced(
      body, names: names, isSmall: names.indices.map { !large.contains($0) }
    ).body
  }

  /// y = 1/a; b, c and d are given: ((y·b)·c)·d takes four steps and then three, (b·c)·d and then y one.
  @Test func theLastToBeKnownComesLast() {
    let body: [Instruction] = [
      .compute(4, .div, [0, 1]), .compute(5, .mul, [4, 1]), .compute(6, .mul, [5, 2]),
      .compute(7, .mul, [6, 3]), .compute(8, .add, [7, 0]),
    ]
    let balanced = balanced(body, Array(repeating: "", count: 9))
    #expect(
      balanced == [
        .compute(4, .div, [0, 1]), .compute(5, .mul, [1, 2]), .compute(6, .mul, [3, 5]),
        .compute(7, .mul, [6, 4]), .compute(8, .add, [7, 0]),
      ])
  }

  /// A product that has a name, is used twice, or twice in one product stays; so does one that would not be known earlier.
  @Test(arguments: [
    ["", "", "", "", "y", "h", "", ""],
    ["", "", "", "", "", "", "", ""],
  ])
  func theRestStays(_ names: [String]) {
    let isNamed = names[5] != ""
    let body: [Instruction] = [
      .compute(4, .div, [0, 1]), .compute(5, .mul, [4, 1]), .compute(6, .mul, [5, 2]),
      isNamed ? .compute(7, .add, [6, 3]) : .compute(7, .add, [6, 5]),
    ]
    #expect(balanced(body, names) == body)
    let squared: [Instruction] = [
      .compute(4, .div, [0, 1]), .compute(5, .mul, [4, 1]), .compute(6, .mul, [5, 5]),
    ]
    #expect(balanced(squared, names) == squared)
    let early: [Instruction] = [.compute(4, .mul, [0, 1]), .compute(5, .mul, [4, 2])]
    #expect(balanced(early, names) == early)
  }

  /// Of y·b·c·d with y the last to be known, b·c is not formed where both are of any size: it may be out of range where y·b is
  /// not. With one of them small it is, and where y·b·c was formed from b·c before.
  @Test func noProductLeavesTheRangeEarlier() {
    let body: [Instruction] = [
      .compute(4, .div, [0, 1]), .compute(5, .mul, [4, 1]), .compute(6, .mul, [5, 2]),
      .compute(7, .mul, [6, 3]), .compute(8, .add, [7, 0]),
    ]
    let names = Array(repeating: "", count: 9)
    #expect(balanced(body, names, large: [1, 2]) == body)
    #expect(balanced(body, names, large: [1, 2, 3, 4]) == body)
    #expect(balanced(body, names, large: [2]) != body)
    #expect(balanced(body, names, large: [1, 4]) != body)
    let early: [Instruction] = [
      .compute(4, .div, [0, 1]), .compute(5, .mul, [1, 2]), .compute(6, .mul, [4, 5]),
      .compute(7, .mul, [6, 3]), .compute(8, .add, [7, 0]),
    ]
    #expect(balanced(early, names, large: [1, 2]) != early)
  }
}
