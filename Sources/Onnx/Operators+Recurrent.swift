/// Recurrent layers: of sequences steps x samples x features, or where `layout` is 1 samples x steps x features.
let recurrentOperators: [OperatorRow] = RecurrentOperator.all.map { form in
  OperatorRow(
    form.kind,
    "activation_alpha activation_beta activations clip direction hidden_size input_forget layout linear_before_reset "
      + "output_sequence",
    "`\(form.layer)`"
  ) { (node) throws(ImportProblem) in try node.recurrent(form) }
}

extension NodeReading {
  fileprivate func recurrent(_ form: RecurrentOperator) throws(ImportProblem) -> [ImportValue] {
    let isFirst = whole("layout", 0) == 1
    let x = try input(0)
    guard x.shape.count == 3 else { throw .wrong("an input of \(x.shape.count) axes") }
    let (steps, samples) = (x.shape[isFirst ? 1 : 0], x.shape[isFirst ? 0 : 1])
    guard samples == 1, x.batch == nil || x.batch == (isFirst ? 0 : 1) else {
      throw Importer.mixing
    }
    let (w, r) = (try constant(1, "`W`"), try constant(2, "`R`"))
    guard w.shape.count == 3, r.shape.count == 3, w.shape[0] == r.shape[0],
      w.shape[1] == r.shape[1],
      r.shape[1] == form.gates.count * r.shape[2], w.shape[2] == x.shape[2]
    else { throw .wrong("weights of \(w.shape) and \(r.shape) for \(x.shape)") }
    let (count, width) = (w.shape[0], r.shape[2])
    let keys = try keys(form, count, steps)
    try checkBeginning(form)
    let weights = try weights(form, w, r, count, width)
    let hasBias = optional(3) != nil
    let shape =
      isFirst ? [1, steps, count, width] : [steps, count, 1, width]
    let y = try importer.layer(
      form.layer, "\(width)", keys: keys + (hasBias ? [] : [("bias", "no")]), of: x,
      as: [steps, x.shape[2]], weights: weights, names: names(w, r), to: shape,
      output: [steps, count * width], batch: x.batch == nil ? nil : isFirst ? 0 : 2)
    return [y] + (try ends(y, isFirst, steps, count, width))
  }

  /// The keys that the settings become; refuses those that layers do not have.
  private func keys(_ form: RecurrentOperator, _ count: Int, _ steps: Int) throws(ImportProblem)
    -> [(
      String, String
    )]
  {
    var keys: [(String, String)] = []
    switch text("direction", "forward") {
    case "forward": break
    case "bidirectional": keys.append(("bidirectional", "yes"))
    case let other: throw .unsupported("`direction` \(other)")
    }
    guard count == (keys.isEmpty ? 1 : 2) else { throw .wrong("weights for \(count) directions") }
    if reals("clip") != nil || real("clip", 0) != 0 { throw .unsupported("`clip`") }
    if whole("input_forget", 0) != 0 { throw .unsupported("`input_forget`") }
    if form.layer == "gru", whole("linear_before_reset", 0) == 0 {
      throw .unsupported("`linear_before_reset` 0, which resets before the product")
    }
    let given =
      texts("activations").isEmpty
      ? (0..<count).flatMap { _ in form.activations } : texts("activations")
    let lower = given.map { $0.lowercased() }
    if form.layer == "rnn", lower.allSatisfy({ $0 == "relu" }) {
      keys.append(("nonlinearity", "relu"))
    } else if lower != (0..<count).flatMap({ _ in form.activations.map { $0.lowercased() } }) {
      throw .unsupported("`activations` \(given.joined(separator: ", "))")
    }
    if let lengths = optional(4) {
      guard let constant = lengths.constant, try constant.wholes().allSatisfy({ $0 == steps })
      else {
        throw .unsupported("sequences of different length")
      }
    }
    return keys
  }

  /// Refuses what does not begin with zeros, and peepholes.
  private func checkBeginning(_ form: RecurrentOperator) throws(ImportProblem) {
    for place in 5..<(form.layer == "lstm" ? 7 : 6) {
      guard let initial = optional(place) else { continue }
      guard let constant = initial.constant, try constant.numbers().allSatisfy({ $0 == 0 }) else {
        throw .unsupported("an initial state that is not 0")
      }
    }
    if form.layer == "lstm", let peepholes = optional(7)?.constant,
      try peepholes.numbers().contains(where: { $0 != 0 })
    {
      throw .unsupported("peepholes")
    }
  }

  /// The parameters of each direction, with their gates in the layer's order.
  private func weights(
    _ form: RecurrentOperator, _ w: Constant, _ r: Constant, _ count: Int, _ width: Int
  ) throws(ImportProblem) -> [ImportWeight] {
    let b = optional(3) == nil ? nil : try constant(3, "`B`")
    let rows = form.gates.count * width
    if let b, b.shape != [count, 2 * rows] { throw .wrong("biases of \(b.shape)") }
    var result: [ImportWeight] = []
    let order = RecurrentOperator.rows(form.gates, width)
    for direction in 0..<count {
      let ending = direction == 0 ? "_l0" : "_l0_reverse"
      func add(_ name: String, _ source: Constant, _ columns: Int, _ start: Int, _ isList: Bool)
        throws(ImportProblem)
      {
        let places = order.flatMap { row in (0..<columns).map { start + row * columns + $0 } }
        let shape = isList ? [rows] : [rows, columns]
        result.append(
          ImportWeight(
            name: name + ending, shape: shape, constant: try source.moved(places, to: shape)))
      }
      try add("weight_ih", w, w.shape[2], direction * rows * w.shape[2], false)
      try add("weight_hh", r, width, direction * rows * width, false)
      guard let b else { continue }
      try add("bias_ih", b, 1, direction * 2 * rows, true)
      try add("bias_hh", b, 1, (direction * 2 + 1) * rows, true)
    }
    return result
  }

  /// What the last step comes to, of each direction, where it is read.
  private func ends(
    _ y: ImportValue, _ isFirst: Bool, _ steps: Int, _ count: Int, _ width: Int
  ) throws(ImportProblem) -> [ImportValue] {
    func isRead(_ place: Int) -> Bool {
      node.outputs.indices.contains(place) && !node.outputs[place].isEmpty
        && importer.uses(of: node.outputs[place]) > 0
    }
    if isRead(2) { throw .unsupported("the memory of its last step") }
    if !isRead(1) { return [] }
    let (time, side) = isFirst ? (1, 2) : (0, 1)
    var parts: [ImportValue] = []
    for direction in 0..<count {
      let last = direction == 0 ? steps - 1 : 0
      let row = try importer.slice(y, axis: time, last..<last + 1)
      parts.append(try importer.slice(row, axis: side, direction..<direction + 1))
    }
    var end = parts[0]
    if count == 2 { end = try importer.concat(parts, axis: side) }
    let shape = isFirst ? [1, count, width] : [count, 1, width]
    return [
      try importer.reshape(end, to: shape, batch: y.batch == nil ? nil : isFirst ? 0 : 1)
    ]
  }
}
