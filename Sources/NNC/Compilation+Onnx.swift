import NNCDiagnostics
import NNCFormats
import NNCLayers
import NNCOnnx

extension Compilation {
  /// Reads a network from an ONNX file: the text that is made of it, with the file's weights as initial values.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - dims: the extents of axes that the file leaves open, by their names.
  public init(onnx source: ByteSource, dims: [String: Int] = [:]) throws(FileFailure) {
    let imported = try OnnxImport(source, dims: dims)
    let text = Compilation(SourceFile(name: source.name, text: imported.text))
    self = text.network == nil ? text : text.beginning(with: imported.parameters)
  }
}

extension OnnxImport {
  /// Writes the network's text, and its weights to a file beside it, whole or not at all.
  ///
  /// - Parameters:
  ///   - source: the ONNX file.
  ///   - path: where the text goes; the weights go to a safetensors file of the same name.
  ///   - dims: the extents of axes that the file leaves open, by their names.
  /// - Returns: what the user should know.
  public static func write(
    _ source: ByteSource, dims: [String: Int] = [:], to path: String
  ) throws(FileFailure) -> [String] {
    var stem = path.split(separator: "/").last.map(String.init) ?? path
    if stem.hasSuffix(".nn") { stem.removeLast(3) }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let imported = try OnnxImport(source, dims: dims, weights: stem + ".safetensors")
    // The weights are not there yet, so the text is read without its last line.
    let plain = imported.text.split(separator: "\n").filter { !$0.hasPrefix("weights ") }
    let bare = Compilation(SourceFile(name: path, text: plain.joined(separator: "\n") + "\n"))
    guard let network = bare.network else {
      throw .wrong("`\(source.name)` cannot be said in the network language")
    }
    let isSingle = imported.parameters.allSatisfy { Double(Float($0)) == $0 }
    var file = try PendingFile(path)
    try file.write(imported.text)
    try file.prepare()
    try network.writeWeights(
      imported.parameters, precision: isSingle ? .f32 : .f64, to: folder + stem + ".safetensors")
    try file.commit()
    return imported.remarks
  }
}

extension Network {
  /// The initial parameters, where all are given: by a file that the network names or was made of, or in its text. Nil
  /// where some are drawn.
  public var givenParameters: [Double]? {
    var result: [Double] = []
    for parameter in parameters {
      guard case .literal(let numbers) = parameter.initial else { return nil }
      result += numbers
    }
    return result
  }
}
