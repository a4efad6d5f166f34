/// NumPy's format of one array, versions 1 to 3: `\x93NUMPY`, the version, the length of the header, the header as the
/// text of a Python dictionary, then the numbers.
///
/// Source: NumPy, numpy.lib.format.
public enum Npy {
  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  /// Whether bytes begin as such a file does.
  public static func begins(_ source: ByteSource) throws(FileFailure) -> Bool {
    guard source.count >= 6 else { return false }
    return try source.bytes(0..<6) == magic
  }

  /// Reads a file; its length must be what its header says.
  public static func read(
    _ source: ByteSource, name: String = ""
  ) throws(FileFailure) -> StoredArray {
    func failure(_ problem: String) -> FileFailure {
      .wrong("`\(source.name)` is no sound .npy array: \(problem)")
    }
    guard try begins(source) else { throw failure("its first six bytes are not those of one") }
    guard source.count >= 12 else { throw failure("it is cut short in its head") }
    let head = try source.bytes(6..<12)
    guard (1...3).contains(head[0]) else { throw failure("its version \(head[0]) is unknown") }
    let start = head[0] == 1 ? 10 : 12
    let length = number(head[2..<(start - 6)])
    guard length <= 1 << 20 else { throw failure("its header is said to have \(length) bytes") }
    guard source.count - start >= length else { throw failure("it is cut short in its header") }
    let text = String(decoding: try source.bytes(start..<(start + length)), as: UTF8.self)
    guard let header = NpyHeader(text) else {
      throw failure("its header \(quoted(text)) cannot be read")
    }
    guard let (type, isBigEndian) = header.type else {
      throw failure(
        "its type \(quoted(header.description)) is none of numbers of 1 to 8 bytes and bool")
    }
    let shape = header.shape
    let shown = "(\(shape.map(String.init).joined(separator: ", ")))"
    guard let size = checkedProduct(shape, type.size) else {
      throw failure("its shape \(shown) is too large")
    }
    let given = source.count - start - length
    if size != given {
      let state = size > given ? "it is cut short" : "something follows its numbers"
      throw failure(
        "\(state): its shape \(shown) takes \(size) bytes, but \(given) follow its header")
    }
    return StoredArray(
      name: name, type: type, shape: shape, source: source, offset: start + length,
      isBigEndian: isBigEndian, isFortranOrder: header.isFortranOrder)
  }

  /// The head of an array in row-major order with the smallest byte first.
  static func head(shape: [Int], type: NumberType) -> [UInt8] {
    let extents = shape.map { "\($0)," }.joined(separator: " ")
    let tuple = shape.count == 1 ? extents : String(extents.dropLast())
    let name = (type.size == 1 ? "|" : "<") + type.numpyName!
    var text = "{'descr': '\(name)', 'fortran_order': False, 'shape': (\(tuple)), }"
    // The numbers begin at a multiple of 64.
    text += String(repeating: " ", count: (64 - (10 + text.utf8.count + 1) % 64) % 64) + "\n"
    let length = text.utf8.count
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }
}

/// The header of a `.npy` file: what it says of its array.
struct NpyHeader {
  /// NumPy's description of the type, `<f8`.
  let description: String
  let isFortranOrder: Bool
  let shape: [Int]

  /// Reads a dictionary with exactly the three names, in any order; nil where it is anything else.
  init?(_ text: String) {
    var rest = Substring(text)
    var description: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    func skip(_ token: Character) -> Bool {
      while let first = rest.first, first == " " || first == "\n" { rest.removeFirst() }
      guard rest.first == token else { return false }
      rest.removeFirst()
      return true
    }
    func string() -> String? {
      for quote in ["'", "\""] as [Character] where skip(quote) {
        guard let end = rest.firstIndex(of: quote) else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return String(rest[..<end])
      }
      return nil
    }
    guard skip("{") else { return nil }
    while !skip("}") {
      guard let name = string(), skip(":") else { return nil }
      switch name {
      case "descr" where description == nil:
        guard let value = string() else { return nil }
        description = value
      case "fortran_order" where isFortranOrder == nil:
        _ = skip(" ")
        let word = rest.prefix { $0.isLetter }
        guard word == "True" || word == "False" else { return nil }
        isFortranOrder = word == "True"
        rest = rest.dropFirst(word.count)
      case "shape" where shape == nil:
        guard skip("(") else { return nil }
        var extents: [Int] = []
        while !skip(")") {
          while rest.first == " " { rest.removeFirst() }
          let word = rest.prefix { $0.isASCII && $0.isNumber }
          guard let extent = Int(word), extents.count < 32 else { return nil }
          extents.append(extent)
          rest = rest.dropFirst(word.count)
          // NumPy of Python 2 wrote `10L`.
          if rest.first == "L" { rest.removeFirst() }
          if skip(",") { continue }
          guard skip(")") else { return nil }
          break
        }
        shape = extents
      default: return nil
      }
      if skip(",") { continue }
      guard skip("}") else { return nil }
      break
    }
    guard rest.allSatisfy({ $0 == " " || $0 == "\n" }), let description, let isFortranOrder,
      let shape
    else { return nil }
    self.description = description
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  /// The type of the numbers, if it is one that can be read.
  var type: (NumberType, isBigEndian: Bool)? {
    guard let order = description.first, "<>|=".contains(order) else { return nil }
    let name = description.dropFirst()
    guard let type = NumberType.allCases.first(where: { $0.numpyName.map { $0 == name } ?? false })
    else { return nil }
    if order == "|", type.size > 1 { return nil }
    return (type, order == ">")
  }
}
