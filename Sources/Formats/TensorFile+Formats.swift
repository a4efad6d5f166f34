extension TensorFile {
  /// Reads a file of weights, in the format that its bytes show: safetensors, `.npz`, or what `torch.save` writes.
  public static func read(_ source: ByteSource) throws(FileFailure) -> TensorFile {
    if try Npz.begins(source) { return try Npz.read(source) }
    if try Npy.begins(source) {
      return TensorFile(name: source.name, arrays: [try Npy.read(source)])
    }
    if !source.name.hasSuffix(".safetensors"), source.count >= 16,
      let kind = FileKind.of(try source.bytes(0..<16)), !kind.isWeights
    {
      throw .wrong("`\(source.name)` is \(kind.name), not a file of weights", hint: kind.hint)
    }
    // The length of a header that is letters would be beyond every file.
    let head = try source.bytes(0..<min(8, source.count))
    if head.count == 8, head.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x0D })
    {
      throw .wrong("`\(source.name)` is a text, not a file of weights")
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
    if let ending = path.split(separator: ".").last, path.contains("."),
      ["onnx", "pt", "pth", "bin", "csv", "json", "npy", "nn", "h5", "keras"].contains(ending)
    {
      throw .wrong(
        "weights are written as safetensors or .npz, not as .\(ending)",
        hint: ending == "onnx" ? "`nnc export` writes a network as ONNX" : nil)
    }
    if path.hasSuffix(".npz") {
      try Npz.write(arrays, metadata: metadata, as: type, to: path)
    } else {
      try Safetensors.write(arrays, metadata: metadata, as: type, to: path)
    }
  }
}
