import NNCDiagnostics

// What operators that move numbers read, beyond a line.
extension NodeReading {
  func reshaped() throws(ImportProblem) -> ImportValue {
    let x = try input(0)
    let target: [Int]
    var batched: Set<Int> = []
    if let shape = wholes("shape") {
      target = shape
    } else {
      let shape = try constant(1, "a shape")
      target = try shape.wholes()
      batched = shape.batched
    }
    guard target.allSatisfy({ abs($0 / 2) < 1 << 30 }), target.count <= Limits.axes else {
      throw .wrong("shape \(target)")
    }
    try importer.checkFolded(target.map { Swift.max(1, $0) })
    var result = target
    let allowsZero = whole("allowzero", 0) != 0
    for (axis, extent) in target.enumerated() where extent == 0 && !allowsZero {
      guard axis < x.shape.count else { throw .wrong("extent 0 of axis \(axis)") }
      result[axis] = x.shape[axis]
    }
    // A file that was written for so many samples says so in shapes, too.
    if let fixed = importer.choice.fixedBatch, x.batch == 0, target.first == fixed,
      result.dropFirst().reduce(1, { $0 * Swift.max(1, $1) }) <= x.count
    {
      result[0] = 1
      batched.insert(0)
    }
    if let open = result.firstIndex(of: -1) {
      let rest = result.enumerated().reduce(1) { $1.offset == open ? $0 : $0 * $1.element }
      guard rest > 0, x.count % rest == 0 else { throw .wrong("\(x.shape) as \(target)") }
      result[open] = x.count / rest
      if x.batch != nil, batched.isEmpty, !(target.first == 0 && !allowsZero) { batched = [open] }
    }
    guard result.allSatisfy({ $0 >= 0 }) else { throw .wrong("shape \(target)") }
    return try importer.reshape(x, to: result, batch: x.batch == nil ? nil : batched.min())
  }

  func split() throws(ImportProblem) -> [ImportValue] {
    let x = try input(0)
    let axis = try x.axis(whole("axis", 0))
    let extent = x.shape[axis]
    let sizes: [Int]
    if let given = try wholes(1, or: "split", "sizes") {
      sizes = given
    } else {
      let count = whole("num_outputs", node.outputs.count)
      guard count > 0, count <= Limits.foldedElements else { throw .wrong("\(count) outputs") }
      let size = (extent + count - 1) / count
      sizes = (0..<count).map { Swift.max(0, Swift.min(size, extent - $0 * size)) }
    }
    guard sizes.allSatisfy({ $0 >= 0 && $0 <= extent }), sizes.reduce(0, +) == extent else {
      throw .wrong("sizes \(sizes) of \(extent)")
    }
    var whole = x
    if x.constant == nil {
      let (form, _) = try importer.formed(x, axis)
      let index = try importer.statement(x, as: form)
      importer.shared.insert(index)
      whole.content = .flow(.flow(index), form)
    }
    var results: [ImportValue] = []
    var start = 0
    for (size, name) in zip(sizes, node.outputs) {
      let isRead = !name.isEmpty && importer.uses(of: name) > 0
      results.append(
        isRead ? try importer.slice(whole, axis: axis, start..<(start + size)) : .missing)
      start += size
    }
    return results
  }

  func sliced() throws(ImportProblem) -> ImportValue {
    var x = try input(0)
    let starts = try wholes(1, or: "starts", "places") ?? []
    let ends = try wholes(2, or: "ends", "places") ?? []
    let axes = try wholes(3, or: "axes", "axes") ?? Array(starts.indices)
    let steps =
      try optional(4).map { (_) throws(ImportProblem) in
        try constant(4, "steps").wholes()
      } ?? starts.map { _ in 1 }
    guard starts.count == ends.count, axes.count == starts.count, steps.count == starts.count else {
      throw .wrong("as many starts, ends, axes and steps are wanted")
    }
    for (index, axis) in axes.enumerated() {
      let axis = try x.axis(axis)
      let (extent, step) = (x.shape[axis], steps[index])
      // Of the samples all are meant, or what is read is none of each one's own.
      if axis == x.batch {
        guard starts[index] == 0, step == 1, ends[index] >= Self.beyond else {
          throw Importer.mixing
        }
        continue
      }
      guard step != 0 else { throw .wrong("a step of 0") }
      func bounded(_ place: Int) -> Int {
        let place = place < 0 ? place + extent : place
        return step > 0
          ? Swift.min(Swift.max(place, 0), extent) : Swift.min(Swift.max(place, -1), extent - 1)
      }
      let places = Array(
        stride(from: bounded(starts[index]), to: bounded(ends[index]), by: step))
      if places == Array(0..<extent) { continue }
      x = try importer.select(x, axis: axis, places)
    }
    return x
  }

  /// A place behind every axis.
  private static var beyond: Int { Int(Int32.max) }

  func gathered() throws(ImportProblem) -> ImportValue {
    let (x, indices) = (try input(0), try input(1))
    let axis = try x.axis(whole("axis", 0))
    if let constant = indices.constant {
      let extent = x.shape[axis]
      let places = try constant.wholes().map { $0 < 0 ? $0 + extent : $0 }
      guard places.allSatisfy({ $0 >= 0 && $0 < extent }) else { throw .wrong("a place beyond") }
      let rows = try importer.select(x, axis: axis, places)
      let shape = x.shape[..<axis] + constant.shape + x.shape[(axis + 1)...]
      let batch = x.batch.map { $0 < axis ? $0 : $0 + constant.shape.count - 1 }
      return try importer.reshape(rows, to: Array(shape), batch: batch)
    }
    guard let table = x.constant, table.shape.count == 2, axis == 0 else {
      throw .unsupported("rows of what is computed, or along another axis")
    }
    return try importer.embedding(table, indices, names: names(table))
  }

  func padded() throws(ImportProblem) -> ImportValue {
    let x = try input(0)
    let pads = try wholes(1, or: "pads", "pads") ?? wholes("paddings") ?? []
    var value = real("value", 0)
    if let given = optional(2) {
      guard let constant = given.constant else { throw .unsupported("a computed value") }
      value = try constant.numbers().first ?? 0
    }
    var sides = Array(repeating: (before: 0, after: 0), count: x.shape.count)
    let axes =
      try optional(3).map { (_) throws(ImportProblem) in
        try constant(3, "axes").wholes()
      } ?? Array(x.shape.indices)
    guard pads.count == 2 * axes.count, pads.allSatisfy({ abs($0 / 2) < 1 << 30 }) else {
      throw .wrong("\(pads.count) pads")
    }
    for (place, axis) in axes.enumerated() {
      sides[try x.axis(axis)] = (pads[place], pads[place + axes.count])
    }
    return try importer.pad(x, sides, value: value, mode: text("mode", "constant"))
  }
}
