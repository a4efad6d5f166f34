import NNCProgram
import Testing

@testable import NNCLowering

@Suite struct ProductBalanceTests {
  /// y = 1/a; b, c and d are given: ((y·b)·c)·d takes four steps and then three, (b·c)·d and then y one.
  @Test func theLastToBeKnownComesLast() {
    let body: [Instruction] = [
      .compute(4, .div, [0, 1]), .compute(5, .mul, [4, 1]), .compute(6, .mul, [5, 2]),
      .compute(7, .mul, [6, 3]), .compute(8, .add, [7, 0]),
    ]
    let balanced = ProductBalance.balanced(body, names: Array(repeating: "", count: 9)).body
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
    #expect(ProductBalance.balanced(body, names: names).body == body)
    let squared: [Instruction] = [
      .compute(4, .div, [0, 1]), .compute(5, .mul, [4, 1]), .compute(6, .mul, [5, 5]),
    ]
    #expect(ProductBalance.balanced(squared, names: names).body == squared)
    let early: [Instruction] = [.compute(4, .mul, [0, 1]), .compute(5, .mul, [4, 2])]
    #expect(ProductBalance.balanced(early, names: names).body == early)
  }
}
