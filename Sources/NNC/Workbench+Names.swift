import NNCLayers

extension Workbench {
  /// The names that an expression here may use, in alphabetical order: functions, what the network names, and the
  /// user's own.
  public var names: [String] {
    var names = Set(functionNames)
    names.formUnion(defined)
    names.formUnion(ruleKeys)
    names.formUnion(values.keys)
    if let network {
      names.formUnion(["x", "y", "t"])
      if network.loss != nil { names.insert("loss") }
      names.formUnion(losses.map(\.name))
      names.formUnion(network.layers.map(\.name))
      names.formUnion((network.inputs + network.outputs + network.targets).map(\.name))
      names.formUnion(network.parameters.map(\.name))
      names.formUnion(network.sharedNames.map(\.name))
      if network.parameterCount <= 256 {
        for parameter in network.parameters {
          names.formUnion((0..<parameter.count).map { parameter.elements.name($0) })
        }
      }
    }
    return names.sorted()
  }
}
