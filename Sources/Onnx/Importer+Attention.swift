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
    guard shape[2] == steps, let scores = scores(entry, heads, steps) else { return nil }
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
    let order = places([steps, heads, size]) { ($0[1] * steps + $0[0]) * size + $0[2] }
    guard numbers == order, let last = only(readers[output]), statements[last].kind == "linear",
      statements[last].shape.last == width, statements[last].shape.reduce(1, *) == steps * width
    else { return nil }
    // Which numbers of which product each part is.
    let turned = places([heads, size, steps]) { $0[2] * width + $0[0] * size + $0[1] }
    let plain = places([heads, steps, size]) { $0[1] * width + $0[0] * size + $0[2] }
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
    guard let weights = weights(projection.statements, last, width) else { return nil }
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

  private struct Scores {
    var queries: Int
    var keys: Int
    /// Whether the keys have their last axes exchanged.
    var isTurned: Bool
    var scale: Double
    var isCausal: Bool
    var size: Int
  }

  /// What flows into the softmax: a product, scaled, perhaps with a mask.
  private func scores(_ entry: Int, _ heads: Int, _ steps: Int) -> Scores? {
    guard var expression = statements[entry].expression else { return nil }
    var isCausal = false
    if case .infix("+", _, let a, let mask) = expression, isCausalMask(mask, steps) {
      isCausal = true
      expression = a
    }
    var scale = 1.0
    var steps = 0
    // Factors may stand at any place, in statements of their own, too.
    func unscaled(_ expression: ImportExpression) -> ImportExpression {
      steps += 1
      if steps > 8 { return expression }
      switch expression {
      case .infix("*", _, let a, .number(let factor)), .infix("*", _, .number(let factor), let a):
        scale *= factor
        return unscaled(a)
      case .infix("/", _, let a, .number(let factor)):
        scale /= factor
        return unscaled(a)
      case .flow(let index):
        guard let inner = statements[index].expression else { return expression }
        if case .infix(let sign, _, _, _) = inner, ["*", "/"].contains(sign) {
          return unscaled(inner)
        }
        return expression
      default: return expression
      }
    }
    expression = unscaled(expression)
    if case .flow(let index) = expression, let inner = statements[index].expression {
      expression = inner
    }
    guard case .infix("@", _, let a, let b) = expression, case .flow(let queries) = unscaled(a),
      case .flow(var keys) = unscaled(b)
    else { return nil }
    guard statements[queries].shape.count == 3, statements[keys].shape.count == 3 else {
      return nil
    }
    let size = statements[queries].shape[2]
    // The factor may stand before the axes are exchanged.
    if let inner = statements[keys].input,
      ["transpose", "permute"].contains(statements[keys].kind),
      case .flow(let other) = unscaled(.flow(inner)), other != inner
    {
      guard statements[keys].kind == "transpose" || statements[keys].operand == "0,2,1" else {
        return nil
      }
      keys = other
      guard statements[keys].shape == statements[queries].shape else { return nil }
      return Scores(
        queries: queries, keys: keys, isTurned: false, scale: scale, isCausal: isCausal, size: size)
    }
    guard statements[keys].shape == [heads, size, statements[queries].shape[1]] else { return nil }
    return Scores(
      queries: queries, keys: keys, isTurned: true, scale: scale, isCausal: isCausal, size: size)
  }

  /// Whether an expression is 0 for steps that came and much less for those that come.
  private func isCausalMask(_ expression: ImportExpression, _ steps: Int) -> Bool {
    let never: (Double) -> Bool
    let place: Int
    switch expression {
    case .parameter(let own): (place, never) = (own, { $0 < -1e30 })
    case .call("where", let parts, _):
      guard case .parameter(let own) = parts[0], case .number(-.infinity) = parts[1],
        case .number(0) = parts[2]
      else { return false }
      (place, never) = (own, { $0 == 1 })
    case .list(let numbers, [steps, steps]):
      return isTriangle(numbers, steps) { $0 < -1e30 }
    default: return false
    }
    guard parameters[place].shape == [steps, steps],
      let numbers = try? parameters[place].constant.numbers()
    else { return false }
    return isTriangle(numbers, steps, never)
  }

  private func isTriangle(_ numbers: [Double], _ steps: Int, _ never: (Double) -> Bool) -> Bool {
    numbers.indices.allSatisfy {
      $0 % steps > $0 / steps ? never(numbers[$0]) : numbers[$0] == 0
    }
  }

  /// A product, and which of its numbers a statement shows.
  private struct Source {
    let product: Int
    let numbers: [Int]
  }

  /// Follows what moves numbers back to a product.
  private func source(_ statement: Int) -> Source? {
    var path: [Int] = []
    var index = statement
    while statements[index].kind != "linear" {
      guard let input = statements[index].input, path.count < 16 else { return nil }
      path.append(index)
      index = input
    }
    var numbers = Array(0..<statements[index].shape.reduce(1, *))
    for step in path.reversed() {
      guard let next = moved(step, numbers) else { return nil }
      numbers = next
    }
    return Source(product: index, numbers: numbers)
  }

  /// Numbered elements behind a statement that only moves them; nil of others.
  private func moved(_ index: Int, _ numbers: [Int]) -> [Int]? {
    let statement = statements[index]
    guard let input = statement.input, statement.other == nil else { return nil }
    let shape = statements[input].shape
    let strides = Constant.strides(shape)
    switch statement.kind {
    case "reshape", "flatten": return numbers
    case "transpose":
      var axes = Array(shape.indices)
      axes.swapAt(axes.count - 1, axes.count - 2)
      return Constant.places(axes.map { shape[$0] }, axes.map { strides[$0] }).map { numbers[$0] }
    case "permute":
      let axes = statement.operand.split(separator: ",").compactMap { Int($0) }
      return Constant.places(axes.map { shape[$0] }, axes.map { strides[$0] }).map { numbers[$0] }
    case "slice":
      let axis = statement.keys.first.flatMap { Int($0.value) } ?? shape.count - 1
      guard let start = Int(statement.operand.prefix { $0 != "," }) else { return nil }
      return Constant.places(statement.shape, strides, offset: start * strides[axis])
        .map { numbers[$0] }
    default: return nil
    }
  }

  private func places(_ shape: [Int], _ place: ([Int]) -> Int) -> [Int] {
    var result: [Int] = []
    for a in 0..<shape[0] {
      for b in 0..<shape[1] {
        for c in 0..<shape[2] { result.append(place([a, b, c])) }
      }
    }
    return result
  }

  /// The products of which the parts are all numbers: one that is three times as wide, or three.
  private func projection(
    _ parts: [(source: Source, order: [Int])], _ width: Int, _ steps: Int
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

  /// The parameters of the layer, in its order.
  private func weights(_ products: [Int], _ last: Int, _ width: Int) -> [ImportWeight]? {
    func parameter(_ statement: Int, _ name: String) -> ImportWeight? {
      statements[statement].parameters.first { $0.name == name }
    }
    let inputs = products.compactMap { parameter($0, "weight") }
    let biases = products.compactMap { parameter($0, "bias") }
    guard inputs.count == products.count, let output = parameter(last, "weight"),
      biases.isEmpty || biases.count == products.count,
      inputs.allSatisfy({ $0.shape.last == width }), output.shape == [width, width]
    else { return nil }
    // Without all of the biases the others are zeros.
    let outputBias = parameter(last, "bias")
    var result = [joined(inputs, "in_proj_weight", [3 * width, width])]
    let isBiased = !biases.isEmpty || outputBias != nil
    if isBiased {
      let zeros = { (count: Int) in Constant([Double](repeating: 0, count: count), [count], .f32) }
      result.append(
        biases.isEmpty
          ? ImportWeight(name: "in_proj_bias", shape: [3 * width], constant: zeros(3 * width))
          : joined(biases, "in_proj_bias", [3 * width]))
      result.append(renamed(output, "out_proj.weight"))
      result.append(
        outputBias.map { renamed($0, "out_proj.bias") }
          ?? ImportWeight(name: "out_proj.bias", shape: [width], constant: zeros(width)))
    } else {
      result.append(renamed(output, "out_proj.weight"))
    }
    return result.contains { $0.shape.isEmpty } ? nil : result
  }

  private func renamed(_ weight: ImportWeight, _ name: String) -> ImportWeight {
    var result = weight
    result.name = name
    return result
  }

  /// Parameters one after the other.
  private func joined(_ parts: [ImportWeight], _ name: String, _ shape: [Int]) -> ImportWeight {
    if parts.count == 1 { return renamed(parts[0], name) }
    var numbers: [Double] = []
    for part in parts {
      guard let own = try? part.constant.numbers() else {
        return ImportWeight(name: name, shape: [], constant: part.constant)
      }
      numbers += part.factor == 1 ? own : own.map { $0 * part.factor }
    }
    return ImportWeight(
      name: name, shape: shape, constant: Constant(numbers, shape, parts[0].constant.type))
  }
}
