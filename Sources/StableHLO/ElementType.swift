import NNCAlgebra
import NNCGraph

/// The floating-point type of a module's numbers.
public enum RealType: String, Hashable, Sendable, CaseIterable {
  /// IEEE 754 binary64.
  case f64
  /// IEEE 754 binary32.
  case f32
  /// The upper half of a binary32, as accelerators have it.
  case bf16

  var element: Element {
    switch self {
    case .f64: .f64
    case .f32: .f32
    case .bf16: .bf16
    }
  }

  /// The type in which functions are computed that only formulas of machine operations give: bfloat16 has none.
  var arithmetic: Precision { self == .f64 ? .f64 : .f32 }
}

/// The type of a tensor's elements.
enum Element: String, Hashable {
  case f64, f32, bf16
  /// True or false.
  case i1
  /// Whole numbers; the bits of an `f32`.
  case i32
  /// The bits of an `f64`.
  case i64

  var isReal: Bool { self == .f64 || self == .f32 || self == .bf16 }

  /// The integers as wide as a real of a precision.
  static func word(_ precision: Precision) -> Element { precision == .f64 ? .i64 : .i32 }

  /// The type in which many of them are added up. A sum in bf16 stands still at 256 times what is added, and engines keep
  /// to the type that they are told.
  var summing: Element { self == .bf16 ? .f32 : self }

  static func real(_ precision: Precision) -> Element { precision == .f64 ? .f64 : .f32 }
}

/// A value in the text: its name, and its type with the axis of the batch where it has one.
struct Value: Hashable {
  let name: String
  let element: Element
  let shape: Shape

  /// The type as StableHLO writes it: `tensor<32x16xf64>`.
  var type: String { tensorType(shape, element) }
}

/// `tensor<32x16xf64>`.
func tensorType(_ shape: Shape, _ element: Element) -> String {
  "tensor<" + shape.map { "\($0)x" }.joined() + element.rawValue + ">"
}

/// A number as MLIR reads it, which wants a point before an exponent and takes what is no number by its bits.
func literal(_ value: Double, _ element: Element) -> String {
  switch element {
  case .i1: return value != 0 ? "true" : "false"
  case .i32, .i64: return "\(Int(value))"
  case .f64, .f32, .bf16: break
  }
  let single = Float(value)
  if !value.isFinite || element != .f64 && !single.isFinite {
    let bits: UInt64 =
      element == .f64
      ? value.bitPattern : UInt64(single.bitPattern) >> (element == .bf16 ? 16 : 0)
    return "0x" + String(bits, radix: 16, uppercase: true)
  }
  let text = element == .f64 ? value.description : single.description
  guard let mark = text.firstIndex(of: "e"), !text[..<mark].contains(".") else { return text }
  return text[..<mark] + ".0" + text[mark...]
}
