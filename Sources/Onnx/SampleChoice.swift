import NNCFormats

/// What is one sample of a model: which extents its inputs have, and whether their first axis holds the samples.
struct SampleChoice {
  /// The inputs, one sample's.
  var ports: [Port] = []
  /// Of a file that was written for so many samples at once: their number, which shapes inside may say, too.
  var fixedBatch: Int?

  struct Port {
    let name: String
    let type: OnnxType
    let shape: [Int]
    /// Whether the first axis holds the samples.
    let isBatched: Bool
  }

  /// The ways in which a model's inputs may be one sample's, the best first.
  ///
  /// - Parameter dims: extents by name, which the user gave.
  static func choices(
    _ model: OnnxModel, _ dims: [String: Int]
  ) throws(FileFailure) -> [SampleChoice] {
    let constants = Set(model.graph.constants.map(\.name))
    let inputs = model.graph.inputs.filter { !constants.contains($0.name) }
    var open: [String] = []
    var used: Set<String> = []
    var ports: [(name: String, type: OnnxType, shape: [Int], isOpen: Bool)] = []
    for input in inputs {
      func unsupported(_ what: String) -> FileFailure {
        .wrong("`\(model.name)`: input \(quoted(input.name)) is \(what), which is not supported")
      }
      if let kind = input.otherKind { throw unsupported("a \(kind)") }
      guard let type = input.type else { throw unsupported("of no type") }
      guard type.numbers != nil else { throw unsupported("of \(type.name)") }
      guard let extents = input.shape else { throw unsupported("of no shape") }
      var shape: [Int] = []
      var isOpen = false
      for (axis, extent) in extents.enumerated() {
        switch extent {
        case .known(let size): shape.append(size)
        case .open(let name):
          used.insert(name)
          let given = dims[name]
          if let given, axis > 0 || given != 1 {
            shape.append(given)
          } else if axis == 0 {
            isOpen = true
            shape.append(1)
          } else {
            if !open.contains(name) { open.append(name) }
            shape.append(1)
          }
        }
      }
      ports.append((input.name, type, shape, isOpen))
    }
    if let unknown = dims.keys.sorted().first(where: { !used.contains($0) }) {
      throw .wrong("`\(model.name)` has no axis called \(quoted(unknown))")
    }
    if !open.isEmpty {
      let names = open.map { $0.isEmpty ? "without a name" : quoted($0) }.joined(separator: ", ")
      throw .wrong(
        "`\(model.name)` leaves the extents of axes open: \(names)",
        hint: open.contains("")
          ? nil : "say them: `\(open.map { "--dim \($0)=16" }.joined(separator: " "))`")
    }
    func choice(_ isBatched: (Bool) -> Bool, extent: Int?) -> SampleChoice {
      SampleChoice(
        ports: ports.map {
          let isBatched = isBatched($0.isOpen) && !$0.shape.isEmpty
          let shape = isBatched && extent != nil ? [1] + $0.shape.dropFirst() : $0.shape
          return Port(name: $0.name, type: $0.type, shape: shape, isBatched: isBatched)
        }, fixedBatch: extent)
    }
    if ports.contains(where: \.isOpen) { return [choice({ $0 }, extent: nil)] }
    let whole = choice({ _ in false }, extent: nil)
    // A file for eight samples at once computes each of them alike, if it can be read so.
    if let first = ports.first?.shape.first, first > 1,
      ports.allSatisfy({ $0.shape.count > 1 && $0.shape[0] == first })
    {
      return [choice({ _ in true }, extent: first), whole]
    }
    return [whole]
  }
}
