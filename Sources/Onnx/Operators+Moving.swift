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
