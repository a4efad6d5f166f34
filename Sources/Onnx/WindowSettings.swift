/// How windows slide, as the settings of a node say.
struct WindowSettings {
  var kernel: [Int]
  var strides: [Int]
  var dilations: [Int]
  var sides: [(before: Int, after: Int)]
  var isSame = false

  init(_ node: NodeReading, kernel: [Int], over extents: [Int]) throws(ImportProblem) {
    self.kernel = kernel
    let count = kernel.count
    strides = node.wholes("strides") ?? Array(repeating: 1, count: count)
    dilations = node.wholes("dilations") ?? Array(repeating: 1, count: count)
    let pads = node.wholes("pads") ?? Array(repeating: 0, count: 2 * count)
    guard strides.count == count, dilations.count == count, pads.count == 2 * count,
      extents.count == count, (strides + dilations + kernel).allSatisfy({ $0 > 0 && $0 < 1 << 30 }),
      pads.allSatisfy({ $0 < 1 << 30 })
    else { throw .wrong("windows \(kernel) over \(extents)") }
    guard pads.allSatisfy({ $0 >= 0 }) else { throw .unsupported("negative `pads`") }
    sides = (0..<count).map { (pads[$0], pads[$0 + count]) }
    switch node.text("auto_pad", "NOTSET") {
    case "NOTSET": break
    case "VALID": sides = sides.map { _ in (0, 0) }
    case "SAME_UPPER", "SAME_LOWER":
      let isLower = node.text("auto_pad", "") == "SAME_LOWER"
      for axis in sides.indices {
        let positions = (extents[axis] + strides[axis] - 1) / strides[axis]
        let reach = dilations[axis] * (kernel[axis] - 1) + 1
        let total = Swift.max(0, (positions - 1) * strides[axis] + reach - extents[axis])
        let (less, more) = (total / 2, total - total / 2)
        sides[axis] = isLower ? (more, less) : (less, more)
      }
      isSame = !isLower
    default: throw .unsupported("`auto_pad` \(node.text("auto_pad", ""))")
    }
  }

  func positions(_ axis: Int, of extent: Int) -> Int {
    let reach = dilations[axis] * (kernel[axis] - 1) + 1
    let room = extent + sides[axis].before + sides[axis].after
    return room < reach ? 0 : (room - reach) / strides[axis] + 1
  }

  /// The keys that say it, but for the size.
  func keys(_ importer: Importer, standardStride: [Int]) -> [(String, String)] {
    var keys: [(String, String)] = []
    if strides != standardStride { keys.append(("stride", importer.sizes(strides))) }
    if isSame, sides.contains(where: { $0 != (0, 0) }) {
      keys.append(("pad", "same"))
    } else if sides.contains(where: { $0 != (0, 0) }) {
      keys.append(("pad", importer.sizes(sides)))
    }
    if dilations.contains(where: { $0 != 1 }) {
      keys.append(("dilation", importer.sizes(dilations)))
    }
    return keys
  }
}
