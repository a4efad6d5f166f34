import NNCDiagnostics

/// The operators that give what is known, or say it in another type.
let constantOperators: [OperatorRow] = [
  OperatorRow(
    "Constant", "value value_float value_floats value_int value_ints", "numbers"
  ) { (node) throws(ImportProblem) in
    if let tensor = node.tensor("value") {
      var tensor = tensor
      // A name that is no value's would be taken for one.
      tensor.name = ""
      return [ImportValue(Constant(tensor))]
    }
    if let wholes = node.wholes("value_ints") {
      return [ImportValue(Constant(wholes.map(Double.init), [wholes.count], .i64))]
    }
    if let whole = node.whole("value_int") {
      return [ImportValue(Constant([Double(whole)], [], .i64))]
    }
    if let reals = node.reals("value_floats") {
      return [ImportValue(Constant(reals, [reals.count], .f32))]
    }
    return [ImportValue(Constant([node.real("value_float", 0)], [], .f32))]
  },
  OperatorRow("ConstantOfShape", "value", "numbers") { (node) throws(ImportProblem) in
    let shape = try node.constant(0, "a shape").wholes()
    guard shape.allSatisfy({ $0 >= 0 }) else { throw .wrong("shape \(shape)") }
    try node.importer.checkFolded(shape)
    let tensor = node.tensor("value")
    let value = try tensor.map { (tensor) throws(ImportProblem) in
      try Constant(tensor).numbers().first ?? 0
    }
    let count = shape.reduce(1, *)
    return [
      ImportValue(
        Constant([Double](repeating: value ?? 0, count: count), shape, tensor?.type ?? .f32))
    ]
  },
  OperatorRow("Shape", "start end", "numbers") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let rank = x.shape.count
    func bounded(_ place: Int) -> Int {
      Swift.min(Swift.max(place < 0 ? place + rank : place, 0), rank)
    }
    let (start, end) = (bounded(node.whole("start", 0)), bounded(node.whole("end", rank)))
    let axes = start..<Swift.max(start, end)
    var result = Constant(axes.map { Double(x.shape[$0]) }, [axes.count], .i64)
    if let batch = x.batch, axes.contains(batch) { result.batched = [batch - start] }
    return [ImportValue(result)]
  },
  OperatorRow("Size", "", "numbers") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    var result = Constant([Double(x.count)], [], .i64)
    if x.batch != nil { result.batched = [0] }
    return [ImportValue(result)]
  },
  OperatorRow("Range", "stash_type", "numbers") { (node) throws(ImportProblem) in
    let start = try node.constant(0, "a start")
    for place in 0..<3 where try !node.constant(place, "a number").batched.isEmpty {
      throw Importer.mixing
    }
    let (first, limit, step) = (
      try start.numbers().first ?? 0, try node.constant(1, "a limit").numbers().first ?? 0,
      try node.constant(2, "a step").numbers().first ?? 1
    )
    guard step != 0, step.isFinite, first.isFinite, limit.isFinite else {
      throw .wrong("step \(step)")
    }
    let count = Swift.max(0, ((limit - first) / step).rounded(.up))
    guard count <= Double(Limits.foldedElements) else { throw .unsupported("so long a range") }
    return [
      ImportValue(
        Constant((0..<Int(count)).map { first + Double($0) * step }, [Int(count)], start.type))
    ]
  },
  OperatorRow("EyeLike", "dtype k", "numbers") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    guard x.shape.count == 2 else { throw .wrong("shape \(x.shape)") }
    if x.batch != nil { throw Importer.mixing }
    let k = node.whole("k", 0)
    guard abs(k / 2) < 1 << 30 else { throw .wrong("`k` \(k)") }
    let type = try node.type("dtype") ?? x.type
    let columns = x.shape[1]
    return [
      ImportValue(
        Constant(
          (0..<x.count).map { $0 % columns == $0 / columns + k ? 1 : 0 }, x.shape, type))
    ]
  },
  OperatorRow("Cast", "to saturate round_mode", "nothing, `trunc`, or `!= 0`") {
    (node) throws(ImportProblem) in
    guard let type = try node.type("to") else { throw .wrong("no `to`") }
    return [try node.importer.cast(try node.input(0), to: type)]
  },
  OperatorRow("CastLike", "saturate round_mode", "nothing, `trunc`, or `!= 0`") {
    (node) throws(ImportProblem) in
    [try node.importer.cast(try node.input(0), to: try node.input(1).type)]
  },
  OperatorRow("OneHot", "axis", "`onehot`") { (node) throws(ImportProblem) in
    let x = try node.input(0)
    let depth = try node.constant(1, "a depth").numbers().first ?? 0
    let values = try node.constant(2, "values").numbers()
    guard let count = Int(exactly: depth), count > 0, values.count == 2 else {
      throw .wrong("a depth of \(depth)")
    }
    let axis = node.whole("axis", -1)
    let rank = x.shape.count + 1
    let place = axis < 0 ? axis + rank : axis
    guard place >= 0, place < rank else { throw .wrong("axis \(axis)") }
    if x.batch.map({ $0 >= place }) ?? false, place == 0 { throw Importer.mixing }
    var shape = x.shape
    shape.insert(count, at: place)
    var extents = Array(repeating: 1, count: rank)
    extents[place] = count
    let places = Constant((0..<count).map(Double.init), extents, x.type)
    var apart = x.shape
    apart.insert(1, at: place)
    let importer = node.importer
    // A number below 0 is counted from the end.
    let wide = try importer.reshape(
      x, to: apart, batch: x.batch.map { $0 < place ? $0 : $0 + 1 })
    let isBelow = try importer.infix("lt", wide, importer.number(0, x.type), type: .truth)
    let counted = try importer.chosen(
      isBelow, try importer.infix("add", wide, importer.number(Double(count), x.type)), wide)
    let isThere = try importer.infix("eq", counted, ImportValue(places), type: .truth)
    let type = try node.constant(2, "values").type
    return [
      try importer.elementwise(
        "select", [isThere, importer.number(values[1], type), importer.number(values[0], type)],
        type: type
      ) { .call("where", $0, []) }
    ]
  },
]

extension NodeReading {
  /// The type that a setting says.
  func type(_ name: String) throws(ImportProblem) -> OnnxType? {
    guard let code = whole(name) else { return nil }
    guard let type = OnnxType(code: code) else { throw .wrong("type \(code)") }
    return type
  }
}

extension Importer {
  /// The value in another type. Real numbers stay as they are, with whatever precision they have.
  func cast(_ value: ImportValue, to type: OnnxType) throws(ImportProblem) -> ImportValue {
    guard type.numbers != nil, value.type.numbers != nil else {
      throw .unsupported("\(value.type.name) as \(type.name)")
    }
    if type.isTruth, !value.type.isTruth {
      return try infix("ne", value, number(0, value.type), type: .truth)
    }
    if type.isWhole, value.type.isReal {
      return try wrapped(try function("trunc", value, type: type))
    }
    if type.isReal, value.type.isReal, let constant = value.constant, type != value.type,
      type.numbers!.size < value.type.numbers!.size, let round = type.rounded
    {
      let numbers = try constant.numbers().map(round)
      return ImportValue(Constant(numbers, constant.shape, type))
    }
    if type.isWhole, value.type.isWhole { return try wrapped(typed(value, type)) }
    return typed(value, type)
  }
}

extension OnnxType {
  /// A number rounded to the nearest of the type; nil of those that nnc computes no better.
  fileprivate var rounded: ((Double) -> Double)? { self == .f32 ? { Double(Float($0)) } : nil }
}
