/// A node that is being read: its inputs as values, its settings by name.
struct NodeReading {
  let importer: Importer
  let node: OnnxNode
  let inputs: [ImportValue]
  let row: OperatorRow

  init(_ importer: Importer, _ node: OnnxNode, _ inputs: [ImportValue], _ row: OperatorRow) {
    self.importer = importer
    self.node = node
    self.inputs = inputs
    self.row = row
  }

  /// The version of the operators that the file is written for.
  var version: Int {
    node.domain.isEmpty ? importer.model.version : importer.model.versions[node.domain] ?? 1
  }

  /// An input that must be there.
  func input(_ place: Int) throws(ImportProblem) -> ImportValue {
    guard let value = optional(place) else { throw .wrong("input \(place) is missing") }
    return value
  }

  /// An input that may be left out.
  func optional(_ place: Int) -> ImportValue? {
    place < inputs.count && !inputs[place].isMissing ? inputs[place] : nil
  }

  /// An input that must be known, such as a weight.
  ///
  /// - Parameter what: what it is, for the message.
  func constant(_ place: Int, _ what: String) throws(ImportProblem) -> Constant {
    let value = try input(place)
    guard let constant = value.constant else { throw .unsupported("\(what) that is computed") }
    return constant
  }

  /// Whole numbers that older versions have as a setting and newer ones as an input; nil where there are none.
  func wholes(_ place: Int, or name: String, _ what: String) throws(ImportProblem) -> [Int]? {
    if let list = wholes(name) { return list }
    return optional(place) == nil ? nil : try constant(place, what).wholes()
  }

  private func attribute(_ name: String) -> OnnxAttribute.Value? {
    node.attributes.first { $0.name == name }?.value
  }

  func whole(_ name: String) -> Int? {
    if case .whole(let value) = attribute(name) { value } else { nil }
  }

  func whole(_ name: String, _ standard: Int) -> Int { whole(name) ?? standard }

  func real(_ name: String, _ standard: Double) -> Double {
    if case .real(let value) = attribute(name) { value } else { standard }
  }

  func text(_ name: String, _ standard: String) -> String {
    if case .text(let value) = attribute(name) { value } else { standard }
  }

  func wholes(_ name: String) -> [Int]? {
    switch attribute(name) {
    case .wholes(let values): values
    case .whole(let value): [value]
    default: nil
    }
  }

  func reals(_ name: String) -> [Double]? {
    if case .reals(let values) = attribute(name) { values } else { nil }
  }

  func texts(_ name: String) -> [String] {
    if case .texts(let values) = attribute(name) { values } else { [] }
  }

  func tensor(_ name: String) -> OnnxTensor? {
    if case .tensor(let tensor) = attribute(name) { tensor } else { nil }
  }

  func graph(_ name: String) -> OnnxGraph? {
    if case .graph(let graph) = attribute(name) { graph } else { nil }
  }

  /// Refuses a node of which something is read that nnc does not make.
  func onlyFirstOutput() throws(ImportProblem) {
    for name in node.outputs.dropFirst() where !name.isEmpty && importer.uses(of: name) > 0 {
      throw .unsupported("its further outputs")
    }
  }

  /// The names that the model suggests for a layer: those of its weights without their last part, then the node's.
  func names(_ weights: Constant?...) -> [String] {
    weights.compactMap { $0?.origin?.name } + [node.name + "/"]
  }
}
