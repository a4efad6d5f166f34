/// The IDX format, in which the MNIST data and its kin come: two zeros, the type, the number of axes, the extents as
/// 32-bit numbers, then the numbers in row-major order; the largest byte comes first everywhere.
///
/// Source: Y. LeCun, C. Cortes, C. Burges, The MNIST Database of Handwritten Digits.
public enum Idx {
  private static let types: [UInt8: NumberType] = [
    0x08: .u8, 0x09: .i8, 0x0B: .i16, 0x0C: .i32, 0x0D: .f32, 0x0E: .f64,
  ]

  /// Whether bytes begin as such a file does.
  public static func begins(_ source: ByteSource) throws(FileFailure) -> Bool {
    guard source.count >= 4 else { return false }
    let head = try source.bytes(0..<4)
    return head[0] == 0 && head[1] == 0 && types[head[2]] != nil && (1...8).contains(head[3])
  }

  /// Reads a file; its length must be what its head says.
  public static func read(_ source: ByteSource) throws(FileFailure) -> StoredArray {
    func failure(_ problem: String) -> FileFailure {
      .wrong("`\(source.name)` is no sound IDX file: \(problem)")
    }
    guard try begins(source) else { throw failure("its first four bytes are not those of one") }
    let head = try source.bytes(0..<4)
    let axes = Int(head[3])
    let start = 4 + 4 * axes
    guard source.count >= start else { throw failure("it is cut short in its head") }
    let extents = try source.bytes(4..<start)
    let shape = (0..<axes).map { axis in
      extents[(4 * axis)..<(4 * axis + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    let type = types[head[2]]!
    let text = shape.map(String.init).joined(separator: "x")
    guard let size = checkedProduct(shape, type.size) else {
      throw failure("its shape \(text) is too large")
    }
    if size != source.count - start {
      let state = size > source.count - start ? "it is cut short" : "something follows its numbers"
      throw failure(
        "\(state): its shape \(text) takes \(size) bytes, but \(source.count - start) follow its "
          + "head")
    }
    return StoredArray(
      name: "", type: type, shape: shape, source: source, offset: start, isBigEndian: true)
  }
}
