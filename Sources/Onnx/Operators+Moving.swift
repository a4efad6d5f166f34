import NNCDiagnostics

/// The operators that move numbers and reckon with none.
let movingOperators: [OperatorRow] = [
  OperatorRow("Identity", "", "nothing") { (node) throws(ImportProblem) in [try node.input(0)] },
  OperatorRow("Reshape", "shape allowzero consumed_inputs", "`reshape`, `flatten`") {
    (node) throws(ImportProblem) in [try node.reshaped()]
  },
  OperatorRow("Flatten", "axis", "`flatten`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let axis = node.whole("axis", 1)
    let place = axis == x.shape.count ? axis : try x.axis(axis)
    let shape = [x.shape[..<place].reduce(1, *), x.shape[place...].reduce(1, *)]
    return [
      try node.importer.reshape(x, to: shape, batch: x.batch.map { $0 < place ? 0 : 1 })
    ]
  },
  OperatorRow("Squeeze", "axes", "`reshape`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    var axes: [Int] = []
    if let given = try node.wholes(1, or: "axes", "axes") {
      for axis in given { axes.append(try x.axis(axis)) }
    } else {
      axes = x.shape.indices.filter { x.shape[$0] == 1 && $0 != x.batch }
    }
    if axes.contains(where: { x.shape[$0] != 1 }) { throw .wrong("an axis that is not 1") }
    if let batch = x.batch, axes.contains(batch) { throw Importer.mixing }
    let kept = x.shape.indices.filter { !axes.contains($0) }
    return [
      try node.importer.reshape(
        x, to: kept.map { x.shape[$0] }, batch: x.batch.flatMap { kept.firstIndex(of: $0) })
    ]
  },
  OperatorRow("Unsqueeze", "axes", "`reshape`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let given = try node.wholes(1, or: "axes", "axes") ?? []
    let rank = x.shape.count + given.count
    let axes = Set(given.map { $0 < 0 ? $0 + rank : $0 })
    guard axes.count == given.count, axes.allSatisfy({ $0 >= 0 && $0 < rank }) else {
      throw .wrong("axes \(given)")
    }
    let kept = (0..<rank).filter { !axes.contains($0) }
    var shape = Array(repeating: 1, count: rank)
    for (place, axis) in kept.enumerated() { shape[axis] = x.shape[place] }
    return [try node.importer.reshape(x, to: shape, batch: x.batch.map { kept[$0] })]
  },
  OperatorRow("Transpose", "perm", "`permute`, `transpose`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    return [try node.importer.permute(x, node.wholes("perm") ?? x.shape.indices.reversed())]
  },
  OperatorRow("Concat", "axis", "`concat`") { (node) throws(ImportProblem) in
    let first = try node.input(0)
    return [
      try node.importer.concat(
        node.inputs.filter { !$0.isMissing }, axis: try first.axis(node.whole("axis", 1)))
    ]
  },
  OperatorRow("Split", "axis split num_outputs", "`slice`") { (node) throws(ImportProblem) in
    try node.split()
  },
  OperatorRow("Slice", "starts ends axes", "`slice`") { (node) throws(ImportProblem) in
    [try node.sliced()]
  },
  OperatorRow("Gather", "axis", "`embedding`, `slice`") { (node) throws(ImportProblem) in
    [try node.gathered()]
  },
  OperatorRow("Expand", "", "a product with ones") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    return [try node.importer.expand(x, to: try node.constant(1, "a shape").wholes())]
  },
  OperatorRow("Tile", "", "`concat`") { (node) throws(ImportProblem) in
    var x = try node.input(0)
    let counts = try node.constant(1, "repeats").wholes()
    guard counts.count == x.shape.count else { throw .wrong("\(counts.count) repeats") }
    for (axis, count) in counts.enumerated() where count != 1 {
      guard count > 0, count <= Limits.axes else { throw .unsupported("\(count) repeats") }
      if x.constant == nil {
        let (form, _) = try node.importer.formed(x, axis)
        let index = try node.importer.statement(x, as: form)
        node.importer.shared.insert(index)
        x.content = .flow(.flow(index), form)
      }
      x = try node.importer.concat(Array(repeating: x, count: count), axis: axis)
    }
    return [x]
  },
  OperatorRow("Pad", "mode pads paddings value", "`pad`") { (node) throws(ImportProblem) in
    [try node.padded()]
  },
  OperatorRow("Trilu", "upper", "`where`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    guard x.shape.count >= 2 else { throw .wrong("a tensor without two axes") }
    if let batch = x.batch, batch >= x.shape.count - 2 { throw Importer.mixing }
    let k =
      try node.optional(1).map { (value) throws(ImportProblem) in
        guard let constant = value.constant else { throw ImportProblem.unsupported("a computed k") }
        return try constant.wholes().first ?? 0
      } ?? 0
    let isUpper = node.whole("upper", 1) != 0
    let (rows, columns) = (x.shape[x.shape.count - 2], x.shape.last!)
    try node.importer.checkFolded([rows, columns])
    let mask = (0..<(rows * columns)).map { place -> Double in
      let (row, column) = (place / columns, place % columns)
      return (isUpper ? column >= row + k : column <= row + k) ? 1 : 0
    }
    let zero = node.importer.number(0, x.type)
    return [
      try node.importer.chosen(
        ImportValue(Constant(mask, [rows, columns], .truth)), x, zero)
    ]
  },
  OperatorRow("DepthToSpace", "blocksize mode", "`permute`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let size = node.whole("blocksize", 1)
    guard x.shape.count == 4, size > 0, size < 1 << 16, x.shape[1] % (size * size) == 0 else {
      throw .wrong("shape \(x.shape)")
    }
    let (n, c, h, w) = (x.shape[0], x.shape[1] / size / size, x.shape[2], x.shape[3])
    let isColumnFirst = node.text("mode", "DCR") == "CRD"
    let parts = isColumnFirst ? [n, c, size, size, h, w] : [n, size, size, c, h, w]
    let axes = isColumnFirst ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]
    let apart = try node.importer.permute(
      try node.importer.reshape(x, to: parts, batch: x.batch), axes)
    return [try node.importer.reshape(apart, to: [n, c, h * size, w * size], batch: x.batch)]
  },
  OperatorRow("SpaceToDepth", "blocksize", "`permute`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let size = node.whole("blocksize", 1)
    guard x.shape.count == 4, size > 0, size < 1 << 16, x.shape[2] % size == 0,
      x.shape[3] % size == 0
    else {
      throw .wrong("shape \(x.shape)")
    }
    let (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2] / size, x.shape[3] / size)
    let apart = try node.importer.permute(
      try node.importer.reshape(x, to: [n, c, h, size, w, size], batch: x.batch),
      [0, 3, 5, 1, 2, 4])
    return [try node.importer.reshape(apart, to: [n, c * size * size, h, w], batch: x.batch)]
  },
]

extension NodeReading {
  fileprivate func reshaped() throws(ImportProblem) -> ImportValue {
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

  fileprivate func split() throws(ImportProblem) -> [ImportValue] {
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

  fileprivate func sliced() throws(ImportProblem) -> ImportValue {
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

  fileprivate func gathered() throws(ImportProblem) -> ImportValue {
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

  fileprivate func padded() throws(ImportProblem) -> ImportValue {
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

extension Importer {
  /// Rows of a table for whole numbers, which must be an input of the network.
  func embedding(
    _ table: Constant, _ indices: ImportValue, names: [String]
  ) throws(ImportProblem) -> ImportValue {
    guard case .flow(.flow(let index), _) = indices.content, statements[index].kind == "input",
      indices.type.isWhole
    else { throw .unsupported("rows for numbers that are computed") }
    let rows = table.shape[0]
    statements[index].bound = Swift.min(statements[index].bound ?? rows, rows)
    let shape = indices.shape + [table.shape[1]]
    // A number of whole numbers may be one alone, which the network has as a list of one.
    let form = indices.shape.isEmpty ? [1] : indices.ownForm
    return try layer(
      "embedding", "\(rows)->\(table.shape[1])", of: typed(indices, table.type), as: form,
      weights: [ImportWeight(name: "weight", shape: table.shape, constant: table)], names: names,
      to: shape, output: form + [table.shape[1]], batch: indices.batch)
  }

  /// The same value, said to be of another type.
  func typed(_ value: ImportValue, _ type: OnnxType) -> ImportValue {
    var result = value
    result.type = type
    if case .constant(var constant) = value.content {
      constant.type = type
      result.content = .constant(constant)
    }
    return result
  }

  /// More places beside those of each axis; where a side is negative, fewer.
  func pad(
    _ x: ImportValue, _ sides: [(before: Int, after: Int)], value: Double, mode: String
  ) throws(ImportProblem) -> ImportValue {
    var x = x
    var sides = sides
    for axis in sides.indices {
      let (before, after) = sides[axis]
      if before < 0 || after < 0 {
        let range = Swift.max(0, -before)..<(x.shape[axis] + Swift.min(0, after))
        if range.lowerBound >= range.upperBound { throw .unsupported("a tensor without elements") }
        x = try slice(x, axis: axis, range)
        sides[axis] = (Swift.max(0, before), Swift.max(0, after))
      }
      if sides[axis] != (0, 0), axis == x.batch { throw Self.mixing }
    }
    if sides.allSatisfy({ $0 == (0, 0) }) { return x }
    let words = ["constant": "zeros", "reflect": "reflect", "edge": "replicate"]
    guard let padding = words[mode] else { throw .unsupported("`mode` \(mode)") }
    var shape = x.shape
    for (axis, side) in sides.enumerated() { shape[axis] += side.before + side.after }
    try checkFolded(shape)
    let isSpatial =
      x.shape.count >= 3 && x.shape[0] == 1 && sides[0] == (0, 0) && sides[1] == (0, 0)
    if x.constant == nil, isSpatial, mode != "constant" || value == 0 {
      return try layer(
        "pad", sizes(sides.dropFirst(2)),
        keys: padding == "zeros" ? [] : [("padding", padding)], of: x, to: shape, batch: x.batch)
    }
    guard mode == "constant" else { throw .unsupported("`mode` \(mode) along such axes") }
    for (axis, side) in sides.enumerated() {
      func filled(_ extent: Int) -> ImportValue {
        var shape = x.shape
        shape[axis] = extent
        return ImportValue(
          Constant([Double](repeating: value, count: shape.reduce(1, *)), shape, x.type))
      }
      let parts = [filled(side.before), x, filled(side.after)].filter { $0.shape[axis] > 0 }
      x = try concat(parts, axis: axis)
    }
    return x
  }

  /// How many places lie before and behind each axis, as the language writes it: one number, one for each axis, or all.
  func sizes(_ sides: some Collection<(before: Int, after: Int)>) -> String {
    let (before, after) = (sides.map(\.before), sides.map(\.after))
    if before != after { return (before + after).map(String.init).joined(separator: ",") }
    return sizes(before)
  }

  /// One number for all axes, or one for each: `3x5`.
  func sizes(_ list: [Int]) -> String {
    Set(list).count == 1 ? "\(list[0])" : extents(list)
  }
}
