import NNCGraph

/// The operators that tell where something is, add up along an axis, or multiply by a rule of letters.
let indexingOperators: [OperatorRow] = [
  argument("ArgMax", "max"), argument("ArgMin", "min"),
  OperatorRow("Hardmax", "axis", "`where`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let axis = try x.axis(node.whole("axis", node.version >= 13 ? -1 : 1))
    if node.version < 13, axis != x.shape.count - 1 { throw .unsupported("of old versions") }
    let importer = node.importer
    let place = try importer.place(of: "max", in: x, axis, takesLast: false)
    let isThere = try importer.infix("eq", importer.places(x, axis), place, type: .truth)
    return [try importer.chosen(isThere, importer.number(1, x.type), importer.number(0, x.type))]
  },
  // A product with a triangle of ones.
  OperatorRow("CumSum", "exclusive reverse", "`@`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let axis = try x.axis(try node.constant(1, "an axis").wholes().first ?? 0)
    let (leavesOwn, isReversed) = (node.whole("exclusive", 0) != 0, node.whole("reverse", 0) != 0)
    let count = x.shape[axis]
    try node.importer.checkFolded([count, count])
    let triangle = (0..<(count * count)).map { place -> Double in
      let (from, to) = (place / count, place % count)
      let (first, last) = isReversed ? (to, from) : (from, to)
      return first < last || first == last && !leavesOwn ? 1 : 0
    }
    let ones = ImportValue(Constant(triangle, [count, count], .f32))
    if axis == x.batch { throw Importer.mixing }
    var order = Array(x.shape.indices)
    order.swapAt(axis, order.count - 1)
    let turned = try node.importer.permute(x, order)
    let sums = try node.importer.general(
      turned.shape.count == 1 ? try node.importer.reshape(turned, to: [1, count]) : turned, ones)
    let shaped = try node.importer.reshape(sums, to: order.map { x.shape[$0] }, batch: turned.batch)
    return [node.importer.typed(try node.importer.permute(shaped, order), x.type)]
  },
  OperatorRow("ReduceProd", "axes keepdims noop_with_empty_axes", "`*`") {
    (node) throws(ImportProblem) in
    let x = try node.input(0)
    let given = try node.wholes(1, or: "axes", "axes") ?? []
    if given.isEmpty, node.whole("noop_with_empty_axes", 0) != 0 { return [x] }
    var axes: [Int] = []
    for axis in given { axes.append(try x.axis(axis)) }
    if given.isEmpty { axes = Array(x.shape.indices) }
    var result = x
    for axis in axes {
      if axis == x.batch { throw Importer.mixing }
      guard x.shape[axis] <= 32, x.shape[axis] > 0 else { throw .unsupported("so long a product") }
      var product = try node.importer.select(result, axis: axis, [0])
      for place in 1..<max(1, x.shape[axis]) where x.shape[axis] > 1 {
        product = try node.importer.infix(
          "mul", product, try node.importer.select(result, axis: axis, [place]))
      }
      result = product
    }
    if node.whole("keepdims", 1) != 0 { return [result] }
    let left = x.shape.indices.filter { !axes.contains($0) }
    return [
      try node.importer.reshape(
        result, to: left.map { x.shape[$0] }, batch: x.batch.flatMap { left.firstIndex(of: $0) })
    ]
  },
  OperatorRow("Einsum", "equation", "`@`, `permute`, `sum`") { (node) throws(ImportProblem) in
    [try node.einsum()]
  },
]

private func argument(_ name: String, _ extreme: String) -> OperatorRow {
  OperatorRow(name, "axis keepdims select_last_index", "`where`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let axis = try x.axis(node.whole("axis", 0))
    let place = try node.importer.place(
      of: extreme, in: x, axis, takesLast: node.whole("select_last_index", 0) != 0)
    let result = node.importer.typed(place, .i64)
    if node.whole("keepdims", 1) != 0 { return [result] }
    var shape = x.shape
    shape.remove(at: axis)
    return [
      try node.importer.reshape(
        result, to: shape, batch: x.batch.map { $0 < axis ? $0 : $0 - 1 })
    ]
  }
}

extension Importer {
  /// 0, 1, 2 … along an axis of a value.
  func places(_ x: ImportValue, _ axis: Int) -> ImportValue {
    var shape = x.shape.map { _ in 1 }
    shape[axis] = x.shape[axis]
    return ImportValue(Constant((0..<x.shape[axis]).map(Double.init), shape, x.type))
  }

  /// Where along an axis the greatest or smallest element is, of equal ones the first or the last.
  func place(
    of extreme: String, in x: ImportValue, _ axis: Int, takesLast: Bool
  ) throws(ImportProblem) -> ImportValue {
    if x.constant != nil { throw .unsupported("of constants") }
    let (form, _) = try formed(x, axis)
    let index = try statement(x, as: form)
    shared.insert(index)
    var whole = x
    whole.content = .flow(.flow(index), form)
    let best = try reduce(extreme, whole, [axis], keeps: true)
    let isBest = try infix("eq", whole, best, type: .truth)
    let beyond = takesLast ? -1 : Double(x.shape[axis])
    let own = try chosen(isBest, places(x, axis), number(beyond, x.type))
    return try reduce(takesLast ? "max" : "min", own, [axis], keeps: true)
  }
}

extension NodeReading {
  /// Sums of products by letters: axes with one letter are one index, and what the result lacks is summed.
  fileprivate func einsum() throws(ImportProblem) -> ImportValue {
    let equation = text("equation", "")
    guard let sum = EinsteinSum(equation),
      sum.inputs.allSatisfy({ Set($0).count == $0.count })
    else { throw .unsupported("`equation` \(equation)") }
    guard sum.inputs.count == inputs.count, inputs.count <= 2 else {
      throw .unsupported("\(inputs.count) factors")
    }
    let output = sum.output
    for (term, value) in zip(sum.inputs, inputs) where term.count != value.shape.count {
      throw .wrong("`equation` \(equation) of \(inputs.map(\.shape))")
    }
    // What one factor alone has and the result lacks is summed first.
    var values = inputs
    var letters = sum.inputs
    for place in values.indices {
      let others = letters.indices.filter { $0 != place }.flatMap { letters[$0] }
      let alone = letters[place].indices.filter {
        !others.contains(letters[place][$0]) && !output.contains(letters[place][$0])
      }
      if alone.isEmpty { continue }
      values[place] = try importer.reduce("sum", values[place], alone, keeps: false)
      letters[place] = letters[place].indices.filter { !alone.contains($0) }.map {
        letters[place][$0]
      }
    }
    if values.count == 1 {
      guard Set(letters[0]) == Set(output) else { throw .wrong("`equation` \(equation)") }
      return try importer.permute(values[0], output.map { letters[0].firstIndex(of: $0)! })
    }
    let (a, b) = (letters[0], letters[1])
    let outer = output.filter { a.contains($0) && b.contains($0) }
    let rows = output.filter { a.contains($0) && !b.contains($0) }
    let columns = output.filter { !a.contains($0) && b.contains($0) }
    let summed = a.filter { b.contains($0) && !output.contains($0) }
    guard outer.count + rows.count + columns.count == output.count else {
      throw .wrong("`equation` \(equation)")
    }
    func extent(_ letter: Character) -> Int {
      a.firstIndex(of: letter).map { values[0].shape[$0] }
        ?? values[1].shape[b.firstIndex(of: letter)!]
    }
    func arranged(
      _ value: ImportValue, _ own: [Character], _ order: [[Character]]
    ) throws(ImportProblem) -> ImportValue {
      let turned = try importer.permute(value, order.joined().map { own.firstIndex(of: $0)! })
      let shape = order[0].map(extent) + order.dropFirst().map { $0.reduce(1) { $0 * extent($1) } }
      return try importer.reshape(turned, to: shape)
    }
    let left = try arranged(values[0], a, [outer, rows, summed])
    let right = try arranged(values[1], b, [outer, summed, columns])
    let product = try importer.general(left, right)
    let natural = outer + rows + columns
    let shaped = try importer.reshape(product, to: natural.map(extent))
    return try importer.permute(shaped, output.map { natural.firstIndex(of: $0)! })
  }
}
