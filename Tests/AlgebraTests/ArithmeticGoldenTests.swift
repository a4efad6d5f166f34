import Foundation
import Testing

@testable import NNCAlgebra

/// The functions at points whose values mpmath computed (`Tests/Golden/functions/goldens.py`).
@Suite struct ArithmeticGoldenTests {
  struct Point {
    let name: String
    let precision: Precision
    let arguments: [Double]
    /// The exact value is the sum of the two.
    let value: Double
    let remainder: Double
  }

  static let points: [Point] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Golden/functions/points.txt")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let numbers = words.dropFirst(2).map { Double($0)! }
      return Point(
        name: String(words[0]), precision: words[1] == "f64" ? .f64 : .f32,
        arguments: Array(numbers.dropLast(2)), value: numbers[numbers.count - 2],
        remainder: numbers[numbers.count - 1])
    }
  }()

  /// The distance from one number to the next where `value` lies.
  static func ulp(_ value: Double, _ precision: Precision) -> Double {
    let (least, digits) = precision == .f64 ? (-1074, 52) : (-149, 23)
    let exponent = value == 0 ? least : max(Int(value.exponent) - digits, least)
    return Double(sign: .plus, exponent: exponent, significand: 1)
  }

  @Test(arguments: functions.map(\.name) + composed.map(\.name), Precision.allCases)
  func everyPointIsWithinTheBound(_ name: String, _ precision: Precision) throws {
    let bounds = functions.map { ($0.name, $0.bound) } + composed.map { ($0.name, $0.bound) }
    let bound = try #require(bounds.first { $0.0 == name }).1
    let evaluator = compiled(name, precision)
    let points = Self.points.filter { $0.name == name && $0.precision == precision }
    #expect(points.count >= 100)
    for point in points {
      let value = evaluator(point.arguments)
      let error =
        abs((value - point.value) - point.remainder) / Self.ulp(point.value, precision)
      #expect(error <= bound, "\(name) \(precision) of \(point.arguments): \(value)")
    }
  }
}
