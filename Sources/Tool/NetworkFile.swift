import NNC

/// Reads and checks the network that a call names; messages are written, and errors end the command.
///
/// This is the one place where a network's file is read: a text, or an ONNX file, which brings its weights.
func readNetwork(_ call: Call, _ console: Console) throws -> Compilation {
  let compilation = try readCompilation(call, console)
  console.report(compilation.diagnostics, in: compilation.source, call)
  if compilation.network == nil { throw Failure.reported }
  return compilation
}

private func readCompilation(_ call: Call, _ console: Console) throws -> Compilation {
  let path = call.operands[0]
  let dims = try dims(call)
  if let model = try onnxFile(path) { return try Compilation(onnx: model, dims: dims) }
  if !dims.isEmpty {
    throw Failure.call("`--dim` is for ONNX files, which `\(path)` is not")
  }
  return Compilation(try readSource(path, console))
}

/// The file at a path, if it is an ONNX file.
func onnxFile(_ path: String) throws -> ByteSource? {
  // A text from standard input is read once.
  if path == "-" || isFolder(path) || !isThere(path) { return nil }
  let source = try ByteSource.open(path)
  return try OnnxImport.begins(source) ? source : nil
}

/// The extents that a call gives for axes that an ONNX file leaves open.
func dims(_ call: Call) throws(Failure) -> [String: Int] {
  var result: [String: Int] = [:]
  if call.command.option("dim") == nil { return [:] }
  for text in call.values("dim") {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let size = Int(parts[1]), size > 0 else {
      throw .call("`--dim` takes the name of an axis and its extent, `batch=1`, not `\(text)`")
    }
    result[parts[0]] = size
  }
  return result
}
