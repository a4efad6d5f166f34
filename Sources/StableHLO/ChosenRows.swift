import NNCGraph

/// A product with one-hot rows of whole numbers: a look-up of rows of a table, its derivative, which adds to rows of zeros,
/// or of each row the element that a number says.
struct ChosenRows {
  enum Form {
    /// Rows of the other factor along one of its axes.
    case gather(axis: Int)
    /// Values of the other factor, added to rows.
    case scatter
    /// Elements along one axis of the other factor, by a number for each of its further axes.
    case pick
  }

  let form: Form
  /// The numbers, and then the other factor.
  let sources: [NodeID]
  /// The labels of the numbers' axes, of the other factor's, and that of the place.
  let numbers: [UInt8]
  let other: [UInt8]
  let place: UInt8
  let count: Int
  let output: [UInt8]
}

extension FunctionWriter {
  /// What a product looks up or adds to places; nil for any other.
  func rows(of product: Product) -> ChosenRows? {
    guard product.operands.count == 2,
      let first = product.operands.firstIndex(where: { graph[$0].isOneHot }),
      case .oneHot(let count) = graph[product.operands[first]].kind,
      let place = product.labels[first].last
    else { return nil }
    let numbers = graph.operands(product.operands[first])[0]
    guard isWhole(numbers) else { return nil }
    let own = Array(product.labels[first].dropLast())
    let other = product.labels[1 - first]
    let isInOther = other.contains(place)
    let isKept = product.output.contains(place)
    func rows(_ form: ChosenRows.Form) -> ChosenRows {
      ChosenRows(
        form: form, sources: [numbers, product.operands[1 - first]], numbers: own, other: other,
        place: place, count: count, output: product.output)
    }
    if isInOther, !isKept {
      if own.allSatisfy({ !other.contains($0) && product.output.contains($0) }),
        other.allSatisfy({ $0 == place || product.output.contains($0) })
      {
        return rows(.gather(axis: other.firstIndex(of: place)!))
      }
      if own.allSatisfy({ other.contains($0) && product.output.contains($0) }),
        other.allSatisfy({ $0 == place || product.output.contains($0) })
      {
        return rows(.pick)
      }
    }
    if isKept, !isInOther,
      own.allSatisfy({ other.contains($0) && !product.output.contains($0) }),
      other.allSatisfy({ own.contains($0) || product.output.contains($0) })
    {
      return rows(.scatter)
    }
    return nil
  }

  /// Whether a node is whole numbers, a leaf or a view of one.
  func isWhole(_ id: NodeID) -> Bool {
    var id = id
    while true {
      switch graph[id].kind {
      case .symbol(let symbol): return graph.symbols[symbol].isWhole
      case .broadcast, .permute, .slice, .view, .reshape: id = graph.operands(id)[0]
      default: return false
      }
    }
  }

  mutating func write(_ rows: ChosenRows, called name: String?) -> Value {
    let numbers = value(rows.sources[0])
    let other = asReal(value(rows.sources[1]))
    switch rows.form {
    case .gather(let axis):
      let labels = rows.numbers + rows.other.filter { $0 != rows.place }
      let isOrdered = labels == rows.output
      let found = body.gather(other, axis: axis, numbers, called: isOrdered ? name : nil)
      return body.transpose(
        found, rows.output.map { labels.firstIndex(of: $0)! }, called: name)
    case .scatter:
      let rest = rows.other.filter { !rows.numbers.contains($0) }
      let order = (rows.numbers + rest).map { rows.other.firstIndex(of: $0)! }
      let values = body.transpose(other, order)
      let shape = [rows.count] + values.shape.dropFirst(rows.numbers.count)
      let labels = [rows.place] + rest
      let isOrdered = labels == rows.output
      let sum = body.scatter(values, numbers, to: shape, called: isOrdered ? name : nil)
      return body.transpose(sum, rows.output.map { labels.firstIndex(of: $0)! }, called: name)
    case .pick:
      let axis = rows.other.firstIndex(of: rows.place)!
      let axes = rows.numbers.map { rows.other.firstIndex(of: $0)! }
      let order = axes.indices.sorted { axes[$0] < axes[$1] }
      let turned = body.transpose(numbers, order)
      let spread = body.broadcast(turned, to: other.shape, axes: axes.sorted())
      let isChosen = body.compare("EQ", body.iota(other.shape, axis: axis, .i32), spread)
      let zero = body.constant(0, other.shape, other.element)
      let chosen = body.select(isChosen, other, zero)
      let labels = rows.other.filter { $0 != rows.place }
      let isOrdered = labels == rows.output
      let sum = body.reduce(
        chosen, "add", from: 0, axes: [axis], called: isOrdered ? name : nil)
      return body.transpose(sum, rows.output.map { labels.firstIndex(of: $0)! }, called: name)
    }
  }

  /// Rows with a 1 at the places that numbers say.
  mutating func oneHot(_ numbers: NodeID, _ count: Int, called name: String?) -> Value {
    let given = value(numbers)
    let shape = given.shape + [count]
    let spread = body.broadcast(given, to: shape, axes: Array(given.shape.indices))
    let places = body.iota(shape, axis: given.shape.count, given.element)
    return body.compare("EQ", places, spread, called: name)
  }
}
