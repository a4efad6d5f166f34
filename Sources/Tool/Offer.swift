import NNC

/// What a shell offers for the value of an option, or for an operand.
enum Offer: Sendable {
  /// Nothing: a number, a formula, a name of the user's own.
  case nothing
  /// One of these.
  case words([String])
  /// What `nnc help` explains.
  case topics
  /// Files with one of these endings, or any where there is none, and the folders on the way to them.
  case files([String])
  /// Folders.
  case folders

  /// Networks.
  static let networks = files(["nn", "onnx"])
  /// Files of weights.
  static let weights = files(["safetensors", "npz", "pt", "pth", "onnx"])
  /// Files of samples.
  static let data = files(["csv", "tsv", "npy", "npz", "ubyte", "gz"])
  /// The machines that code is made for.
  static let targets = words(Target.all.map(\.name) + ["native"])

  /// The words, where it offers words.
  var words: [String]? {
    switch self {
    case .words(let words): words
    case .topics:
      commands.map(\.name) + ["cmake", "codes", "make", "targets"]
        + LanguageTable.allCases.map(\.rawValue) + diagnosticCodes.map(\.code)
    case .nothing, .files, .folders: nil
    }
  }
}
