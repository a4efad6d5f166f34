/// An operator of ONNX: a row of the table of those that are read.
struct OperatorRow: Sendable {
  /// Its name.
  let name: String
  /// The set that it belongs to; empty for the standard one.
  let domain: String
  /// The settings that it is read with; a node with another one is refused.
  let attributes: [String]
  /// What it becomes, for the manual.
  let becomes: String
  /// The values that it gives.
  let read: @Sendable (NodeReading) throws(ImportProblem) -> [ImportValue]

  /// - Parameters:
  ///   - attributes: their names with blanks between.
  ///   - read: the values that it gives.
  init(
    _ name: String, domain: String = "", _ attributes: String = "", _ becomes: String,
    _ read: @escaping @Sendable (NodeReading) throws(ImportProblem) -> [ImportValue]
  ) {
    self.name = name
    self.domain = domain
    self.attributes = attributes.split(separator: " ").map(String.init)
    self.becomes = becomes
    self.read = read
  }

  /// The row of an operator; nil where there is none.
  static func find(_ domain: String, _ name: String) -> OperatorRow? {
    operatorsByName[domain.isEmpty ? name : "\(domain).\(name)"]
  }
}

/// The table of operators.
let operators: [OperatorRow] =
  elementwiseOperators + movingOperators + reducingOperators + layerOperators + windowOperators
  + indexingOperators + attentionOperators + constantOperators + learnOperators + quantizedOperators
  + controlOperators + recurrentOperators

private let operatorsByName = Dictionary(
  uniqueKeysWithValues: operators.map {
    ($0.domain.isEmpty ? $0.name : "\($0.domain).\($0.name)", $0)
  })
