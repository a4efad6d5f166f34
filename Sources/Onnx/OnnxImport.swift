import NNCDiagnostics
import NNCFormats
import NNCLayers
import NNCSyntax

/// A network that was made of an ONNX file: its text, and the numbers of its parameters.
public struct OnnxImport: Sendable {
  /// The network as text, without a statement about weights.
  public let text: String
  /// The numbers of all parameters one after the other, in the network's order.
  public let parameters: [Double]
  /// What the user should know.
  public let remarks: [String]

  /// Whether bytes begin as an ONNX file does: a whole number, the version, and then another field of a model.
  public static func begins(_ source: ByteSource) throws(FileFailure) -> Bool {
    guard source.count >= 4 else { return false }
    let head = try source.bytes(0..<min(source.count, 4))
    // Field 1 as a whole number, which no text begins with, or the sets of operators first.
    let next: Set<UInt8> = [0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42, 0x72]
    if head[0] == 0x08, head[1] < 0x20, next.contains(head[2]) { return true }
    return head[0] == 0x3A && head[1] >= 0x80 && source.name.hasSuffix(".onnx")
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - dims: the extents of axes that the file leaves open, by their names; the first axis of an input, where it is open,
  ///     holds the samples.
  ///   - weights: the file of weights that the text is to name.
  public init(
    _ source: ByteSource, dims: [String: Int] = [:], weights: String? = nil
  ) throws(FileFailure) {
    let folder = source.name.lastIndex(of: "/").map { String(source.name[...$0]) } ?? ""
    let reader = OnnxReader(source: source) { (name) throws(FileFailure) in
      try ByteSource.open(folder + name, isNamedByUser: false)
    }
    let model = try reader.model().withWholeNormalisations()
    let choices = try SampleChoice.choices(model, dims)
    var read: (importer: Importer, outputs: [(name: String, statement: Int)])?
    for (place, choice) in choices.enumerated() {
      let importer = Importer(model, choice)
      do throws(FileFailure) {
        read = (importer, try importer.readGraph())
        break
      } catch {
        if place == choices.count - 1 { throw error }
      }
    }
    let (importer, outputs) = read!
    let heading = Self.heading(model)
    var problem = ""
    for folding in NetworkText.Folding.allCases {
      var forbidden: Set<Int> = []
      var written: NetworkText
      var text: String
      while true {
        written = NetworkText(importer, outputs, folding: folding, without: forbidden)
        written.heading = heading
        written.weights = weights
        let (lines, named) = written.text()
        text = lines
        if named.isEmpty { break }
        forbidden.formUnion(named)
      }
      written.weights = nil
      let (network, diagnostics) = Self.network(written.text().text)
      guard let network else {
        problem = diagnostics.first { $0.severity == .error }?.message ?? "its text is wrong"
        continue
      }
      let values: [(shape: [Int], numbers: [Double])]
      do throws(ImportProblem) {
        values = try written.values()
      } catch {
        if case .file(let failure) = error { throw failure }
        throw .wrong("`\(model.name)`: its weights cannot be read")
      }
      guard network.parameters.map(\.shape) == values.map(\.shape) else {
        problem = "its weights are not those of its text"
        continue
      }
      self.text = text
      parameters = values.flatMap(\.numbers)
      remarks = Array(Set(importer.remarks)).sorted() + importer.choice.remarks
      return
    }
    throw .wrong("`\(model.name)` cannot be said in the network language: \(problem)")
  }

  /// The constants of a file that have names, as a file of weights.
  public static func weights(_ source: ByteSource) throws(FileFailure) -> TensorFile {
    let folder = source.name.lastIndex(of: "/").map { String(source.name[...$0]) } ?? ""
    let reader = OnnxReader(source: source) { (name) throws(FileFailure) in
      try ByteSource.open(folder + name, isNamedByUser: false)
    }
    let graph = try reader.model().graph
    return TensorFile(
      name: source.name,
      arrays: graph.constants.compactMap { tensor in
        guard case .stored(let array) = tensor.content, tensor.type.isReal else { return nil }
        return array
      })
  }

  private static func network(_ text: String) -> (Network?, [Diagnostic]) {
    let (tree, found) = parse(SourceFile(name: "model.nn", text: text))
    let (network, further) = elaborate(tree)
    let diagnostics = found + further
    return (diagnostics.contains { $0.severity == .error } ? nil : network, diagnostics)
  }

  /// Where the text comes from.
  private static func heading(_ model: OnnxModel) -> String {
    let file = model.name.split(separator: "/").last.map(String.init) ?? model.name
    let producer = model.producer.isEmpty ? "" : ", written by \(model.producer)"
    return printableOnOneLine("Made of \(file)\(producer).")
  }
}

extension SampleChoice {
  /// What the user should know.
  var remarks: [String] {
    guard let fixedBatch else { return [] }
    return ["the file computes \(fixedBatch) samples at once; the network computes one"]
  }
}
