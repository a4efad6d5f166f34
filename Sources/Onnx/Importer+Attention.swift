// Attention that a model has in parts becomes a layer. Whatever reshapes, permutes and cuts the parts, what counts is
// which number of a product each of them is: so those statements are followed with numbered elements.
//
//     q, k, v = parts of x·Wᵀ + b,  y = softmax(q·kᵀ·s (+ mask))·v,  s = 1/√d,  out = y·Oᵀ + o
extension Importer {
  /// Puts `attention` in the place of each such group of statements.
  ///
  /// - Parameter outputs: the statements that nothing may take away.
  func recogniseAttention(keeping outputs: Set<Int>) {
    var readers: [Int: [Int]] = [:]
    // Of some values a file asks nothing but the shape.
    let used = NetworkText.reachable(statements, Array(outputs))
    for index in statements.indices where used.contains(index) {
      for place in statements[index].reads { readers[place, default: []].append(index) }
    }
    for index in statements.indices where statements[index].kind == "softmax" {
      guard let found = attention(around: index, readers),
        !found.inner.contains(where: outputs.contains)
      else { continue }
      statements[found.output] = found.layer
    }
  }

  private struct Found {
    /// The statement that gives the result, whose place the layer takes.
    let output: Int
    let layer: ImportStatement
    /// The statements that it is made of but for that one.
    let inner: Set<Int>
  }

  /// The layer that a softmax is in.
  private func attention(around softmax: Int, _ readers: [Int: [Int]]) -> Found? {
    guard statements[softmax].keys.isEmpty, statements[softmax].shape.count == 3,
      let entry = statements[softmax].input
    else { return nil }
    let shape = statements[softmax].shape
    let (heads, steps) = (shape[0], shape[1])
    guard shape[2] == steps, let scores = attentionScores(entry, heads, steps) else { return nil }
    // The weights times the values.
    guard let mixing = only(readers[softmax]),
      case .infix("@", _, .flow(softmax), .flow(let values))? =
        statements[mixing].expression
    else { return nil }
    let size = scores.size
    let width = heads * size
    guard statements[values].shape == [heads, steps, size],
      statements[mixing].shape == statements[values].shape,
      let q = source(scores.queries), let k = source(scores.keys), let v = source(values),
      abs(scores.scale * Double(size).squareRoot() - 1) < 1e-5
    else { return nil }
    // Back to steps x width, and the last product.
    var output = mixing
    var numbers = Array(0..<(width * steps))
    while let next = only(readers[output]), let moved = moved(next, numbers) {
      numbers = moved
      output = next
    }
    let order = Constant.places([steps, heads, size], [size, steps * size, 1])
    guard numbers == order, let last = only(readers[output]), statements[last].kind == "linear",
      statements[last].shape.last == width, statements[last].shape.reduce(1, *) == steps * width
    else { return nil }
    // Which numbers of which product each part is.
    let turned = Constant.places([heads, size, steps], [size, 1, width])
    let plain = Constant.places([heads, steps, size], [size, width, 1])
    let parts = [(q, plain), (k, scores.isTurned ? turned : plain), (v, plain)]
    guard let projection = projection(parts, width, steps),
      let x = flow(projection.input, steps, width)
    else { return nil }
    var inner = between(last, x, readers)
    inner.remove(x)
    // Nobody else may read what is inside.
    for index in inner {
      for reader in readers[index] ?? [] where !inner.contains(reader) && reader != last {
        return nil
      }
    }
    guard let weights = attentionWeights(projection.statements, last, width) else { return nil }
    let isBiased = weights.count == 4
    var keys = [(key: "heads", value: "\(heads)")]
    if scores.isCausal { keys.append((key: "causal", value: "yes")) }
    if !isBiased { keys.append((key: "bias", value: "no")) }
    let names = statements[last].names + statements[projection.statements[0]].names
    var layer = ImportStatement(
      kind: "attention", keys: keys, input: x, parameters: weights, shape: [steps, width],
      names: statements[projection.statements[0]].names)
    layer.value = statements[last].value
    if layer.names.isEmpty { layer.names = names }
    // What reads it may want it in another shape.
    guard statements[last].shape == [steps, width] else { return nil }
    return Found(output: last, layer: layer, inner: inner)
  }

  /// The one of a list; nil where there are others.
  private func only(_ list: [Int]?) -> Int? {
    guard let first = list?.first, list!.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// The products of which the parts are all numbers: one that is three times as wide, or three.
  private func projection(
    _ parts: [(source: MovedProduct, order: [Int])], _ width: Int, _ steps: Int
  ) -> (statements: [Int], input: Int)? {
    let products = parts.map(\.source.product)
    guard let input = statements[products[0]].input,
      products.allSatisfy({ statements[$0].input == input })
    else { return nil }
    if Set(products).count == 1 {
      guard statements[products[0]].shape.last == 3 * width else { return nil }
      for (place, part) in parts.enumerated() {
        let own = part.order.map { $0 / width * 3 * width + place * width + $0 % width }
        if own != part.source.numbers { return nil }
      }
      return ([products[0]], input)
    }
    guard Set(products).count == 3, products.allSatisfy({ statements[$0].shape.last == width }),
      parts.allSatisfy({ $0.order == $0.source.numbers })
    else { return nil }
    return (products, input)
  }

  /// The value of steps x width that a statement shows under another shape.
  private func flow(_ statement: Int, _ steps: Int, _ width: Int) -> Int? {
    var index = statement
    while statements[index].shape != [steps, width] {
      guard statements[index].kind == "reshape", let input = statements[index].input else {
        return nil
      }
      index = input
    }
    return index
  }

  /// The statements that lie on the way from one to another.
  private func between(_ last: Int, _ first: Int, _ readers: [Int: [Int]]) -> Set<Int> {
    var result: Set<Int> = []
    var open = statements[last].reads
    while let index = open.popLast() {
      if index == first || !result.insert(index).inserted { continue }
      open += statements[index].reads
    }
    return result
  }
}
