import Layers
import Program

extension Workbench {
  /// Takes steps of the update rule with `x` and `t`; several samples count as one batch.
  ///
  /// - Parameter isCancelled: asked before each step; true ends the training.
  /// - Returns: the losses before each step, first to last, as far as they were taken.
  public mutating func train(
    steps: Int, isCancelled: () -> Bool = { false }, onStep: (Int, Double) -> Void = { _, _ in }
  ) throws -> Int {
    guard let network else { throw WorkbenchError.refused("there is no network to train") }
    guard network.loss != nil else {
      throw WorkbenchError.refused("the network has no loss: nothing to make smaller")
    }
    guard network.training != nil else {
      throw WorkbenchError.refused("the network has no `train` rule")
    }
    guard let x = values["x"] else { throw WorkbenchError.refused("`x` is not set") }
    let t = values["t"]
    if network.target != nil, t == nil { throw WorkbenchError.refused("`t` is not set") }
    var options = options
    options.maximumSamples = max(options.maximumSamples, sampleCount)
    if trained == nil || trained!.build.options != options {
      trained = try Model(Build(network, options))
    }
    guard let model = trained else { return 0 }
    model.parameters = parameters
    model.state = state
    defer {
      parameters = model.parameters
      state = model.state
    }
    for step in 0..<steps {
      if isCancelled() { return step }
      let target = network.target == nil ? [] : t!.values
      onStep(step, try model.step(input: x.values, target: target))
    }
    return steps
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
