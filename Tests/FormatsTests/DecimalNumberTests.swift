import NNCFormats
import Testing

@Test(arguments: [
  "0", "-0", "1", "+1.5", ".5", "5.", "1e3", "1E-3", "123456789012345678901234567890",
  "9007199254740993", "0.1", "1.7976931348623157e308", "4.9e-324", "1e-400",
  "2.2250738585072011e-308",
  "179769313486231580793e288", "  7\t", "3.14159265358979323846264338327950288", "1e22", "1e23",
])
func numbersAreTheNearest(text: String) {
  let expected = Double(text.filter { $0 != " " && $0 != "\t" })!
  guard case .finite(let value) = DecimalNumber(text) else {
    Issue.record("\(text) is \(DecimalNumber(text))")
    return
  }
  #expect(value.bitPattern == expected.bitPattern)
}

@Test(arguments: [
  ("", DecimalNumber.missing), (" ", .missing), ("NA", .missing), ("nan", .missing),
  ("?", .missing), ("inf", .infinite), ("-Infinity", .infinite), ("1e309", .infinite),
  ("1e999999999999", .infinite), ("1e", .text), ("e5", .text), ("0x10", .text), ("1,5", .text),
  ("1 2", .text), ("--1", .text), (".", .text), ("+", .text), ("1e+", .text), ("1.2.3", .text),
])
func whatIsNoNumberIsToldApart(text: String, kind: DecimalNumber) {
  #expect(DecimalNumber(text) == kind)
}
