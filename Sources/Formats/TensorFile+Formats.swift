extension TensorFile {
  /// Reads a file of weights, in the format that its bytes show: safetensors or `.npz`.
  public static func read(_ source: ByteSource) throws(FileFailure) -> TensorFile {
    if try Npz.begins(source) { return try Npz.read(source) }
    if try Npy.begins(source) {
      return TensorFile(name: source.name, arrays: [try Npy.read(source)])
    }
    return try Safetensors.read(source)
  }

  /// Reads the file of weights at a path; `-` is standard input.
  ///
  /// - Parameter isNamedByUser: whether the user names it; see ``ByteSource/open(_:isNamedByUser:)``.
  public static func read(
    _ path: String, isNamedByUser: Bool = true
  ) throws(FileFailure) -> TensorFile {
    try read(try ByteSource.open(path, isNamedByUser: isNamedByUser))
  }

  /// Writes a file of weights, whole or not at all: NumPy's format where the name ends in `.npz`, else safetensors.
  ///
  /// - Parameters:
  ///   - arrays: the arrays; names must differ.
  ///   - metadata: texts beside them.
  ///   - type: how the numbers are stored: f64, or f32, to which they are rounded.
  public static func write(
    _ arrays: [NamedArray], metadata: [String: String] = [:], as type: NumberType = .f64,
    to path: String
  ) throws(FileFailure) {
    if path.hasSuffix(".npz") {
      try Npz.write(arrays, metadata: metadata, as: type, to: path)
    } else {
      try Safetensors.write(arrays, metadata: metadata, as: type, to: path)
    }
  }
}
