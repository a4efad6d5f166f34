import NNCExplanation
import NNCLayers

extension Workbench {
  /// The network worked out by hand at the present values; nil where it has no loss, or `x` and `t` are not one
  /// sample each.
  public func worksheet() throws -> Worksheet? {
    guard let network, network.loss != nil, let x = values["x"],
      x.values.count == network.inputShape.elementCount
    else { return nil }
    let t = network.target == nil ? [] : values["t"]?.values ?? []
    guard network.target == nil || t.count == network.targetShape.elementCount else { return nil }
    let model = try Model(Build(network, options))
    model.parameters = parameters
    model.state = state
    return try model.worksheet(input: x.values, target: t)
  }
}
