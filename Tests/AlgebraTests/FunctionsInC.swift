import Foundation
import Testing

@testable import Algebra

/// The operations' formulas as C functions `d_NAME` and `f_NAME`, for measuring them at more points than the evaluator
/// can visit (`Tests/Golden/functions/measure.py`).
struct FunctionsInC {
  private(set) var text = """
    #include <math.h>
    #include <stdbool.h>
    #include <stdint.h>
    #include <string.h>
    static inline uint64_t d_bits(double x) { uint64_t b; memcpy(&b, &x, 8); return b; }
    static inline double d_real(uint64_t b) { double x; memcpy(&x, &b, 8); return x; }
    static inline uint32_t f_bits(float x) { uint32_t b; memcpy(&b, &x, 4); return b; }
    static inline float f_real(uint32_t b) { float x; memcpy(&x, &b, 4); return x; }

    """
  private var written: Set<String> = []

  /// Writes the operation called `name` at that precision, after those it is made of; returns its C name.
  mutating func write(_ name: String, _ precision: Precision) -> String {
    let spelled = (precision == .f64 ? "d_" : "f_") + name
    guard written.insert(spelled).inserted else { return spelled }
    let row = Operation(name)!.row
    let types =
      precision == .f64 ? ["double", "uint64_t", "bool"] : ["float", "uint32_t", "bool"]
    var names: [ObjectIdentifier: String] = [:]
    var lines: [String] = []
    var count = 0
    let formula = row.arithmetic?(precision) ?? row.definition!
    for part in MachineFormulaTests.parts(formula) {
      var spelling: String
      switch part.kind {
      case .symbol(let symbol): spelling = symbol
      case .number(let value):
        spelling = "(\(types[0]))\(Self.hexadecimal(precision.number(precision.word(value))))"
      case .bits(let f64, let f32):
        spelling = precision == .f64 ? "UINT64_C(\(f64))" : "UINT32_C(\(f32))"
      case .apply(let operation, let operands):
        let values = operands.map { names[ObjectIdentifier($0)]! }
        var type = ScalarType.real
        if let primitive = Primitive(named: operation) {
          spelling = Self.fill(primitive.row.c, values, precision)
          type = primitive.row.result
          if primitive != .toBits && primitive != .toReal { count += 1 }
        } else {
          spelling = write(operation, precision) + "(\(values.joined(separator: ", ")))"
        }
        lines.append("  const \(types[Int(type.rawValue)]) t\(lines.count) = \(spelling);")
        spelling = "t\(lines.count - 1)"
      }
      names[ObjectIdentifier(part)] = spelling
    }
    let parameters = row.arguments.map { "\(types[0]) \($0.name)" }.joined(separator: ", ")
    text += "// \(spelled): \(count) operations\n"
    text += "static inline \(types[0]) \(spelled)(\(parameters)) {\n"
    text += lines.joined(separator: "\n")
    text += "\n  return \(names[ObjectIdentifier(formula)]!);\n}\n"
    return spelled
  }

  private static func fill(_ template: String, _ values: [String], _ precision: Precision) -> String
  {
    var spelling = template
    for (i, value) in values.enumerated() {
      spelling = spelling.replacingOccurrences(of: "$\(i)", with: value)
    }
    return spelling.replacingOccurrences(of: "#", with: precision == .f64 ? "" : "f")
      .replacingOccurrences(of: "@", with: precision == .f64 ? "d_" : "f_")
  }

  private static func hexadecimal(_ value: Double) -> String {
    value < 0 ? "(\(String(format: "%a", value)))" : String(format: "%a", value)
  }
}

@Suite struct FunctionsInCTests {
  /// Besides ``functions``, those made of them.
  static let composed = ["sigmoid", "logsigmoid", "softplus", "gelu", "silu"]

  @Test func everyFunctionCanBeWritten() throws {
    var header = FunctionsInC()
    for name in functions.map(\.name) + Self.composed {
      for precision in Precision.allCases {
        let spelled = header.write(name, precision)
        #expect(header.text.contains(" \(spelled)("))
      }
    }
    if let path = ProcessInfo.processInfo.environment["NNC_FUNCTIONS_HEADER"] {
      try header.text.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}
