import NNCFormats
import NNCLayers
import NNC

/// The arrays of a file that another program wrote.
struct ReferenceFile {
  let input: [Double]
  let target: [Double]
  let samples: Int
  private let file: TensorFile

  /// Reads a file; what it holds must be known of the network.
  init(_ path: String, for network: Network) throws(FileFailure) {
    file = try TensorFile.read(path)
    let parameters = network.parameters.map(\.name)
    let state = network.training?.state(for: network.parameters).map(\.name) ?? []
    let known =
      ["x", "t", "y", "loss"] + parameters + parameters.map { "gradient." + $0 }
      + (parameters + state).map { "next." + $0 }
    if let unknown = file.arrays.map(\.name).first(where: { !known.contains($0) }) {
      throw .wrong(
        "`\(file.name)` holds \(quoted(unknown)), of which the network knows nothing",
        hint: suggestion(for: unknown, among: known).map { "did you mean `\($0)`?" })
    }
    guard let x = file.array("x"), let count = x.shape.first, count > 0 else {
      throw .wrong("`\(file.name)` has no array `x`, the inputs, with a sample in each row")
    }
    samples = count
    let width = network.inputShape.reduce(1, *)
    guard x.count == samples * width else {
      throw .wrong(
        "`\(file.name)`: `x` has \(x.count / samples) numbers a sample, and the network's input "
          + "\(width)")
    }
    input = try x.values()
    target = try Self.target(file, samples, network)
    let isAsked = known.dropFirst(2).contains {
      !parameters.contains($0) && file.array($0) != nil
    }
    if !isAsked {
      throw .wrong("`\(file.name)` has neither `y`, `loss`, `gradient.NAME` nor `next.NAME`")
    }
    if network.loss == nil, wantsGradient || wantsStep {
      throw .wrong("`\(file.name)` has losses or gradients, but the network has no `loss`")
    }
    if network.training == nil, wantsStep {
      throw .wrong("`\(file.name)` has parameters after a step, but the network has no `train`")
    }
  }

  /// Targets as the loss takes them; a class number stands for the vector that is 1 there.
  private static func target(
    _ file: TensorFile, _ samples: Int, _ network: Network
  ) throws(FileFailure) -> [Double] {
    guard let node = network.target else { return [] }
    let width = network.graph.shape(node).reduce(1, *)
    guard let t = file.array("t") else { return .init(repeating: 0, count: samples * width) }
    let values = try t.values()
    if values.count == samples * width { return values }
    guard values.count == samples else {
      throw .wrong(
        "`\(file.name)`: `t` has \(values.count) numbers for \(samples) samples, and the "
          + "network's target has \(width)")
    }
    var result = [Double](repeating: 0, count: samples * width)
    for (sample, value) in values.enumerated() {
      guard value >= 0, value < Double(width), value == value.rounded() else {
        throw .wrong("`\(file.name)`: `t` holds \(value), which is none of \(width) classes")
      }
      result[sample * width + Int(value)] = 1
    }
    return result
  }

  /// Whether there are losses or derivatives to compare.
  var wantsGradient: Bool { has("loss") || has(prefix: "gradient.") }
  /// Whether there are parameters after a step.
  var wantsStep: Bool { has(prefix: "next.") }

  private func has(_ name: String) -> Bool { file.array(name) != nil }
  private func has(prefix: String) -> Bool { file.arrays.contains { $0.name.hasPrefix(prefix) } }

  /// An array's numbers, of which there must be that many; nil where the file has no such array.
  func numbers(_ name: String, count: Int) throws(FileFailure) -> [Double]? {
    guard let array = file.array(name) else { return nil }
    guard array.count == count else {
      throw .wrong("`\(file.name)`: `\(name)` has \(array.count) numbers, not \(count)")
    }
    return try array.values()
  }
}
