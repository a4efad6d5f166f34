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

/// Numbers of up to 18 digits over powers of ten, as 17 digits behind a point are, against the C library.
@Test func quotientsAreTheNearest() {
  var state: UInt64 = 1
  for _ in 0..<20_000 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let digits = "\(state >> (state >> 58))"
    let text = "0.\(digits)"
    #expect(DecimalNumber(text) == .finite(Double(text)!), "\(text)")
    let scaled = "\(digits)e-\(state >> 40 % 20)"
    #expect(DecimalNumber(scaled) == .finite(Double(scaled)!), "\(scaled)")
  }
  // Halfway between neighbours, and just beside it.
  for text in [
    "0.500000000000000055", "1.00000000000000011", "9007199254740993e-1", "9007199254740993e-16",
    "90071992547409925e-1", "90071992547409935e-1", "180143985094819850e-1",
  ] {
    #expect(DecimalNumber(text) == .finite(Double(text)!), "\(text)")
  }
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
