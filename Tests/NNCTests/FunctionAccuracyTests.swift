import Foundation
import NNC
import Testing

/// The functions as networks run them, unfused and fused, at the arguments where the largest errors were measured
/// (`Tests/Golden/functions/worst.txt`) and at hundreds of others (`points.txt`).
@Suite struct FunctionAccuracyTests {
  static let folder = "Tests/Golden/functions/"

  static func lines(_ file: String) -> [[Substring]] {
    let path = root.appendingPathComponent(folder + file)
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { $0.split(separator: " ") }
  }

  /// The rows of the table that was measured: function, precision, bound, number of arguments, then for each form the
  /// largest error, its argument and the number of wrong results.
  static let rows: [[String]] = {
    let path = root.appendingPathComponent(folder + "ACCURACY.md")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { $0.replacing("`", with: "").trimmingPrefix(" ") }
        .map { String($0).trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
  }()

  static let bounds = Dictionary(
    rows.map { ($0[0], Double($0[2]) ?? .infinity) },
    uniquingKeysWith: { first, _ in first })

  struct Point {
    let arguments: [Double]
    /// The exact value is the sum of the two.
    let value: Double
    let rest: Double
  }

  /// The points of a function at a precision.
  static func points(_ name: String, _ precision: String) -> [Point] {
    ["worst.txt", "points.txt"].flatMap { lines($0) }.filter { $0[0] == name && $0[1] == precision }
      .map { words in
        let numbers = words.dropFirst(2).compactMap { Double($0) }
        return Point(
          arguments: Array(numbers.dropLast(2)), value: numbers[numbers.count - 2],
          rest: numbers[numbers.count - 1])
      }
  }

  /// A network of one layer that computes the function.
  static func model(_ name: String, _ precision: String, _ target: Target) throws -> Model {
    let isName = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    let text =
      switch name {
      case "pow", "a^b": "input 2\nlet f(v) = v[0]^v[1]\nf\n"
      case "atan2", "hypot": "input 2\nlet f(v) = \(name)(v[0], v[1])\nf\n"
      case _ where isName: "input 1\n\(name)\n"
      default: "input 1\nlet f(x) = \(name)\nf\n"
      }
    return try compiled(text).model(
      CompilerOptions(precision: precision == "f64" ? .f64 : .f32, target: target))
  }

  /// The distance from one number to the next where the exact value lies.
  static func unit(_ point: Point, _ precision: String) -> Double {
    let (least, digits) = precision == "f64" ? (-1074, 52) : (-149, 23)
    if point.value == 0 { return Double(sign: .plus, exponent: least, significand: 1) }
    let isBelow = point.rest != 0 && (point.rest < 0) == (point.value > 0)
    let size = isBelow ? point.value.magnitude.nextDown : point.value.magnitude
    let exponent = max(Int(size.exponent) - digits, least)
    return Double(sign: .plus, exponent: exponent, significand: 1)
  }

  @Test(arguments: ["f64", "f32"], [Target.generic, Target(named: "x86-64-v4")!])
  func everyPointIsWithinTheBound(_ precision: String, _ target: Target) throws {
    for name in Self.rows.filter({ $0[1] == precision }).map(\.[0]) {
      let points = Self.points(name, precision)
      let model = try Self.model(name, precision, target)
      let bound = Self.bounds[name] ?? 0
      var values: [Double] = []
      for first in stride(from: 0, to: points.count, by: 256) {
        let some = points[first..<min(first + 256, points.count)]
        values += try model.predict(some.flatMap(\.arguments))
      }
      for (point, value) in zip(points, values) {
        let error = abs((value - point.value) - point.rest) / Self.unit(point, precision)
        #expect(
          error <= bound || value == point.value,
          "\(name)\(point.arguments) at \(precision) for \(target.name): \(value), \(error) units")
      }
    }
  }

  @Test func whatWasMeasuredIsWithinTheBound() {
    #expect(Self.rows.count >= 17)
    for row in Self.rows {
      let bound = Self.bounds[row[0]] ?? 0
      for (error, wrong) in [(row[4], row[6]), (row[7], row[9])] {
        #expect(Double(error)! <= bound && wrong == "0", "\(row.joined(separator: " "))")
      }
    }
  }
}
