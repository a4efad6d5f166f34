// What operators on numbers read, beyond a line.
extension NodeReading {
  /// The two inputs; of old versions, which say that the second goes with axes of the first, at these.
  func pair() throws(ImportProblem) -> (ImportValue, ImportValue) {
    let (a, b) = (try input(0), try input(1))
    guard version < 7, whole("broadcast", 0) == 1, let axis = whole("axis") else { return (a, b) }
    let place = try a.axis(axis)
    let rest = a.shape.count - place - b.shape.count
    if rest < 0 { throw .wrong("axis \(axis)") }
    return (a, try importer.reshape(b, to: b.shape + Array(repeating: 1, count: rest)))
  }

  func prelu() throws(ImportProblem) -> [ImportValue] {
    let x = try input(0)
    // Old versions have one for each channel without saying so.
    if version < 7, let slope = optional(1)?.constant, slope.shape.count == 1, slope.count > 1,
      x.shape.count > 2, slope.count == x.shape[1]
    {
      let shape = slope.shape + Array(repeating: 1, count: x.shape.count - 2)
      return [
        try importer.elementwise(
          "prelu", [x, ImportValue(slope.reshaped(shape))].unknown()
        ) { .call("prelu", $0, []) }
      ]
    }
    // One slope, or one for each channel, whose axes behind have the extent 1: the layer has them.
    if let slope = optional(1)?.constant, slope.type.isReal {
      let rest = Array(slope.shape.drop { $0 == 1 })
      let form = x.ownForm
      let isChannels =
        rest.first == form[0] && rest.dropFirst().allSatisfy { $0 == 1 }
        && rest.count == form.count
      if slope.count == 1 || isChannels {
        return [
          try importer.layer(
            "prelu", keys: slope.count == 1 ? [] : [("num_parameters", "\(slope.count)")], of: x,
            weights: [
              ImportWeight(name: "weight", shape: [slope.count], constant: slope)
            ], names: names(slope), to: x.shape, batch: x.batch)
        ]
      }
    }
    return [
      try importer.elementwise("prelu", [x, try input(1)].unknown()) { .call("prelu", $0, []) }
    ]
  }

  func clip() throws(ImportProblem) -> [ImportValue] {
    let x = try input(0)
    func bound(_ place: Int, _ name: String, _ standard: Double) throws(ImportProblem)
      -> ImportValue
    {
      if version >= 11 { return optional(place) ?? importer.number(standard, x.type) }
      return importer.number(real(name, standard), x.type)
    }
    let (low, high) = (try bound(1, "min", -.infinity), try bound(2, "max", .infinity))
    let (least, most) = (try low.constant?.numbers().first, try high.constant?.numbers().first)
    if least == 0, most == 6, x.type.isReal { return [try importer.function("relu6", x)] }
    if most == .infinity || optional(2) == nil && version >= 11, let least {
      if least == -.infinity { return [x] }
      return [try importer.elementwise("max", [x, low]) { .call("max", $0, []) }]
    }
    if least == -.infinity {
      return [try importer.elementwise("min", [x, high]) { .call("min", $0, []) }]
    }
    return [try importer.clamped(x, low, high)]
  }
}

extension [ImportValue] {
  /// For functions that are no operations: nothing known is computed by them.
  func unknown() throws(ImportProblem) -> [ImportValue] {
    if allSatisfy({ $0.constant != nil }) { throw .unsupported("of constants") }
    return self
  }
}

extension Importer {
  /// A function with one key, which is left out where it has its standard value.
  func keyed(
    _ name: String, _ value: ImportValue, _ key: (String, Double), standard: Double
  ) throws(ImportProblem) -> ImportValue {
    if Float(key.1) == Float(standard) { return try function(name, value) }
    if value.constant != nil { throw .unsupported("of constants") }
    return try function(name, value, keys: [(key.0, numberText(key.1))])
  }

  /// a where c holds, else b.
  func chosen(
    _ c: ImportValue, _ a: ImportValue, _ b: ImportValue
  ) throws(ImportProblem) -> ImportValue {
    try elementwise("select", [c, a, b], type: a.type) { .call("where", $0, []) }
  }

  func clamped(
    _ x: ImportValue, _ low: ImportValue, _ high: ImportValue
  ) throws(ImportProblem) -> ImportValue {
    try elementwise("clamp", [x, low, high]) { .call("clamp", $0, []) }
  }

  /// A whole number within what its type holds: beyond, it goes on at the other end.
  func wrapped(_ value: ImportValue) throws(ImportProblem) -> ImportValue {
    guard let range = value.type.wraps, value.type.name != "int32" || value.constant != nil else {
      return value
    }
    let size = number(range.upperBound - range.lowerBound + 1, value.type)
    let low = number(range.lowerBound, value.type)
    let shifted = range.lowerBound == 0 ? value : try infix("sub", value, low)
    let rest = try elementwise("mod", [shifted, size]) { .call("mod", $0, []) }
    return range.lowerBound == 0 ? rest : try infix("add", rest, low)
  }
}
