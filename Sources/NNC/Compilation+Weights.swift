import NNCDiagnostics
import NNCFormats
import NNCLayers

/// What the codes of this module's messages mean.
let weightsDiagnosticCodes = [
  DiagnosticCode(
    "N0601", "weights that cannot be taken",
    explanation: """
      `weights "FILE"` takes the initial values from a safetensors or .npz file, which lies beside \
      the network's file unless its name begins with `/`. The file must hold every parameter with \
      its shape, and nothing else.
      """,
    erroneous: "linear 2->3; weights \"none.safetensors\"", corrected: "linear 2->3")
]

extension Network {
  /// The network with the initial values that its `weights` statement names, or the message why not.
  ///
  /// - Parameter source: the network's file; the weights lie beside it.
  func withStatedWeights(besides source: String) -> Result<Network, WeightsProblem> {
    guard let weights else { return .success(self) }
    let folder = source.lastIndex(of: "/").map { String(source[...$0]) } ?? ""
    let path = weights.file.hasPrefix("/") ? weights.file : folder + weights.file
    do throws(FileFailure) {
      if weights.file == "-" { throw .wrong("standard input cannot hold a network's weights") }
      return .success(beginning(with: try readWeights(path, isNamedByUser: false).parameters))
    } catch {
      let lines = error.message.split(separator: "\n").map(String.init)
      var notes = Array(lines.dropFirst())
      if let hint = error.hint { notes.append(hint) }
      return .failure(
        WeightsProblem(
          diagnostic: Diagnostic(
            "N0601", lines.first ?? "", at: weights.span, label: "these weights cannot be taken",
            notes: notes)))
    }
  }
}

/// Why weights cannot be taken.
struct WeightsProblem: Error {
  let diagnostic: Diagnostic
}

extension Compilation {
  /// The same source with other initial parameters, as many as the network has.
  public func beginning(with values: [Double]) -> Compilation {
    Compilation(self, network: network?.beginning(with: values))
  }
}

extension Compilation {
  /// The same source with all parameters frozen but those of a part.
  public func training(only part: TrainedPart) -> Compilation {
    Compilation(self, network: network?.training(only: part))
  }
}
