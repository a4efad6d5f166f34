import NNCGraph

// Convolutions, whose operands and results have exactly one axis for each of its roles: where there are several, or none,
// they are brought into one.
extension FunctionWriter {
  mutating func write(
    _ convolution: Convolution, _ product: Product, called name: String?
  ) -> Value {
    let tensor = asReal(value(convolution.sources[0]))
    let factor = asReal(value(convolution.sources[1]))
    let spatial = convolution.windows.indices.map { UInt8(200 + $0) }
    // Spatial axes get labels of their own.
    var next = 0
    let labels = convolution.axes.map { label -> UInt8 in
      if let label { return label }
      next += 1
      return spatial[next - 1]
    }
    let groups = convolution.groups
    let first = arranged(
      tensor, labels,
      [("b", convolution.samples), ("f", groups + convolution.summed)]
        + spatial.enumerated().map { ("\($0)", [$1]) })
    var second = arranged(
      factor, convolution.factor,
      [("o", groups + convolution.features), ("i", convolution.summed)]
        + convolution.windows.enumerated().map { ("\($0)", $1.place.map { [$0] } ?? []) })
    // StableHLO can say it of the windows too, where IREE 3.13 does not heed it in groups and fails to compile some shapes.
    let backwards = convolution.windows.indices.filter { convolution.windows[$0].isReversed }
    second.value = body.reverse(
      second.value, axes: backwards.map { second.roles.firstIndex(of: "\($0)")! })
    var extents: [UInt8: Int] = [:]
    for (label, extent) in zip(labels, tensor.shape) { extents[label] = extent }
    for (label, extent) in zip(convolution.factor, factor.shape) { extents[label] = extent }
    for window in convolution.windows {
      if let position = window.position {
        extents[position] = positions(window.axis, tensor, convolution, window.position!)
      }
    }
    let roles: [(String, [UInt8])] =
      [("b", convolution.samples), ("f", groups + convolution.features)]
      + convolution.windows.enumerated().map { ("\($0)", $1.position.map { [$0] } ?? []) }
    let order = merged(product.output, roles)
    let shape = order.map { role in role.labels.reduce(1) { $0 * extents[$1]! } }
    let window = ConvolutionWindow(
      first: first.roles, second: second.roles, result: order.map(\.role),
      axes: convolution.windows.map(\.axis),
      groups: groups.reduce(1) { $0 * extents[$1]! })
    let flat = order.flatMap(\.labels)
    let whole = flat.map { extents[$0]! }
    let isDone = flat == product.output && whole == shape
    let value = body.convolution(
      first.value, second.value, window, shape: shape, called: isDone ? name : nil)
    let isOrdered = flat == product.output
    let split = body.reshape(value, to: whole, called: isOrdered ? name : nil)
    return body.transpose(
      split, product.output.map { flat.firstIndex(of: $0)! }, called: name)
  }

  /// How many positions a window has along its axis.
  private func positions(
    _ window: WindowAxis, _ tensor: Value, _ convolution: Convolution, _ label: UInt8
  ) -> Int {
    var spatial = 0
    for (axis, own) in convolution.axes.enumerated() where own == nil {
      if convolution.windows[spatial].position == label {
        let extent = tensor.shape[axis]
        let spaced = extent == 0 ? 0 : (extent - 1) * window.spacing + 1
        let reach = (window.size - 1) * window.dilation + 1
        return (window.low + spaced + window.high - reach) / window.stride + 1
      }
      spatial += 1
    }
    return 1
  }

  /// A value with one axis for each role, and the roles in the order of its axes.
  private mutating func arranged(
    _ value: Value, _ labels: [UInt8], _ roles: [(role: String, labels: [UInt8])]
  ) -> (value: Value, roles: [String]) {
    let order = merged(labels, roles)
    let flat = order.flatMap(\.labels)
    let turned = body.transpose(value, flat.map { labels.firstIndex(of: $0)! })
    var extents: [UInt8: Int] = [:]
    for (label, extent) in zip(labels, value.shape) { extents[label] = extent }
    let shape = order.map { role in role.labels.reduce(1) { $0 * extents[$1]! } }
    return (body.reshape(turned, to: shape), order.map(\.role))
  }

  /// The roles in an order in which the labels stand as they do in a list, where the labels of each role stand together
  /// there; else as they are given.
  private func merged(
    _ labels: [UInt8], _ roles: [(role: String, labels: [UInt8])]
  ) -> [(role: String, labels: [UInt8])] {
    let places = roles.map { role in role.labels.map { labels.firstIndex(of: $0)! } }
    let areTogether = places.allSatisfy { own in
      own.indices.dropFirst().allSatisfy { own[$0] == own[$0 - 1] + 1 }
    }
    guard areTogether else { return roles }
    // A role of no label stands where it would among all.
    var order = roles.indices.filter { !places[$0].isEmpty }.sorted {
      places[$0][0] < places[$1][0]
    }
    for role in roles.indices where places[role].isEmpty {
      let before = role == 0 ? nil : order.firstIndex(of: role - 1)
      order.insert(role, at: before.map { $0 + 1 } ?? 0)
    }
    return order.map { roles[$0] }
  }
}
