import NNCFormats

/// A file of data in one of the formats, told apart by its bytes.
enum DataFile {
  /// A delimited text.
  case table(DelimitedText)
  /// An array: `.npy` or IDX.
  case array(StoredArray)
  /// Named arrays: `.npz`.
  case arrays(TensorFile)

  /// Looks at a file.
  init(_ source: ByteSource, _ request: DatasetRequest) throws(FileFailure) {
    if try Npz.begins(source) {
      self = .arrays(try Npz.read(source))
    } else if try Npy.begins(source) {
      self = .array(try Npy.read(source))
    } else if try Idx.begins(source) {
      self = .array(try Idx.read(source))
    } else {
      let isBinary = try source.bytes(0..<min(source.count, 1 << 12)).contains(0)
      let head = try source.bytes(0..<min(source.count, 2))
      if isBinary, head != [0xFF, 0xFE], head != [0xFE, 0xFF] {
        throw .wrong(
          "`\(source.name)` is no table of text, nor .npy, .npz or IDX, perhaps compressed by gzip")
      }
      self = .table(
        try DelimitedText(source, delimiter: request.delimiter, hasHeader: request.hasHeader))
    }
  }

  /// The array that a choice names among those of an `.npz`; without one, that of the first usual name.
  static func array(
    _ file: TensorFile, _ choice: ColumnChoice?, usual: [String], option: String
  ) throws(FileFailure) -> StoredArray {
    let names = file.arrays.map(\.name)
    if let choice {
      if let array = file.array(choice.text) { return array }
      throw .wrong(
        "`\(file.name)` has no array \(quoted(choice.text)); \(listed(arrays: names))",
        hint: near(choice.text, names))
    }
    for name in usual {
      if let array = file.array(name) { return array }
    }
    throw .wrong(
      "`\(file.name)`: which array holds the \(option == "inputs" ? "inputs" : "targets")? "
        + listed(arrays: names), hint: "`--\(option) NAME` chooses it")
  }

  private static func listed(arrays names: [String]) -> String {
    if names.isEmpty { return "it has none" }
    let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return "its arrays are \(shown)" + (names.count > 12 ? ", …" : "")
  }
}
