/// Index labels of a contraction: `ij,j->i` is the product of a matrix and a vector.
public struct Contraction: Hashable, Sendable {
  /// The labels of each operand's axes; one operand or two.
  public let inputs: [[UInt8]]
  /// The labels of the result's axes.
  public let output: [UInt8]

  /// Makes a contraction.
  public init(inputs: [[UInt8]], output: [UInt8]) {
    self.inputs = inputs
    self.output = output
  }

  /// Reads the notation `ij,j->i`.
  public init(_ text: StaticString) {
    var parts: [[UInt8]] = [[]]
    text.withUTF8Buffer { bytes in
      for byte in bytes where byte != UInt8(ascii: ">") {
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-") {
          parts.append([])
        } else {
          parts[parts.count - 1].append(byte - UInt8(ascii: "a"))
        }
      }
    }
    output = parts.removeLast()
    inputs = parts
  }
}
