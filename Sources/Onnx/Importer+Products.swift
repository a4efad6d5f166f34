import NNCAlgebra

// Products of matrices, sums along axes, and what becomes a layer of them.
extension Importer {
  /// What `reduce` gives along axes.
  func reduce(
    _ reduce: String, _ x: ImportValue, _ axes: [Int], keeps: Bool
  ) throws(ImportProblem) -> ImportValue {
    if let batch = x.batch, axes.contains(batch) { throw Self.mixing }
    let kept = x.shape.indices.map { axes.contains($0) ? 1 : x.shape[$0] }
    let left = x.shape.indices.filter { !axes.contains($0) }
    let shape = keeps ? kept : left.map { x.shape[$0] }
    let batch = keeps ? x.batch : x.batch.flatMap { left.firstIndex(of: $0) }
    if axes.isEmpty { return x }
    if x.count == 0 { throw .unsupported("a tensor without elements") }
    if x.constant != nil { return try folded(reduce, x, axes, shape) }
    // The mean of each channel of an image.
    if reduce == "mean", x.shape.count > 3, x.shape[0] == 1,
      axes == Array(2..<x.shape.count)
    {
      return try layer("globalavgpool", of: x, to: shape, output: [x.shape[1]], batch: batch)
    }
    let wide = axes.filter { x.shape[$0] > 1 }
    var (expression, form) = (try self.expression(x))
    let own = x.ownForm
    if form != own || expression.size > 1 && wide.count > 1 && reduce == "mean" {
      expression = .flow(try statement(x))
      form = own
    }
    let dropped = x.shape.count - own.count
    let places = wide.map { $0 - dropped }.filter { $0 >= 0 }
    if reduce == "logsumexp" { return try logsumexp(x, axes, wide, shape, batch) }
    if places.count == form.count || wide.isEmpty && form == [1] {
      return ImportValue(x.type, shape, batch: batch, .flow(.call(reduce, [expression], []), []))
    }
    for place in places.sorted(by: >) {
      expression = .call(reduce, [expression], [(key: "axis", value: "\(place)")])
      form.remove(at: place)
    }
    return ImportValue(x.type, shape, batch: batch, .flow(expression, form))
  }

  private func folded(
    _ reduce: String, _ x: ImportValue, _ axes: [Int], _ shape: [Int]
  ) throws(ImportProblem) -> ImportValue {
    let constant = x.constant!
    let numbers = try constant.numbers()
    let kept = x.shape.indices.map { axes.contains($0) ? 1 : x.shape[$0] }
    let inner = x.shape.indices.map { axes.contains($0) ? x.shape[$0] : 1 }
    let strides = Constant.strides(x.shape)
    let offsets = Constant.places(inner, strides)
    let starts = Constant.places(kept, strides)
    let result = starts.map { start -> Double in
      let terms = offsets.map { numbers[start + $0] }
      switch reduce {
      case "max": return terms.max() ?? 0
      case "min": return terms.min() ?? 0
      case "mean": return terms.reduce(0, +) / Double(terms.count)
      case "logsumexp":
        let sum = Operation("exp")!
        return Operation("log")!.evaluate([terms.reduce(0) { $0 + sum.evaluate([$1]) }])
      default: return terms.reduce(0, +)
      }
    }
    return ImportValue(Constant(result, shape, constant.type))
  }

  /// log Σ exp along axes, which the language has along the last one.
  private func logsumexp(
    _ x: ImportValue, _ axes: [Int], _ wide: [Int], _ shape: [Int], _ batch: Int?
  ) throws(ImportProblem) -> ImportValue {
    if wide.isEmpty { return try reshape(x, to: shape, batch: batch) }
    let others = x.shape.indices.filter { !wide.contains($0) }
    let turned = try permute(x, others + wide)
    let rows = others.map { x.shape[$0] }
    let flat = try reshape(
      turned, to: rows + [wide.reduce(1) { $0 * x.shape[$1] }],
      batch: x.batch.flatMap { others.firstIndex(of: $0) })
    let index = try statement(flat)
    let form = Array(flat.ownForm.dropLast())
    return ImportValue(
      x.type, shape, batch: batch, .flow(.call("logsumexp", [.flow(index)], []), form))
  }

  /// A layer that works along one axis.
  func along(
    _ axis: Int, _ kind: String, _ x: ImportValue
  ) throws(ImportProblem) -> ImportValue {
    if axis == x.batch { throw Self.mixing }
    if x.constant != nil { throw .unsupported("of constants") }
    let (form, place) = try formed(x, axis)
    return try layer(
      kind, keys: place == form.count - 1 ? [] : [("axis", "\(place)")], of: x, as: form,
      to: x.shape, output: form, batch: x.batch)
  }

  /// a @ b, as NumPy has it; a layer where b is known.
  func product(
    _ a: ImportValue, _ b: ImportValue, factor: Double = 1, names: [String]
  ) throws(ImportProblem) -> ImportValue {
    guard let inner = a.shape.last, !b.shape.isEmpty,
      inner == b.shape[Swift.max(0, b.shape.count - 2)]
    else { throw .wrong("\(a.shape) @ \(b.shape)") }
    if a.batch == a.shape.count - 1 || b.batch == Swift.max(0, b.shape.count - 2) {
      throw Self.mixing
    }
    if let constant = b.constant, b.shape.count == 2, a.constant == nil, b.type.isReal {
      let form = a.ownForm
      let outputs = b.shape[1]
      let weight = ImportWeight(
        name: "weight", shape: [outputs, inner], constant: try constant.permuted([1, 0]),
        factor: factor)
      return try layer(
        "linear", "\(inner)->\(outputs)", keys: [("bias", "no")], of: a, as: form,
        weights: [weight], names: names, to: a.shape.dropLast() + [outputs],
        output: form.dropLast() + [outputs], batch: a.batch)
    }
    let result = try general(a, b)
    return factor == 1 ? result : try infix("mul", number(factor), result, type: result.type)
  }

  func general(
    _ a: ImportValue, _ b: ImportValue
  ) throws(ImportProblem) -> ImportValue {
    let (isRow, isColumn) = (a.shape.count == 1, b.shape.count == 1)
    let first = isRow ? [1] + a.shape : a.shape
    let second = isColumn ? b.shape + [1] : b.shape
    guard let leading = commonShape([Array(first.dropLast(2)), Array(second.dropLast(2))]) else {
      throw .wrong("\(a.shape) @ \(b.shape)")
    }
    let rank = leading.count + 2
    let shape =
      leading + (isRow ? [] : [first[first.count - 2]]) + (isColumn ? [] : [second.last!])
    if a.constant != nil, b.constant != nil {
      return ImportValue(try foldedProduct(a, first, b, second, leading, shape))
    }
    let batches = [
      a.batch.map { $0 + rank - first.count }, b.batch.map { $0 + rank - second.count },
    ]
    if let (x, y) = zipped(batches[0], batches[1]), x != y { throw Self.mixing }
    let batch = batches.compactMap { $0 }.first
    // What is an axis of samples of one side is none of the other's own.
    if let batch, batch < leading.count {
      for (own, value) in [(first, a), (second, b)] where value.batch == nil {
        let place = batch - rank + own.count
        if place >= 0, own[place] != 1 { throw Self.mixing }
      }
    }
    var forms: [[Int]] = []
    var expressions: [ImportExpression] = []
    let isDropped = leading.first == 1
    for (value, own) in [(a, a.shape), (b, b.shape)] {
      // A matrix keeps both of its axes.
      let form =
        own.count > 2 && own[0] == 1 && (isDropped || own.count < rank)
        ? Array(own.dropFirst()) : own
      if value.constant != nil {
        let (expression, shape) = try expression(value)
        // Numbers that stand alone, or axes of extent 1, are shaped as the product wants them.
        guard shape == own || shape == form else {
          let index = statement(expression, shape)
          expressions.append(.flow(try reshaped(index, form)))
          forms.append(form)
          continue
        }
        expressions.append(expression)
        forms.append(shape)
      } else {
        expressions.append(.flow(try statement(value, as: form)))
        forms.append(form)
      }
    }
    let counts = (
      forms[0].count, forms[1].count
    )
    let rows = counts.0 == 1 ? [] : [forms[0][counts.0 - 2]]
    let columns = counts.1 == 1 ? [] : [forms[1].last!]
    let outer =
      commonShape([Array(forms[0].dropLast(2)), Array(forms[1].dropLast(2))]) ?? []
    return ImportValue(
      a.type, shape, batch: batch,
      .flow(.infix("@", 20, expressions[0], expressions[1]), outer + rows + columns))
  }

  /// A statement's value in another shape.
  private func reshaped(_ index: Int, _ form: [Int]) throws(ImportProblem) -> Int {
    statements[index].shape == form
      ? index
      : add(ImportStatement(kind: "reshape", operand: extents(form), input: index, shape: form))
  }

  private func zipped(_ a: Int?, _ b: Int?) -> (Int, Int)? {
    if let a, let b { (a, b) } else { nil }
  }

  private func foldedProduct(
    _ a: ImportValue, _ first: [Int], _ b: ImportValue, _ second: [Int], _ leading: [Int],
    _ shape: [Int]
  ) throws(ImportProblem) -> Constant {
    let (n, k, m) = (first[first.count - 2], first.last!, second.last!)
    try checkFolded(leading + [n, m, k])
    let x = try a.constant!.reshaped(first).spread(to: leading + [n, k]).numbers()
    let y = try b.constant!.reshaped(second).spread(to: leading + [k, m]).numbers()
    var result: [Double] = []
    for block in 0..<leading.reduce(1, *) {
      for row in 0..<n {
        for column in 0..<m {
          var sum = 0.0
          for index in 0..<k {
            sum += x[block * n * k + row * k + index] * y[block * k * m + index * m + column]
          }
          result.append(sum)
        }
      }
    }
    return Constant(result, shape, a.type)
  }

  /// a + b, where b may be the bias of the layer that gives a.
  func sum(_ a: ImportValue, _ b: ImportValue) throws(ImportProblem) -> ImportValue {
    if let result = try biased(a, b) { return result }
    if let result = try biased(b, a) { return result }
    if let result = try positioned(a, b) { return result }
    if let result = try positioned(b, a) { return result }
    var result = try infix("add", a, b)
    // A sum of two flows may be the end of a block.
    if case .flow(.infix(_, _, .flow(let x), .flow(let y)), let form) = result.content, x != y {
      result.content = .flow(
        .flow(statement(.infix("+", 10, .flow(x), .flow(y)), form)), form)
    }
    return result
  }

  /// The layer that gives a value with a bias; nil where it takes none, or where something else reads it without.
  private func biased(_ a: ImportValue, _ b: ImportValue) throws(ImportProblem) -> ImportValue? {
    guard case .flow(.flow(let index), _) = a.content, let bias = b.constant, b.type.isReal,
      !shared.contains(index), statements[index].keys.contains(where: { $0 == ("bias", "no") }),
      let width = biasAxis(statements[index], a, b)
    else { return nil }
    statements[index].keys.removeAll { $0 == ("bias", "no") }
    var own = bias
    if bias.count == 1, width > 1 {
      own = Constant(
        [Double](repeating: try bias.numbers()[0], count: width), [width], bias.type)
    }
    statements[index].parameters.append(
      ImportWeight(name: "bias", shape: [width], constant: own.reshaped([width])))
    return a
  }

  /// How many numbers a bias has that is added to a layer's output as `b` is; nil where it is none.
  private func biasAxis(_ statement: ImportStatement, _ a: ImportValue, _ b: ImportValue) -> Int? {
    let isLast = statement.kind == "linear"
    let width = isLast ? statement.shape.last! : statement.shape[0]
    let axis = isLast ? a.shape.count - 1 : 1
    guard b.shape.count <= a.shape.count, axis < a.shape.count, a.shape[axis] == width,
      a.ownForm == statement.shape
    else {
      return nil
    }
    if b.count == 1 { return width }
    let place = axis - a.shape.count + b.shape.count
    guard place >= 0, b.shape[place] == width, b.count == width else { return nil }
    return width
  }

  /// A row of known numbers for each step of a sequence, added.
  private func positioned(
    _ a: ImportValue, _ b: ImportValue
  ) throws(ImportProblem) -> ImportValue? {
    guard let table = b.constant, table.type.isReal, a.constant == nil, a.ownForm.count == 2,
      Array(table.shape.drop { $0 == 1 }) == a.ownForm, a.shape.count == 3, a.shape[0] == 1,
      a.ownForm.allSatisfy({ $0 > 1 })
    else { return nil }
    return try layer(
      "positions", of: a,
      weights: [ImportWeight(name: "weight", shape: a.ownForm, constant: table)],
      names: table.origin.map { [$0.name] } ?? [], to: a.shape, batch: a.batch)
  }
}
