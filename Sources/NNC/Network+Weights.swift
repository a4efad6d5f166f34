import NNCAlgebra
import NNCDatasets
import NNCDiagnostics
import NNCFormats
import NNCLayers
import NNCOnnx

/// The weights of a network as they were saved, and what was saved beside them.
public struct SavedWeights: Sendable {
  /// The parameters, in the network's order.
  public let parameters: [Double]
  /// What is known of the data that the network was trained with; nil where nothing is.
  public let description: DataDescription?
}

extension Network {
  /// Reads this network's parameters from a file of weights: safetensors or `.npz`.
  ///
  /// Arrays are called as the network calls them, `linear1.weight`, or throughout as `torch.nn.Sequential` does,
  /// `0.weight`; their layout is PyTorch's. Every parameter must be there with its shape, and nothing else: all that
  /// is not so is told at once, as a table.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - names: other names for arrays of the file.
  ///   - isNamedByUser: whether the user names the file, and not the network's text, which a stranger may have written:
  ///     what is no regular file is read only then.
  public func readWeights(
    _ path: String, names: WeightNames = WeightNames(), isNamedByUser: Bool = true
  ) throws(FileFailure) -> SavedWeights {
    let source = try ByteSource.open(path, isNamedByUser: isNamedByUser)
    let file =
      try OnnxImport.begins(source)
      ? try OnnxImport.weights(source) : try TensorFile.read(source)
    return try weights(in: file, names: names)
  }

  /// This network's parameters among the arrays of a file.
  func weights(
    in file: TensorFile, names: WeightNames = WeightNames()
  ) throws(FileFailure) -> SavedWeights {
    // What a training keeps beside the parameters, in its checkpoints, is no weight.
    let stored = file.arrays.filter { array in
      array.name != "history" && !array.name.hasPrefix("state/") && !array.name.hasPrefix("best/")
    }
    let kept = stored.filter { !names.ignores($0.name) }
    let given = kept.map(\.name)
    if let unused = names.unused(among: stored.map(\.name)).first {
      throw .wrong(
        "`\(file.name)` has no array \(quoted(unused)), nor a layer of that name, to be renamed",
        hint: suggestion(for: unused, among: given).map { "did you mean `\($0)`?" })
    }
    var renamed = given.map { names.name(for: $0) }
    let wanted = Set(parameters.map(\.name))
    if wanted.isDisjoint(with: renamed) {
      let sequential = WeightNames(renames: sequentialNames.map { ($0.old, $0.new) })
      let isSequential = renamed.allSatisfy { Int($0.prefix { $0 != "." }) != nil }
      if isSequential { renamed = renamed.map { sequential.name(for: $0) } }
    }
    var arrays: [String: StoredArray] = [:]
    for (name, array) in zip(renamed, kept) {
      if arrays.updateValue(array, forKey: name) != nil {
        throw .wrong("`\(file.name)`: two arrays are called \(quoted(name)) after renaming")
      }
    }
    for shared in sharedNames {
      guard let copy = arrays.removeValue(forKey: shared.name) else { continue }
      renamed.removeAll { $0 == shared.name }
      guard let own = arrays[shared.parameter] else {
        arrays[shared.parameter] = copy
        continue
      }
      let (values, others) = (try own.values(), try copy.values())
      if own.shape != copy.shape || values != others {
        throw .wrong(
          "`\(file.name)`: `\(shared.name)` and `\(shared.parameter)` are one parameter of the "
            + "network, but two in the file")
      }
    }
    try checkFit(file.name, arrays, renamed)
    var values: [Double] = []
    values.reserveCapacity(parameterCount)
    for parameter in parameters {
      guard let array = arrays[parameter.name] else {
        values += parameter.initial.fill.map { [$0] } ?? [0]
        continue
      }
      let numbers = try array.values()
      if let wrong = numbers.first(where: { !$0.isFinite }) {
        throw .wrong("`\(file.name)`: `\(parameter.name)` holds \(wrong)")
      }
      values += numbers
    }
    let description = try DataDescription(
      metadata: file.metadata, source: file.name, inputWidth: inputShape.reduce(1, *))
    return SavedWeights(
      parameters: values, description: description.isEmpty ? nil : description)
  }

  /// Refuses a file whose arrays are not exactly the parameters.
  private func checkFit(
    _ file: String, _ arrays: [String: StoredArray], _ names: [String]
  ) throws(FileFailure) {
    var rows = [["array", "in the network", "in the file", ""]]
    for parameter in parameters {
      guard let array = arrays[parameter.name] else {
        if parameter.mayBeMissing { continue }
        rows.append([parameter.name, Self.text(parameter.shape), "-", "missing"])
        continue
      }
      if array.shape != parameter.shape {
        rows.append([
          parameter.name, Self.text(parameter.shape), Self.text(array.shape), "another shape",
        ])
      }
    }
    let wanted = Set(parameters.map(\.name))
    for name in names where !wanted.contains(name) {
      rows.append([name, "-", Self.text(arrays[name]!.shape), "unexpected"])
    }
    if rows.count == 1 { return }
    let fits = parameters.count { arrays[$0.name]?.shape == $0.shape }
    let total = rows.count - 1
    if rows.count > 41 { rows = rows[..<41] + [["…", "", "", "\(total - 40) more"]] }
    let table = alignedTable(rows.map { $0.map { shortName($0) } })
    let others = fits == 0 ? "" : "; \(fits) of \(parameters.count) parameters fit"
    throw .wrong(
      "`\(file)` does not fit the network `\(name)`\(others):\n" + table.dropLast(),
      hint:
        "`--map OLD=NEW` gives an array, or all of a layer, another name; `--ignore NAME` leaves it aside"
    )
  }

  private static func text(_ shape: [Int]) -> String {
    "[\(shape.map(String.init).joined(separator: ", "))]"
  }

  /// The network with other initial parameters, as many as it has, in its order.
  public func beginning(with values: [Double]) -> Network {
    precondition(values.count == parameterCount)
    var result = self
    var start = 0
    for index in result.parameters.indices {
      let count = result.parameters[index].count
      result.parameters[index].initial = .literal(Array(values[start..<(start + count)]))
      start += count
    }
    return result
  }

  /// Writes parameters to a file of weights, whole or not at all: `.npz` where the name ends so, else safetensors.
  ///
  /// Names and layout are PyTorch's for modules called as the network's layers, so that `load_state_dict` takes them.
  ///
  /// - Parameters:
  ///   - values: the parameters, in the network's order.
  ///   - description: what the network must know of its data.
  ///   - precision: how the numbers are stored.
  ///   - path: the file.
  public func writeWeights(
    _ values: [Double], description: DataDescription? = nil, precision: Precision = .f64,
    to path: String
  ) throws(FileFailure) {
    precondition(values.count == parameterCount)
    var start = 0
    var arrays = parameters.map { parameter in
      defer { start += parameter.count }
      return NamedArray(
        name: parameter.name, shape: parameter.shape,
        values: Array(values[start..<(start + parameter.count)]))
    }
    // PyTorch names a shared parameter once for each module that has it.
    let places = Dictionary(
      uniqueKeysWithValues: arrays.enumerated().map { ($0.element.name, $0.offset) })
    for shared in sharedNames {
      let own = arrays[places[shared.parameter]!]
      arrays.append(NamedArray(name: shared.name, shape: own.shape, values: own.values))
    }
    var metadata = description?.metadata ?? [:]
    // What PyTorch's own files say; some readers ask for it.
    metadata["format"] = "pt"
    try TensorFile.write(
      arrays, metadata: metadata, as: precision == .f32 ? .f32 : .f64, to: path)
  }
}

extension Parameter {
  /// Whether a file may go without it: a buffer of one number, such as how many batches there were, which older files lack.
  fileprivate var mayBeMissing: Bool { assignment != nil && shape.isEmpty }
}

extension Initial {
  /// The number that it is everywhere; nil of others.
  fileprivate var fill: Double? { if case .fill(let value) = self { value } else { nil } }
}

private func shortName(_ name: String) -> String {
  name.count > 60 ? "\(name.prefix(60))…" : name
}
