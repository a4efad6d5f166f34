import NNCDiagnostics

/// NumPy's format of several arrays: a zip archive of `.npy` files, stored (`numpy.savez`) or deflated
/// (`numpy.savez_compressed`). A member `metadata.json` holds texts by name.
public enum Npz {
  static let metadataName = "metadata.json"

  /// Whether bytes begin as such a file does.
  public static func begins(_ source: ByteSource) throws(FileFailure) -> Bool {
    try ZipArchive.begins(source)
  }

  /// Reads a file's arrays, called as `numpy.load` calls them.
  public static func read(_ source: ByteSource) throws(FileFailure) -> TensorFile {
    let archive = try ZipArchive(source)
    if TorchFile.isOne(archive) { return try TorchFile.read(source, archive) }
    var arrays: [StoredArray] = []
    var metadata: [String: String] = [:]
    if let other = archive.members.first(where: {
      $0.name != metadataName && !$0.name.hasSuffix(".npy")
    }) {
      throw .wrong("`\(source.name)` holds \(quoted(other.name)), which is no .npy array")
    }
    for (member, contents) in zip(archive.members, try archive.contents()) {
      if member.name == metadataName {
        metadata = try texts(in: contents)
      } else {
        arrays.append(try Npy.read(contents, name: String(member.name.dropLast(4))))
      }
    }
    return TensorFile(name: source.name, arrays: arrays, metadata: metadata)
  }

  private static func texts(in source: ByteSource) throws(FileFailure) -> [String: String] {
    let bytes = try source.bytes(0..<source.count)
    let json: Json
    do throws(JsonParser.Problem) {
      json = try JsonParser.parse(bytes)
    } catch {
      throw .wrong("`\(source.name)`: \(error.message), at byte \(error.offset)")
    }
    var result: [String: String] = [:]
    for member in json.members ?? [] {
      guard let text = member.value.text else {
        throw .wrong("`\(source.name)`: \(quoted(member.name)) is no text")
      }
      result[member.name] = text
    }
    return result
  }

  /// Writes a file of stored arrays, whole or not at all.
  ///
  /// - Parameters:
  ///   - arrays: the arrays; names must differ.
  ///   - metadata: texts beside them.
  ///   - type: how the numbers are stored: f64, or f32, to which they are rounded.
  public static func write(
    _ arrays: [NamedArray], metadata: [String: String] = [:], as type: NumberType = .f64,
    to path: String
  ) throws(FileFailure) {
    var writer = ZipWriter(try PendingFile(path))
    for array in arrays {
      let bytes = Npy.head(shape: array.shape, type: type) + type.encode(array.values[...])
      try writer.add(array.name + ".npy", bytes)
    }
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }
        .map { "\(jsonString($0.key)):\(jsonString($0.value))" }
      try writer.add(metadataName, Array("{\(texts.joined(separator: ","))}".utf8))
    }
    try writer.finish()
  }
}
