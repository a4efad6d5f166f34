/// A statement of the text that is made of a model.
struct ImportStatement {
  /// The kind of layer, `=` of an expression, or `input`.
  var kind: String
  /// What stands behind it: `3->8`.
  var operand = ""
  /// Its keys, in order.
  var keys: [(key: String, value: String)] = []
  /// The statement whose output flows in; nil of inputs and of expressions.
  var input: Int?
  /// The statement that it names as an earlier layer.
  var other: Int?
  /// The expression that it is.
  var expression: ImportExpression?
  /// Numbers for its parameters, in the order in which the layer has them.
  var parameters: [ImportWeight] = []
  /// The shape of what it gives.
  var shape: [Int]
  /// The names that the model suggests, the best first.
  var names: [String] = []
  /// Of an input, below which number its whole numbers are.
  var bound: Int?
  /// The name of the value that it gives, in the model.
  var value = ""

  /// The statements that it reads.
  var reads: [Int] {
    (input.map { [$0] } ?? []) + (other.map { [$0] } ?? []) + (expression?.flows ?? [])
  }
}

/// The numbers of a parameter.
struct ImportWeight {
  /// What the layer calls it: `weight`.
  var name: String
  /// Its shape in the network.
  var shape: [Int]
  /// Gives its numbers.
  var constant: Constant
  /// What all numbers are multiplied by.
  var factor = 1.0

  /// What tells whether two are one parameter: the constant of the file. Exporters keep equal constants once, such as the
  /// ones of two normalisations, which are two parameters all the same.
  var identity: String? {
    guard let origin = constant.origin, factor == 1, let numbers = try? constant.numbers(),
      numbers.contains(where: { $0 != numbers[0] })
    else { return nil }
    return "\(origin.name) \(origin.isTurned) \(shape)"
  }
}

/// A parameter of the text's own: a tensor that expressions read.
struct ImportParameter {
  var constant: Constant
  var shape: [Int]
  var names: [String]
  /// Whether training leaves it.
  var isFrozen: Bool
}
