import NNCAlgebra
import NNCFormats
import NNCGraph
import NNCLayers

/// Writes a network as an ONNX file: what it predicts, with a first axis of any extent for the samples.
///
/// Layers are operators of their kind where ONNX has them; everything else is written node by node of the graph, so that
/// every network can be exported. Parameters are constants of the file, called as in the network.
public enum OnnxExport {
  /// The version of the operators that are written.
  public static let version = 18

  /// The bytes of the file.
  ///
  /// - Parameters:
  ///   - parameters: the numbers of all parameters, in the network's order.
  ///   - precision: how numbers are stored and computed.
  ///   - producer: what the file says wrote it.
  public static func bytes(
    _ network: Network, parameters: [Double], precision: Precision = .f32, producer: String = "nnc"
  ) throws(FileFailure) -> [UInt8] {
    var writer = GraphExport(network, parameters, precision)
    do throws(ExportProblem) {
      try writer.run()
    } catch {
      throw .wrong("the network `\(network.name)` cannot be written as ONNX: \(error.reason)")
    }
    var model = ProtobufWriter()
    // The version of the file's form that goes with the operators.
    model.add(1, whole: 8)
    model.add(2, text: producer)
    model.add(7, message: writer.file.graph(network.name))
    var set = ProtobufWriter()
    set.add(1, text: "")
    set.add(2, whole: version)
    model.add(8, message: set)
    return model.bytes
  }
}

/// What keeps a network from being written.
struct ExportProblem: Error {
  let reason: String
}
