import NNCAlgebra
import NNCGraph

/// The table of layers: those with rules of their own, then every scalar function, whose further arguments are keys.
public let layers: [LayerRow] =
  [
    // y = W·x + b, W of shape (O, I), b of shape (O).
    LayerRow(
      "linear I->O", "W x + b", operand: .widths(along: .last),
      parameters: [
        ParameterRow(
          "weight", .weight, axes: "one row for each output, one number for each input"
        ) { [$0.outputs, $0.inputs] },
        ParameterRow("bias", .bias, isOptional: true) { [$0.outputs] },
      ],
      shape: { $0.x.dropLast() + [$0.outputs] }
    ) { graph, layer in
      let product = graph.linear(layer["weight"]!, layer.x)
      guard let bias = layer["bias"] else { return product }
      return graph.map(.add, product, graph.spread(bias, to: graph.shape(product)))
    },
    // (x − μ)/√(σ² + ε)·weight + bias along the last axes; weight and bias have their extents and begin as 1 and 0.
    LayerRow(
      "layernorm", "(x - mean)/sqrt(variance + eps)*weight + bias",
      operand: .none(hint: "the width is that of what flows in"),
      parameters: [
        ParameterRow("weight", .weight, standard: .fill(1)) { $0.lastAxes },
        ParameterRow("bias", .bias, isOptional: true, standard: .fill(0)) { $0.lastAxes },
      ],
      keys: [.eps, .axes], shape: LayerRow.overLastAxes
    ) { graph, layer in
      graph.overLastAxes(layer) { $0.normalised($1, eps: $2) }
    },
    // x/√(mean of x² + ε)·weight along the last axes. B. Zhang and R. Sennrich, Root Mean Square Layer Normalization (2019).
    LayerRow(
      "rmsnorm", "x/sqrt(mean of x^2 + eps)*weight",
      operand: .none(hint: "the width is that of what flows in"),
      parameters: [
        ParameterRow("weight", .weight, isOptional: true, standard: .fill(1)) { $0.lastAxes }
      ],
      keys: [.init("eps", .number(.notNegative, standard: 1e-6)), .axes],
      shape: LayerRow.overLastAxes
    ) { graph, layer in
      graph.overLastAxes(layer) { $0.scaledByRoot($1, eps: $2) }
    },
    .batchnorm,
    // In training each element is 0 with probability P, else x/(1 − P); the identity outside training.
    LayerRow(
      "dropout P", "0 with probability P in training, else x/(1 - P)",
      operand: .number(name: "P", meaning: "the probability", example: "0.5", domain: .fraction),
      differsInTraining: true
    ) { graph, layer in graph.dropped(layer, noise: graph.shape(layer.x)) },
    LayerRow(
      "flatten", "the same numbers in a single row", inflow: .any, shape: { [$0.x.elementCount] }
    ) { graph, layer in graph.reshape(layer.x, to: [graph.shape(layer.x).elementCount]) },
    LayerRow("add LABEL", "the sum with an earlier layer's output", operand: .layer(.whole)) {
      graph, layer in graph.map(.add, layer.x, layer.other!)
    },
    LayerRow("mul LABEL", "the product with an earlier layer's output", operand: .layer(.whole)) {
      graph, layer in graph.map(.mul, layer.x, layer.other!)
    },
    LayerRow(
      "softmax", "exp(x)/sum(exp(x)) over the features", keys: [.axis], shape: LayerRow.alongAxis
    ) { graph, layer throws(LayerProblem) in
      graph.along(try layer.shapes.chosenAxis(), layer.x) { $0.softmax($1) }
    },
    LayerRow(
      "logsoftmax", "log(softmax(x)) over the features", keys: [.axis], shape: LayerRow.alongAxis
    ) { graph, layer throws(LayerProblem) in
      graph.along(try layer.shapes.chosenAxis(), layer.x) { $0.logsoftmax($1) }
    },
  ] + shapeLayers + imageLayers + sequenceLayers + activationLayers
  + formulaFunctions.filter(\.isLayer).map { .elementwise($0) }
  + Operation.all.filter { $0.row.isLayer && !hasOwnRow($0) }.map { .elementwise($0) }

/// Whether an operation is offered as a layer with further keys.
private func hasOwnRow(_ operation: Operation) -> Bool {
  activationLayers.contains { $0.name == operation.name }
    || formulaFunctions.contains { $0.name == operation.name }
}

extension LayerRow {
  /// What functions of one number do as layers.
  static let elementByElement = "element by element"

  /// A scalar operation, element by element.
  static func elementwise(_ operation: Operation) -> LayerRow {
    let row = operation.row
    let further = row.arguments.dropFirst()
    return LayerRow(
      row.name, Self.elementByElement,
      keys: further.map { Key($0.name, .value(standard: $0.standard!)) }
    ) { graph, layer in
      graph.elementwise(operation, [layer.x] + further.map { layer.values[$0.name]! })!
    }
  }
}

extension OperationRow {
  /// Whether the operation is offered as a layer: all arguments but the first have values.
  fileprivate var isLayer: Bool {
    isPublic && !arguments.isEmpty && arguments[0].standard == nil
      && arguments.dropFirst().allSatisfy { $0.standard != nil }
  }
}

let layersByName = Dictionary(uniqueKeysWithValues: layers.map { ($0.name, $0) })

/// The names of all kinds of layers, in the order of the table.
let layerKinds: [String] = layers.map(\.name)
