/// Numbers in row-major order with the extents of their axes.
public struct Tensor: Hashable, Sendable {
  /// The extents, outermost first; none for a number.
  public let shape: [Int]
  /// The numbers.
  public let values: [Double]

  /// A tensor; there must be as many numbers as the shape says.
  public init(shape: [Int], values: [Double]) {
    precondition(shape.reduce(1, *) == values.count)
    self.shape = shape
    self.values = values
  }

  /// A number.
  public init(_ value: Double) { self.init(shape: [], values: [value]) }

  /// The number, or the numbers in nested brackets, each written by `number`.
  public func text(_ number: (Double) -> String = { shortest($0) }) -> String {
    var text = ""
    for (place, value) in values.enumerated() {
      // How many of the innermost axes begin, and so had ended, at this element.
      var edge = 0
      var rest = place
      for extent in shape.reversed() {
        if rest % extent != 0 { break }
        rest /= extent
        edge += 1
      }
      if place > 0 { text += String(repeating: "]", count: edge) + ", " }
      text += String(repeating: "[", count: edge) + number(value)
    }
    if values.isEmpty { return "[]" }
    return text + String(repeating: "]", count: shape.count)
  }
}

/// A number as short as it can be read back exactly, without `.0`.
public func shortest(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
