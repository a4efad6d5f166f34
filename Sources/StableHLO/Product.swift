import NNCGraph

/// A contraction with the axis of the batch among its axes: sums of products over the labels that the result lacks.
struct Product {
  /// The label of the batch's axis.
  static let batch: UInt8 = 255

  /// The operands, one or two.
  var operands: [NodeID]
  /// The labels of each operand's axes, that of the batch first where it has one.
  var labels: [[UInt8]]
  /// The labels of the result's axes.
  var output: [UInt8]
  /// The shape of the result, where that is another than its axes': it is a reshape of it.
  var reshaped: Shape?
}

extension FunctionWriter {
  /// What a contraction, or a sum over samples of one that nothing else uses, is as a product; nil for any other node.
  func product(at id: NodeID) -> Product? {
    switch graph[id].kind {
    case .contract(let contraction):
      let operands = Array(graph.operands(id))
      let labels = zip(operands, contraction.inputs).map { operand, own in
        graph[operand].isBatched ? [Product.batch] + own : own
      }
      let isBatched = graph[id].isBatched
      return Product(
        operands: operands, labels: labels,
        output: isBatched ? [Product.batch] + contraction.output : contraction.output)
    case .samples:
      var inner = graph.operands(id)[0]
      var reshaped: Shape?
      while case .reshape = graph[inner].kind, uses[Int(inner.index)] == 1 {
        reshaped = graph.shape(id)
        inner = graph.operands(inner)[0]
      }
      guard case .contract = graph[inner].kind, uses[Int(inner.index)] == 1,
        var product = product(at: inner)
      else { return nil }
      product.output.removeFirst()
      product.reshaped = reshaped
      return product
    default: return nil
    }
  }

  /// The nodes that a product is made of, those left out that its form sees through.
  func sources(of product: Product) -> [NodeID] {
    if let chosen = rows(of: product) { return chosen.sources }
    if let convolution = Convolution(product, graph) { return convolution.sources }
    if let windows = WindowSum(product, graph) { return [windows.source] }
    return product.operands
  }

  /// Writes a product in the form that says most.
  mutating func write(_ product: Product, called name: String?) -> Value {
    if let shape = product.reshaped {
      var plain = product
      plain.reshaped = nil
      let value = write(plain, called: nil)
      return body.reshape(value, to: shape, called: name)
    }
    if let chosen = rows(of: product) { return write(chosen, called: name) }
    if let convolution = Convolution(product, graph) {
      return write(convolution, product, called: name)
    }
    if let windows = WindowSum(product, graph) { return write(windows, called: name) }
    let given = product.operands.map { asReal(value($0)) }
    if given.count == 1 {
      return sum(given[0], product.labels[0], to: product.output, called: name)
    }
    return dot(
      Labelled(given[0], product.labels[0]), Labelled(given[1], product.labels[1]),
      to: product.output, called: name)
  }

  /// The sum over the labels that the result lacks.
  mutating func sum(
    _ value: Value, _ labels: [UInt8], to output: [UInt8], called name: String?
  ) -> Value {
    let axes = labels.indices.filter { !output.contains(labels[$0]) }
    let kept = labels.filter { output.contains($0) }
    let isOrdered = kept == output
    let sum = body.reduce(value, "add", from: 0, axes: axes, called: isOrdered ? name : nil)
    return body.transpose(sum, output.map { kept.firstIndex(of: $0)! }, called: name)
  }

  /// The product of two values, the one first whose own axes come first in the result.
  mutating func dot(
    _ a: Labelled, _ b: Labelled, to output: [UInt8], called name: String?
  ) -> Value {
    var extents: [UInt8: Int] = [:]
    for factor in [a, b] {
      for (label, extent) in zip(factor.labels, factor.value.shape) { extents[label] = extent }
    }
    let dropped = extents.filter { label, extent in
      extent == 1 && [a, b].allSatisfy { $0.isPutIn(label, body) }
    }
    let (a, b) = (a.without(dropped.keys, &body), b.without(dropped.keys, &body))
    let kept = output.filter { a.labels.contains($0) || b.labels.contains($0) }
    let isWhole = kept == output
    let product = plainDot(a, b, to: kept, called: isWhole ? name : nil)
    return body.reshape(product, to: output.map { extents[$0]! }, called: name)
  }

  private mutating func plainDot(
    _ a: Labelled, _ b: Labelled, to output: [UInt8], called name: String?
  ) -> Value {
    let first = a.summed(unlessIn: b.labels + output, &body)
    let second = b.summed(unlessIn: a.labels + output, &body)
    let forward = first.order(with: second, output)
    if forward == output { return first.dot(second, output, &body, called: name) }
    let backward = second.order(with: first, output)
    if backward == output { return second.dot(first, output, &body, called: name) }
    let product = first.dot(second, output, &body, called: nil)
    return body.transpose(product, output.map { forward.firstIndex(of: $0)! }, called: name)
  }
}
