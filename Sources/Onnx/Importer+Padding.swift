import NNCDiagnostics

extension Importer {
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
