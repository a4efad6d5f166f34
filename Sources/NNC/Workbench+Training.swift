import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCProgram
import NNCSyntax

extension Workbench {
  /// Takes steps of the update rule with `x` and `t`; several samples count as one batch.
  ///
  /// - Parameters:
  ///   - steps: how many steps to take at most.
  ///   - isCancelled: asked before each step; true ends the training.
  /// - Returns: how many steps were taken, and the loss before and after them.
  public mutating func train(
    steps: Int, isCancelled: () -> Bool = { false }
  ) throws -> (steps: Int, before: Double, after: Double) {
    guard let network else { throw WorkbenchError.refused("there is no network to train") }
    guard network.loss != nil else {
      throw WorkbenchError.refused("the network has no `loss`: nothing to make smaller")
    }
    guard network.training != nil else {
      throw WorkbenchError.refused("the network has no `train` rule")
    }
    guard let x = values["x"] else { throw WorkbenchError.refused("`x` has no value yet") }
    let t = network.target == nil ? nil : values["t"]
    if network.target != nil, t == nil { throw WorkbenchError.refused("`t` has no value yet") }
    let target = t?.values ?? []
    if let t, t.values.count / network.targetShape.elementCount != sampleCount {
      throw WorkbenchError.refused("`x` and `t` have different numbers of samples")
    }
    let model = try model(for: network)
    defer {
      parameters = model.parameters
      state = model.state
    }
    let before = try model.loss(input: x.values, target: target)
    var taken = 0
    while taken < steps, !isCancelled() {
      try model.step(input: x.values, target: target)
      taken += 1
    }
    return (taken, before, try model.loss(input: x.values, target: target))
  }

  /// The network compiled for as many samples as there are, with the present parameters and state.
  private mutating func model(for network: Network) throws -> Model {
    var options = options
    options.maximumSamples = max(options.maximumSamples, sampleCount)
    let model: Model
    if let trained, trained.build.options == options {
      model = trained
    } else {
      model = try Model(Build(network, options))
      trained = model
    }
    model.parameters = parameters
    model.state = state
    return model
  }

  /// Reads what ``savedText`` wrote: assignments to parameters and to what the update rule keeps.
  ///
  /// Nothing changes where one of them is wrong.
  public mutating func load(_ text: String, name: String) throws {
    var copy = self
    let source = SourceFile(name: name, text: text)
    let entry = parseEntry(source)
    if entry.diagnostics.contains(where: { $0.severity == .error }) {
      throw WorkbenchError.wrong(source, entry.diagnostics)
    }
    for item in entry.items {
      guard case .assignment(let target, let value) = item else {
        throw WorkbenchError.refused("\(name) holds more than assignments")
      }
      if case .name(let key) = entry.tree[target].kind,
        let field = fields?.state.first(where: { $0.name == key })
      {
        let given = try copy.known(value, in: entry.tree)
        guard given.values.count == field.count else {
          throw WorkbenchError.refused(
            "`\(key)` has \(counted(field.count, "number")), but \(given.values.count) are given")
        }
        copy.state.replaceSubrange(field.offset..<(field.offset + field.count), with: given.values)
      } else {
        _ = try copy.assign(target, value, in: entry.tree)
      }
    }
    self = copy
  }

  /// The parameters and what the update rule keeps, as assignments that can be entered again.
  public var savedText: String {
    guard let fields else { return "" }
    var text = "# Parameters of the network \(network!.name).\n"
    for field in fields.parameters { text += line(field, parameters) }
    if !fields.state.isEmpty { text += "# What the update rule keeps.\n" }
    for field in fields.state { text += line(field, state) }
    return text
  }

  private func line(_ field: Field, _ block: [Double]) -> String {
    let numbers = Array(block[field.offset..<(field.offset + field.count)])
    return "\(field.name) = \(Tensor(shape: field.shape, values: numbers).text())\n"
  }

  /// The parameters with their names and values.
  public var parameterValues: [(name: String, value: Tensor)] {
    (fields?.parameters ?? []).map { field in
      let numbers = Array(parameters[field.offset..<(field.offset + field.count)])
      return (field.name, Tensor(shape: field.shape, values: numbers))
    }
  }
}
