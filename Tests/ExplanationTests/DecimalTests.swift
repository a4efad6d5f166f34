import Testing

@testable import NNCExplanation

@Suite struct DecimalTests {
  @Test(arguments: [
    (0.7513650695523157, 4, "0.7514"), (-0.0381, 4, "-0.0381"), (0.99995, 4, "1"),
    (12345.678, 4, "12350"), (1e-7, 4, "1e-07"), (1.23456e-7, 3, "1.23e-07"), (0.5, 4, "0.5"),
    (9.99951e20, 4, "1e+21"), (0, 4, "0"), (-.infinity, 4, "-inf"), (.nan, 4, "nan"),
    (0.00043857, 4, "0.0004386"), (99999, 4, "100000"),
  ])
  func significant(_ value: Double, _ count: Int, _ text: String) {
    #expect(Decimal.significant(value, count) == text)
  }

  @Test(arguments: [
    (0.15, 5, "0.15000"), (-1234.5, 6, "-1234.50"), (0.001, 3, "0.00100"), (0, 3, "0.000"),
    (0.1234567, 3, "0.123"), (123456, 3, "123456"),
  ])
  func padded(_ value: Double, _ count: Int, _ text: String) {
    #expect(Decimal.padded(value, count) == text)
  }

  @Test(arguments: [
    (0.00043856, 4, "0.0004"), (0.00099543, 4, "0.0010"), (-0.022602, 4, "-0.0226"),
    (0.99996, 4, "1.0000"), (12, 2, "12.00"), (123456.789, 1, "123456.8"), (0, 4, "0.0000"),
    (-0.00001, 4, "0.0000"), (0.00005, 4, "0.0001"), (1e-30, 4, "0.0000"), (9.5, 0, "10"),
  ])
  func fixed(_ value: Double, _ count: Int, _ text: String) {
    #expect(Decimal.fixed(value, count) == text)
  }
}
