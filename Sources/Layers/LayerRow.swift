import NNCAlgebra
import NNCGraph
import NNCSyntax

/// A kind of layer: a row of the table of layers.
public struct LayerRow: Sendable {
  /// The kind as it is written.
  public let name: String
  /// How it is written: `linear I->O`.
  public let usage: String
  /// What it does, in a line.
  public let summary: String
  /// The keys it takes.
  public let keys: [String]
  /// Makes the layer; nil where something was wrong, which has been reported.
  let build: @Sendable (NetworkBuilder, LayerSite) -> Flow?

  /// The kind called `name`.
  public init?(_ name: String) {
    guard let row = layersByName[name] else { return nil }
    self = row
  }

  init(
    _ usage: String, keys: [String] = [], _ summary: String,
    build: @escaping @Sendable (NetworkBuilder, LayerSite) -> Flow?
  ) {
    self.name = String(usage.prefix { $0 != " " })
    self.usage = usage
    self.summary = summary
    self.keys = keys
    self.build = build
  }
}

/// The keys of every layer with parameters.
private let parameterKeys = ["weight", "bias", "init", "frozen"]

/// The table of layers: those with rules of their own, then every scalar function, whose further
/// arguments are keys.
public let layers: [LayerRow] =
  [
    LayerRow("linear I->O", keys: parameterKeys, "W x + b") { $0.linear($1) },
    LayerRow(
      "layernorm", keys: parameterKeys + ["eps"], "(x - mean)/sqrt(variance + eps)*weight + bias"
    ) { $0.layernorm($1) },
    LayerRow("dropout P", "0 with probability P in training, else x/(1 - P)") { $0.dropout($1) },
    LayerRow("flatten", "the same numbers in a single row") { $0.flatten($1) },
    LayerRow("add LABEL", "the sum with an earlier layer's output") { $0.add($1) },
    LayerRow("concat LABEL", "an earlier layer's output behind this one") { $0.concat($1) },
    LayerRow("softmax", "exp(x)/sum(exp(x)) over the features") { builder, site in
      builder.tensorLayer(site) { graph, x in graph.softmax(x) }
    },
    LayerRow("logsoftmax", "log(softmax(x)) over the features") { builder, site in
      builder.tensorLayer(site) { graph, x in graph.logsoftmax(x) }
    },
  ]
  + Operation.all.map(\.row).filter(\.isLayer).map { row in
    LayerRow(row.name, keys: row.arguments.dropFirst().map(\.name), "element by element") {
      $0.elementwise(Operation(row.name)!, $1)
    }
  }

extension OperationRow {
  /// Whether the operation is offered as a layer: all arguments but the first have values.
  fileprivate var isLayer: Bool {
    isPublic && !arguments.isEmpty && arguments[0].standard == nil
      && arguments.dropFirst().allSatisfy { $0.standard != nil }
  }
}

private let layersByName = Dictionary(uniqueKeysWithValues: layers.map { ($0.name, $0) })

/// The names of all kinds of layers, in the order of the table.
let layerKinds: [String] = layers.map(\.name)
