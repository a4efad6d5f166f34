private let domain = "ai.onnx.ml"

/// The operators that scikit-learn's models are written with.
let learnOperators: [OperatorRow] = [
  OperatorRow("Scaler", domain: domain, "offset scale", "a formula") {
    (node) throws(ImportProblem) in
    let x = try node.input(0)
    let importer = node.importer
    func list(_ name: String) throws(ImportProblem) -> ImportValue {
      let numbers = node.reals(name) ?? []
      guard numbers.count == 1 || numbers.count == x.shape.last else {
        throw .wrong("`\(name)` of \(numbers.count) numbers")
      }
      return ImportValue(Constant(numbers, [numbers.count], .f32))
    }
    let moved = try importer.infix("sub", x, try list("offset"), type: .f32)
    return [try importer.infix("mul", moved, try list("scale"))]
  },
  OperatorRow("Normalizer", domain: domain, "norm", "a quotient") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let importer = node.importer
    let axis = x.shape.count - 1
    let norm: ImportValue
    switch node.text("norm", "MAX") {
    case "L1":
      norm = try importer.reduce("sum", try importer.function("abs", x), [axis], keeps: true)
    case "L2":
      let squares = try importer.elementwise("square", [x]) { .infix("^", 40, $0[0], .number(2)) }
      norm = try importer.function(
        "sqrt", try importer.reduce("sum", squares, [axis], keeps: true))
    default:
      norm = try importer.reduce("max", try importer.function("abs", x), [axis], keeps: true)
    }
    let isNone = try importer.infix("eq", norm, importer.number(0), type: .truth)
    return [
      try importer.infix("div", x, try importer.chosen(isNone, importer.number(1), norm))
    ]
  },
  OperatorRow(
    "LinearRegressor", domain: domain, "coefficients intercepts post_transform targets", "`linear`"
  ) { (node) throws(ImportProblem) in
    if node.text("post_transform", "NONE") != "NONE" { throw .unsupported("`post_transform`") }
    return [try node.affine(node.whole("targets", 1))]
  },
  OperatorRow(
    "LinearClassifier", domain: domain,
    "classlabels_ints classlabels_strings coefficients intercepts multi_class post_transform",
    "`linear`"
  ) { (node) throws(ImportProblem) in try node.classified() },
  // Elements along the last axis, at places that may be computed.
  OperatorRow("ArrayFeatureExtractor", domain: domain, "", "`where`") {
    (node) throws(ImportProblem) in
    let (x, places) = (try node.input(0), try node.input(1))
    guard let table = x.constant, x.count == x.shape.last, places.constant == nil else {
      throw .unsupported("of what is computed")
    }
    let chosen = try node.importer.chosen(from: table, by: places)
    return [
      try node.importer.reshape(
        chosen, to: [1, places.count], batch: places.batch == nil ? nil : 1)
    ]
  },
]

extension NodeReading {
  /// x·Wᵀ + b with so many outputs.
  fileprivate func affine(_ outputs: Int) throws(ImportProblem) -> ImportValue {
    let x = try input(0)
    let coefficients = reals("coefficients") ?? []
    let width = x.shape.last ?? 1
    guard outputs > 0, outputs < 1 << 30, coefficients.count == outputs * width else {
      throw .wrong("\(coefficients.count) coefficients for \(width) numbers")
    }
    let weight = try Constant(coefficients, [outputs, width], .f32).permuted([1, 0])
    let product = try importer.product(
      importer.typed(x, .f32), ImportValue(weight), names: names(nil))
    guard let bias = reals("intercepts"), !bias.isEmpty else { return product }
    return try importer.sum(product, ImportValue(Constant(bias, [bias.count], .f32)))
  }

  /// The class with the greatest score, and the scores.
  fileprivate func classified() throws(ImportProblem) -> [ImportValue] {
    let x = try input(0)
    let labels = wholes("classlabels_ints")?.map(Double.init)
    let count = labels?.count ?? texts("classlabels_strings").count
    let rows = (reals("coefficients") ?? []).count / Swift.max(1, x.shape.last ?? 1)
    var scores = try affine(rows)
    switch text("post_transform", "NONE") {
    case "NONE": break
    case "LOGISTIC": scores = try importer.function("sigmoid", scores)
    case "SOFTMAX": scores = try importer.along(scores.shape.count - 1, "softmax", scores)
    default: throw .unsupported("`post_transform`")
    }
    if rows == 1, count == 2 {
      if text("post_transform", "NONE") != "LOGISTIC" {
        throw .unsupported("scores of two classes")
      }
      let other = try importer.infix("sub", importer.number(1), scores)
      scores = try importer.concat([other, scores], axis: scores.shape.count - 1)
    }
    guard let first = node.outputs.first, !first.isEmpty, importer.uses(of: node.outputs[0]) > 0
    else {
      return [.missing, scores]
    }
    let places = try importer.place(
      of: "max", in: scores, scores.shape.count - 1, takesLast: false)
    let flat = try importer.reshape(
      places, to: Array(scores.shape.dropLast()), batch: scores.batch)
    let numbers = labels ?? (0..<count).map(Double.init)
    var label = try importer.chosen(
      from: Constant(numbers, [numbers.count], .i64), by: flat)
    if labels == nil { label = importer.typed(label, OnnxType(code: 8)!) }
    return [label, scores]
  }
}

extension Importer {
  /// Of a list of numbers those at places that are computed.
  func chosen(from table: Constant, by places: ImportValue) throws(ImportProblem) -> ImportValue {
    let numbers = try table.numbers()
    if numbers == numbers.indices.map(Double.init) { return typed(places, table.type) }
    guard numbers.count <= 32 else { throw .unsupported("so long a list") }
    var result = number(numbers.last ?? 0, table.type)
    for (place, value) in numbers.enumerated().dropLast().reversed() {
      let isHere = try infix("eq", places, number(Double(place), places.type), type: .truth)
      result = try chosen(isHere, number(value, table.type), result)
    }
    return result.constant == nil
      ? result : try infix("add", try infix("mul", places, number(0)), result)
  }
}
