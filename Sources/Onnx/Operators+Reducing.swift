import NNCAlgebra

/// A value made of all elements along axes; what is done to them first and last.
private func reduction(
  _ name: String, _ becomes: String, _ reduce: String,
  before: (@Sendable (Importer, ImportValue) throws(ImportProblem) -> ImportValue)? = nil,
  after: (@Sendable (Importer, ImportValue) throws(ImportProblem) -> ImportValue)? = nil
) -> OperatorRow {
  OperatorRow(name, "axes keepdims noop_with_empty_axes", becomes) {
    (node) throws(ImportProblem) in
    var x = try node.input(0)
    let given = try node.wholes(1, or: "axes", "axes") ?? []
    if given.isEmpty, node.whole("noop_with_empty_axes", 0) != 0 {
      if let before { x = try before(node.importer, x) }
      if let after { x = try after(node.importer, x) }
      return [x]
    }
    var axes: Set<Int> = []
    for axis in given { axes.insert(try x.axis(axis)) }
    if given.isEmpty { axes = Set(x.shape.indices) }
    if let before { x = try before(node.importer, x) }
    var result = try node.importer.reduce(
      reduce, x, axes.sorted(), keeps: node.whole("keepdims", 1) != 0)
    if let after { result = try after(node.importer, result) }
    return [result]
  }
}

private func along(
  _ name: String, _ layer: String
) -> OperatorRow {
  OperatorRow(name, "axis", "`\(layer)`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let importer = node.importer
    if node.version >= 13 {
      return [try importer.along(try x.axis(node.whole("axis", -1)), layer, x)]
    }
    // Older versions take all axes from one on as if they were one.
    let axis = try x.axis(node.whole("axis", 1))
    let flat = [x.shape[..<axis].reduce(1, *), x.shape[axis...].reduce(1, *)]
    if x.batch.map({ $0 >= axis }) ?? false { throw Importer.mixing }
    let rows = try importer.reshape(x, to: flat, batch: x.batch == nil ? nil : 0)
    let result = try importer.along(1, layer, rows)
    return [try importer.reshape(result, to: x.shape, batch: x.batch)]
  }
}

/// The operators that make one number of many.
let reducingOperators: [OperatorRow] = [
  reduction("ReduceSum", "`sum`", "sum"),
  reduction("ReduceMean", "`mean`, `globalavgpool`", "mean"),
  reduction("ReduceMax", "`max`", "max"), reduction("ReduceMin", "`min`", "min"),
  reduction(
    "ReduceSumSquare", "`sum`", "sum",
    before: { (importer, x) throws(ImportProblem) in
      try importer.elementwise("square", [x]) { .infix("^", 40, $0[0], .number(2)) }
    }),
  reduction(
    "ReduceL1", "`sum`", "sum",
    before: { (importer, x) throws(ImportProblem) in try importer.function("abs", x) }),
  reduction(
    "ReduceL2", "`sum`", "sum",
    before: { (importer, x) throws(ImportProblem) in
      try importer.elementwise("square", [x]) { .infix("^", 40, $0[0], .number(2)) }
    },
    after: { (importer, x) throws(ImportProblem) in try importer.function("sqrt", x) }),
  reduction(
    "ReduceLogSum", "`log(sum)`", "sum",
    after: { (importer, x) throws(ImportProblem) in try importer.function("log", x) }),
  reduction("ReduceLogSumExp", "`logsumexp`", "logsumexp"),
  along("Softmax", "softmax"), along("LogSoftmax", "logsoftmax"),
  OperatorRow("MatMul", "", "`linear`, `@`") { (node) throws(ImportProblem) in
    [try node.importer.product(try node.input(0), try node.input(1), names: node.productNames)]
  },
  OperatorRow("Gemm", "alpha beta transA transB broadcast", "`linear`, `@`") {
    (node) throws(ImportProblem) in [try node.gemm()]
  },
  OperatorRow("LpNormalization", "axis p", "a quotient") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let importer = node.importer
    let axis = try x.axis(node.whole("axis", -1))
    let isSquare = node.whole("p", 2) == 2
    let sizes =
      isSquare
      ? try importer.elementwise("square", [x]) { .infix("^", 40, $0[0], .number(2)) }
      : try importer.function("abs", x)
    var norm = try importer.reduce("sum", sizes, [axis], keeps: true)
    if isSquare { norm = try importer.function("sqrt", norm) }
    let isNone = try importer.infix("eq", norm, importer.number(0), type: .truth)
    // Where all are 0 so is the result.
    let safe = try importer.chosen(isNone, importer.number(1), norm)
    return [try importer.infix("div", x, safe)]
  },
]

extension NodeReading {
  fileprivate var productNames: [String] { names(inputs.last?.constant, inputs.first?.constant) }

  fileprivate func gemm() throws(ImportProblem) -> ImportValue {
    var (a, b) = (try input(0), try input(1))
    guard a.shape.count == 2, b.shape.count == 2 else { throw .wrong("\(a.shape) @ \(b.shape)") }
    if whole("transA", 0) != 0 { a = try importer.permute(a, [1, 0]) }
    if whole("transB", 0) != 0 { b = try importer.permute(b, [1, 0]) }
    let (alpha, beta) = (real("alpha", 1), real("beta", 1))
    var result = try importer.product(a, b, factor: alpha, names: names(b.constant))
    guard var c = optional(2), beta != 0 else { return result }
    if beta != 1 { c = try importer.infix("mul", importer.number(beta), c, type: c.type) }
    result = try importer.sum(result, c)
    return result
  }
}
