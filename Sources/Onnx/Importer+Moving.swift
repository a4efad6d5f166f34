import NNCDiagnostics

// What moves numbers and reckons with none.
extension Importer {
  /// The same numbers under another shape, which costs nothing until something asks for it.
  ///
  /// - Parameter batch: the axis that holds the samples, where that is known; else it is found.
  func reshape(
    _ value: ImportValue, to shape: [Int], batch: Int? = nil
  ) throws(ImportProblem) -> ImportValue {
    guard shape.reduce(1, *) == value.count else {
      throw .wrong("\(value.shape) are no \(shape)")
    }
    var result = value
    result.shape = shape
    switch value.content {
    case .constant(let constant): result.content = .constant(constant.reshaped(shape))
    case .flow, .missing:
      result.batch = batch ?? value.batch.flatMap { place(of: $0, in: value.shape, after: shape) }
    }
    return result
  }

  /// Where the axis of the samples is after a change of shape: behind as many numbers as before.
  private func place(of axis: Int, in shape: [Int], after other: [Int]) -> Int? {
    let before = shape[..<axis].reduce(1, *)
    var count = 1
    var candidates: [Int] = []
    for (place, extent) in other.enumerated() {
      if count == before { candidates.append(place) }
      count *= extent
    }
    if candidates.contains(axis), other.indices.contains(axis) { return axis }
    return candidates.first
  }

  /// The axes in another order.
  func permute(_ value: ImportValue, _ axes: [Int]) throws(ImportProblem) -> ImportValue {
    guard axes.sorted() == Array(value.shape.indices) else { throw .wrong("axes \(axes)") }
    let shape = axes.map { value.shape[$0] }
    let batch = value.batch.flatMap { axes.firstIndex(of: $0) }
    if let constant = value.constant { return ImportValue(try constant.permuted(axes)) }
    let moved = axes.filter { value.shape[$0] != 1 }
    if moved == moved.sorted() {
      return try reshape(value, to: shape, batch: batch)
    }
    // A first axis of extent 1 that stays is none of the network's.
    let isInner = axes[0] == 0 && value.shape[0] == 1
    let form = isInner ? Array(value.shape.dropFirst()) : value.shape
    let order = isInner ? axes.dropFirst().map { $0 - 1 } : axes
    let last = form.count - 1
    let isTurn = form.count > 1 && order == Array(0..<(last - 1)) + [last, last - 1]
    return try layer(
      isTurn ? "transpose" : "permute",
      isTurn ? "" : order.map(String.init).joined(separator: ","), of: value, as: form, to: shape,
      output: order.map { form[$0] }, batch: batch)
  }

  /// The elements from one place on and before another along an axis.
  func slice(
    _ value: ImportValue, axis: Int, _ range: Range<Int>
  ) throws(ImportProblem) -> ImportValue {
    var shape = value.shape
    if range == 0..<shape[axis] { return value }
    if axis == value.batch { throw Self.mixing }
    shape[axis] = range.count
    if let constant = value.constant {
      let strides = Constant.strides(value.shape)
      return ImportValue(
        try constant.moved(
          Constant.places(shape, strides, offset: range.lowerBound * strides[axis]), to: shape))
    }
    if range.isEmpty { throw .unsupported("a tensor without elements") }
    let (form, place) = try formed(value, axis)
    var output = form
    output[place] = range.count
    return try layer(
      "slice", "\(range.lowerBound),\(range.upperBound)",
      keys: place == form.count - 1 ? [] : [("axis", "\(place)")], of: value, as: form, to: shape,
      output: output, batch: value.batch)
  }

  /// The shape in the network in which a value has an axis, and its place there.
  func formed(_ value: ImportValue, _ axis: Int) throws(ImportProblem) -> ([Int], Int) {
    let form = value.ownForm
    let dropped = value.shape.count - form.count
    return axis < dropped || value.shape.isEmpty
      ? (value.shape.isEmpty ? [1] : value.shape, axis) : (form, axis - dropped)
  }

  /// Values one after the other along an axis.
  func concat(_ values: [ImportValue], axis: Int) throws(ImportProblem) -> ImportValue {
    guard values.allSatisfy({ $0.shape.indices.contains(axis) }) else {
      throw .wrong("axis \(axis)")
    }
    let values = values.filter { $0.shape[axis] > 0 }
    guard let first = values.first else { throw .unsupported("a tensor without elements") }
    var shape = first.shape
    for value in values.dropFirst() {
      guard value.shape.count == shape.count,
        shape.indices.allSatisfy({ $0 == axis || value.shape[$0] == first.shape[$0] })
      else { throw .wrong("\(value.shape) behind \(first.shape)") }
      shape[axis] += value.shape[axis]
    }
    if values.count == 1 { return first }
    let constants = values.compactMap(\.constant)
    if constants.count == values.count {
      return ImportValue(try folded(constants, axis, shape))
    }
    let batch = values.compactMap(\.batch).first
    if batch == axis || values.contains(where: { $0.batch != nil && $0.batch != batch }) {
      throw Self.mixing
    }
    if let batch, values.contains(where: { $0.batch == nil && $0.shape[batch] != 1 }) {
      throw Self.mixing
    }
    let (form, place) = try formed(ImportValue(first.type, shape, .missing), axis)
    let dropped = shape.count - form.count
    var places: [Int] = []
    for value in values {
      places.append(try statement(value, as: Array(value.shape.dropFirst(dropped))))
    }
    var index = places[0]
    var extent = first.shape[axis]
    for (next, value) in zip(places, values).dropFirst() {
      extent += value.shape[axis]
      var output = form
      output[place] = extent
      index = add(
        ImportStatement(
          kind: "concat", keys: place == form.count - 1 ? [] : [(key: "axis", value: "\(place)")],
          input: index, other: next, shape: output))
    }
    return ImportValue(first.type, shape, batch: batch, .flow(.flow(index), form))
  }

  private func folded(
    _ constants: [Constant], _ axis: Int, _ shape: [Int]
  ) throws(ImportProblem) -> Constant {
    try checkFolded(shape)
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    var numbers: [Double] = []
    var batched: Set<Int> = []
    var parts: [([Double], Set<Int>, Int)] = []
    for constant in constants {
      parts.append((try constant.numbers(), constant.batched, constant.shape[axis] * inner))
    }
    for row in 0..<outer {
      for (part, marks, width) in parts {
        for index in (row * width)..<((row + 1) * width) {
          if marks.contains(index) { batched.insert(numbers.count) }
          numbers.append(part[index])
        }
      }
    }
    var result = Constant(numbers, shape, constants[0].type)
    result.batched = batched
    return result
  }

  /// The elements at places along an axis, in their order.
  func select(
    _ value: ImportValue, axis: Int, _ places: [Int]
  ) throws(ImportProblem) -> ImportValue {
    if axis == value.batch { throw Self.mixing }
    var shape = value.shape
    shape[axis] = places.count
    if let constant = value.constant {
      try checkFolded(shape)
      let inner = value.shape[(axis + 1)...].reduce(1, *)
      var all: [Int] = []
      for row in 0..<value.shape[..<axis].reduce(1, *) {
        for place in places {
          let start = (row * value.shape[axis] + place) * inner
          all += start..<(start + inner)
        }
      }
      return ImportValue(try constant.moved(all, to: shape))
    }
    if places.isEmpty { throw .unsupported("a tensor without elements") }
    var runs: [Range<Int>] = []
    for place in places {
      if let last = runs.last, last.upperBound == place {
        runs[runs.count - 1] = last.lowerBound..<(place + 1)
      } else {
        runs.append(place..<(place + 1))
      }
    }
    if runs.count > Self.mostPieces {
      throw .unsupported("elements at more than \(Self.mostPieces) places apart")
    }
    var parts: [ImportValue] = []
    // What is cut in pieces is read by each.
    var whole = value
    if runs.count > 1 {
      let (form, _) = try formed(value, axis)
      let index = try statement(value, as: form)
      shared.insert(index)
      whole.content = .flow(.flow(index), form)
    }
    for run in runs { parts.append(try slice(whole, axis: axis, run)) }
    return try concat(parts, axis: axis)
  }

  /// The most slices that one value is put together of.
  private static let mostPieces = 64

  /// A value repeated to a shape with which its own goes together.
  func expand(_ value: ImportValue, to target: [Int]) throws(ImportProblem) -> ImportValue {
    guard let shape = commonShape([value.shape, target]) else {
      throw .wrong("\(value.shape) do not go with \(target)")
    }
    if shape == value.shape { return value }
    try checkFolded(shape)
    if let constant = value.constant { return ImportValue(try constant.spread(to: shape)) }
    if shape.reduce(1, *) == value.count {
      return try reshape(
        value, to: shape, batch: value.batch.map { $0 + shape.count - value.shape.count })
    }
    let ones = Constant([Double](repeating: 1, count: shape.reduce(1, *)), shape, value.type)
    return try infix("mul", value, ImportValue(ones))
  }
}
