/// How ONNX and the language each name the parts of a recurrent unit.
struct RecurrentOperator {
  /// The operator, and the kind of layer.
  let kind: String
  let layer: String
  /// For each gate of a layer's, in its order, the place of that gate in ONNX's: i f g o beside i o f c, r z n beside z r h.
  let gates: [Int]
  /// What ONNX calls its functions where it says none.
  let activations: [String]

  static let all = [
    RecurrentOperator(
      kind: "LSTM", layer: "lstm", gates: [0, 2, 3, 1], activations: ["Sigmoid", "Tanh", "Tanh"]),
    RecurrentOperator(
      kind: "GRU", layer: "gru", gates: [1, 0, 2], activations: ["Sigmoid", "Tanh"]),
    RecurrentOperator(kind: "RNN", layer: "rnn", gates: [0], activations: ["Tanh"]),
  ]

  /// For each gate of ONNX's the place of that gate in the layer's.
  var gatesBack: [Int] { gates.indices.map { gates.firstIndex(of: $0)! } }

  /// The rows of a matrix of gates, each of `width` rows, in another order of the gates.
  static func rows(_ gates: [Int], _ width: Int) -> [Int] {
    gates.flatMap { $0 * width..<($0 + 1) * width }
  }
}
