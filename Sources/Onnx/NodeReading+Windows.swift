// What operators that slide a window read.
extension NodeReading {
  /// The image that flows in: one sample, channels, places.
  private func image() throws(ImportProblem) -> ImportValue {
    let x = try input(0)
    guard x.shape.count >= 3 else { throw .wrong("\(x.shape) is no image") }
    guard x.shape[0] == 1 else { throw .unsupported("\(x.shape[0]) samples at once") }
    if let batch = x.batch, batch > 0 { throw Importer.mixing }
    if x.constant != nil { throw .unsupported("of constants") }
    return x
  }

  /// The weight and the bias of a convolution.
  private func weights(
    _ weight: Constant, outputs: Int
  ) throws(ImportProblem) -> [ImportWeight] {
    var weights = [ImportWeight(name: "weight", shape: weight.shape, constant: weight)]
    if optional(2) != nil {
      let bias = try constant(2, "a bias")
      guard bias.count == outputs else { throw .wrong("a bias of \(bias.count) numbers") }
      weights.append(ImportWeight(name: "bias", shape: [outputs], constant: bias))
    }
    return weights
  }

  func convolution() throws(ImportProblem) -> ImportValue {
    let x = try image()
    let weight = try constant(1, "a weight")
    let group = whole("group", 1)
    let extents = Array(x.shape.dropFirst(2))
    guard weight.shape.count == x.shape.count, group > 0, weight.shape[1] * group == x.shape[1],
      weight.shape[0] % group == 0
    else { throw .wrong("a weight of \(weight.shape) for \(x.shape)") }
    let outputs = weight.shape[0]
    let windows = try WindowSettings(self, kernel: Array(weight.shape.dropFirst(2)), over: extents)
    let positions = extents.indices.map { windows.positions($0, of: extents[$0]) }
    guard positions.allSatisfy({ $0 > 0 }) else { throw .wrong("windows larger than \(extents)") }
    let own = windows.keys(importer, standardStride: windows.kernel.map { _ in 1 })
    let isDeep = group > 1 && group == x.shape[1]
    var keys = [("kernel", importer.sizes(windows.kernel))] + own
    if isDeep, outputs > group { keys.append(("multiplier", "\(outputs / group)")) }
    if !isDeep, group > 1 { keys.append(("groups", "\(group)")) }
    let weights = try weights(weight, outputs: outputs)
    if weights.count == 1 { keys.append(("bias", "no")) }
    return try importer.layer(
      isDeep ? "depthwise" : "conv", isDeep ? "" : "\(x.shape[1])->\(outputs)", keys: keys, of: x,
      weights: weights, names: names(weight), to: [1, outputs] + positions, batch: x.batch)
  }

  func transposed() throws(ImportProblem) -> ImportValue {
    let x = try image()
    let weight = try constant(1, "a weight")
    let group = whole("group", 1)
    let extents = Array(x.shape.dropFirst(2))
    guard weight.shape.count == x.shape.count, group > 0, weight.shape[0] == x.shape[1],
      x.shape[1] % group == 0
    else { throw .wrong("a weight of \(weight.shape) for \(x.shape)") }
    let outputs = weight.shape[1] * group
    let kernel = Array(weight.shape.dropFirst(2))
    let count = kernel.count
    let strides = wholes("strides") ?? Array(repeating: 1, count: count)
    let dilations = wholes("dilations") ?? Array(repeating: 1, count: count)
    let further = wholes("output_padding") ?? Array(repeating: 0, count: count)
    var pads = wholes("pads") ?? Array(repeating: 0, count: 2 * count)
    guard strides.count == count, dilations.count == count, further.count == count,
      pads.count == 2 * count, (strides + dilations).allSatisfy({ $0 > 0 && $0 < 1 << 30 }),
      (further + pads).allSatisfy({ $0 >= 0 && $0 < 1 << 30 })
    else { throw .wrong("windows \(kernel) over \(extents)") }
    let full = (0..<count).map { (axis: Int) -> Int in
      let reach = dilations[axis] * (kernel[axis] - 1) + 1
      return (extents[axis] - 1) * strides[axis] + further[axis] + reach
    }
    let rule = text("auto_pad", "NOTSET")
    var wanted = wholes("output_shape").map { Array($0.suffix(count)) }
    if wanted == nil, rule.hasPrefix("SAME") {
      wanted = (0..<count).map { extents[$0] * strides[$0] }
    }
    if let wanted {
      guard wanted.count == count else { throw .wrong("`output_shape`") }
      for axis in 0..<count {
        let total = full[axis] - wanted[axis]
        guard total >= 0 else { throw .unsupported("an output beyond its windows") }
        let (less, more) = (total / 2, total - total / 2)
        (pads[axis], pads[axis + count]) = rule == "SAME_UPPER" ? (less, more) : (more, less)
      }
    }
    let isEven = (0..<count).allSatisfy { pads[$0] == pads[$0 + count] }
    let uncut = (0..<count).map { (axis: Int) -> Int in
      full[axis] - (isEven ? 2 * pads[axis] : 0)
    }
    guard uncut.allSatisfy({ $0 > 0 }) else { throw .wrong("pads beyond the output") }
    var keys = [("kernel", importer.sizes(kernel))]
    if strides.contains(where: { $0 != 1 }) { keys.append(("stride", importer.sizes(strides))) }
    if isEven, pads.contains(where: { $0 != 0 }) {
      keys.append(("pad", importer.sizes(Array(pads.prefix(count)))))
    }
    if further.contains(where: { $0 != 0 }) {
      keys.append(("output_pad", importer.sizes(further)))
      guard zip(further, zip(strides, dilations)).allSatisfy({ $0 < Swift.max($1.0, $1.1) }) else {
        throw .unsupported("`output_padding` as large as a step")
      }
    }
    if dilations.contains(where: { $0 != 1 }) {
      keys.append(("dilation", importer.sizes(dilations)))
    }
    if group > 1 { keys.append(("groups", "\(group)")) }
    let weights = try weights(weight, outputs: outputs)
    if weights.count == 1 { keys.append(("bias", "no")) }
    var result = try importer.layer(
      "deconv", "\(x.shape[1])->\(outputs)", keys: keys, of: x, weights: weights,
      names: names(weight), to: [1, outputs] + uncut, batch: x.batch)
    if isEven { return result }
    for axis in 0..<count {
      let end = uncut[axis] - pads[axis + count]
      guard pads[axis] < end else { throw .wrong("pads beyond the output") }
      result = try importer.slice(result, axis: axis + 2, pads[axis]..<end)
    }
    return result
  }

  func pool(_ kind: String) throws(ImportProblem) -> ImportValue {
    let x = try image()
    let extents = Array(x.shape.dropFirst(2))
    guard let kernel = wholes("kernel_shape") else { throw .wrong("no `kernel_shape`") }
    let windows = try WindowSettings(self, kernel: kernel, over: extents)
    if kind == "avgpool", windows.dilations.contains(where: { $0 != 1 }) {
      throw .unsupported("`dilations`")
    }
    if zip(windows.sides, kernel).contains(where: { Swift.max($0.before, $0.after) > $1 / 2 }) {
      throw .unsupported("more padding than half of a window")
    }
    var positions = extents.indices.map { windows.positions($0, of: extents[$0]) }
    let isUp = whole("ceil_mode", 0) != 0
    if isUp {
      for axis in positions.indices {
        let reach = windows.dilations[axis] * (kernel[axis] - 1) + 1
        let room = extents[axis] + windows.sides[axis].before + windows.sides[axis].after
        let rest = room - reach
        let up = (rest + windows.strides[axis] - 1) / windows.strides[axis] + 1
        // A window that begins beyond the image and its padding before it is none.
        let begins = (up - 1) * windows.strides[axis]
        positions[axis] = begins >= extents[axis] + windows.sides[axis].before ? up - 1 : up
      }
    }
    guard positions.allSatisfy({ $0 > 0 }) else { throw .wrong("windows larger than \(extents)") }
    var keys = windows.keys(importer, standardStride: kernel)
    if isUp { keys.append(("ceil", "yes")) }
    let isPadded = windows.sides.contains { $0 != (0, 0) } || isUp
    if kind == "avgpool", isPadded, whole("count_include_pad", 0) == 0 {
      keys.append(("count_pad", "no"))
    }
    return try importer.layer(
      kind, importer.sizes(kernel), keys: keys, of: x, to: [1, x.shape[1]] + positions,
      batch: x.batch)
  }

  func global(_ kind: String) throws(ImportProblem) -> ImportValue {
    let x = try image()
    let shape = [1, x.shape[1]] + x.shape.dropFirst(2).map { _ in 1 }
    return try importer.layer(kind, of: x, to: shape, output: [x.shape[1]], batch: x.batch)
  }

  func resized() throws(ImportProblem) -> ImportValue {
    let x = try image()
    let extents = Array(x.shape.dropFirst(2))
    let isOld = node.kind == "Upsample" || version < 11
    if whole("antialias", 0) != 0 { throw .unsupported("`antialias`") }
    if whole("exclude_outside", 0) != 0 { throw .unsupported("`exclude_outside`") }
    if text("keep_aspect_ratio_policy", "stretch") != "stretch" {
      throw .unsupported("`keep_aspect_ratio_policy`")
    }
    let axes = try (wholes("axes") ?? Array(x.shape.indices)).map { (axis) throws(ImportProblem) in
      try x.axis(axis)
    }
    var factors = x.shape.map { _ in 1.0 }
    let scalesPlace = isOld ? 1 : 2
    if let scales = reals("scales") {
      factors = scales
    } else if let scales = optional(scalesPlace), scales.count > 0 {
      for (place, scale) in try constant(scalesPlace, "scales").numbers().enumerated() {
        if place < axes.count { factors[axes[place]] = scale }
      }
    } else if optional(3) != nil {
      for (place, size) in try constant(3, "sizes").wholes().enumerated() where place < axes.count {
        if axes[place] == x.batch { continue }
        factors[axes[place]] = Double(size) / Double(x.shape[axes[place]])
      }
    }
    let wholes = factors.map { Int(exactly: $0) ?? 0 }
    guard factors.count == x.shape.count, wholes.allSatisfy({ $0 >= 1 && $0 < 1 << 16 }),
      wholes[0] == 1,
      wholes[1] == 1
    else { throw .unsupported("scales that are no whole numbers, or not of places alone") }
    let own = Array(wholes.dropFirst(2))
    let mode = text("mode", "nearest")
    let rule = text("coordinate_transformation_mode", isOld ? "asymmetric" : "half_pixel")
    var keys: [(String, String)] = []
    switch mode {
    case "nearest":
      // With whole factors these are the same: the element in which a place lies.
      let rounding = text("nearest_mode", isOld ? "floor" : "round_prefer_floor")
      let isOwn =
        rule == "asymmetric" && rounding == "floor"
        || ["half_pixel", "pytorch_half_pixel", "half_pixel_symmetric"].contains(rule)
          && ["round_prefer_floor", "round_prefer_ceil"].contains(rounding)
      if !isOwn { throw .unsupported("nearest by \(rule) and \(rounding)") }
    case "linear", "bilinear":
      guard
        ["half_pixel", "pytorch_half_pixel", "half_pixel_symmetric", "align_corners"].contains(rule)
      else { throw .unsupported("linear by \(rule)") }
      keys.append(("mode", "bilinear"))
      if rule == "align_corners" { keys.append(("align_corners", "yes")) }
    default: throw .unsupported("`mode` \(mode)")
    }
    if own.allSatisfy({ $0 == 1 }) { return x }
    return try importer.layer(
      "upsample", importer.sizes(own), keys: keys, of: x,
      to: [1, x.shape[1]] + zip(extents, own).map { $0 * $1 }, batch: x.batch)
  }
}
