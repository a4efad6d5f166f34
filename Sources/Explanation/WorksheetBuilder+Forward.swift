import NNCAlgebra
import NNCGraph
import NNCLayers

// What is given, and the formulas of the forward pass.
extension WorksheetBuilder {
  /// Makes leaves of the input, the target and the parameters: of their elements, or of them as a whole.
  mutating func give(_ source: inout Graph) {
    let network = subject.network
    give(network.input, in: &source, names: [], subject.input, .input)
    if let target = network.target {
      give(target, in: &source, names: [], subject.target, .target)
    }
    var counts: [String: Int] = [:]
    for (index, parameter) in network.parameters.enumerated() {
      let role = Worksheet.Role.parameter(isTrained: !parameter.isFrozen)
      if sheet.isScalar {
        give(
          parameter.node, in: &source, names: subject.elementNames[index],
          subject.parameters[index], role)
      } else {
        // W and b number the linear layers, g the gains of others, s what training assigns.
        let gain = parameter.kind == .buffer ? "s" : "g"
        let kind = parameter.kind == .bias ? "b" : parameter.shape.count > 1 ? "W" : gain
        counts[kind, default: 0] += 1
        let number = kind == "b" ? max(counts["W"] ?? 0, counts["b"]!) : counts[kind]!
        if kind == "b" { counts["b"] = number }
        give(
          parameter.node, in: &source, names: ["\(kind)\(number)"], subject.parameters[index], role)
      }
    }
  }

  private mutating func give(
    _ node: NodeID, in source: inout Graph, names: [String], _ values: [Double],
    _ role: Worksheet.Role
  ) {
    let symbol = source.symbol(node)!
    let shape = symbol.shape
    if !sheet.isScalar || shape.isEmpty {
      let name = free(names.first ?? symbol.name)
      let leaf = leaf(name, shape)
      images[node] = leaf
      sheet.values[leaf] = values
      sheet.given.append(.init(name: name, leaf: leaf, role: role, fullName: symbol.name))
      if case .parameter(true) = role { isActive.insert(leaf) }
      return
    }
    for number in 0..<shape.elementCount {
      let place = shape.place(of: number)
      let name = free(names.isEmpty ? "\(symbol.name)\(number + 1)" : names[number])
      let leaf = leaf(name, [])
      images[source.element(node, at: place)] = leaf
      sheet.values[leaf] = [number < values.count ? values[number] : .nan]
      let index = place.map(String.init).joined(separator: ", ")
      sheet.given.append(
        .init(name: name, leaf: leaf, role: role, fullName: "\(symbol.name)[\(index)]"))
      if case .parameter(true) = role { isActive.insert(leaf) }
    }
  }

  /// Cuts the roots' expression into definitions: at nodes with names, and at larger ones that several others share.
  mutating func define(_ roots: [NodeID], outputs: [NodeID], in source: inout Graph) {
    let counts = source.useCounts(of: roots)
    let loss = subject.loss == nil ? nil : roots.last
    let isOutput = Dictionary(outputs.enumerated().map { ($1, $0) }) { first, _ in first }
    let sums: Set<Node.Kind> = [.map(.add), .map(.sub)]
    let summands = Set(
      counts.indices.filter { counts[$0] > 0 && sums.contains(source.nodes[$0].kind) }
        .flatMap { source.nodes[$0].operands })
    var number = 0
    for index in counts.indices where counts[index] > 0 {
      let id = NodeID(index)
      if images[id] != nil { continue }
      let node = source[id]
      let operands = node.operands.compactMap { images[$0] }
      // What only leads to elements that have leaves of their own has no image and needs none.
      if operands.count < node.operands.count { continue }
      if case .symbol(let symbol) = node.kind {
        if sheet.isScalar, !node.shape.isEmpty { continue }
        images[id] = leaf(source.symbols[symbol].name, node.shape)
        continue
      }
      if case .literal(let literal) = node.kind {
        images[id] = sheet.graph.literal(source.literals[literal], shape: node.shape)
        continue
      }
      let image = sheet.graph.demand(node.kind, operands, shape: node.shape)
      images[id] = image
      var name: String?
      if id == loss {
        name = "loss"
      } else if !node.operands.isEmpty {
        name = source.names[id]
        if name == nil, let place = isOutput[id] {
          name = sheet.isScalar ? "y\(place + 1)" : "y"
        }
        let isLongSum = sheet.isScalar && sums.contains(node.kind) && !summands.contains(id)
        let limit = counts[index] > 1 ? 4 : isLongSum ? Self.longestSum : Int.max
        if name == nil, limit < Int.max, size(image) > limit {
          number += 1
          name = "v\(number)"
        }
      }
      guard let name else { continue }
      let free = free(name)
      let leaf = leaf(free, node.shape)
      sheet.forward.append(.init(name: free, leaf: leaf, node: arranged(image)))
      if sheet.graph.leaves(of: image).contains(where: { isActive.contains($0) }) {
        isActive.insert(leaf)
      }
      images[id] = leaf
    }
  }

  /// How many nodes an expression of leaves has.
  func size(_ id: NodeID) -> Int { sheet.graph.subgraph(of: id).count }

  /// An expression with its products written from the left, numbers first, and a − b for a + −b.
  mutating func arranged(_ root: NodeID) -> NodeID {
    var factors: [NodeID: [NodeID]] = [:]
    var known: [NodeID: NodeID] = [:]
    for id in sheet.graph.subgraph(of: root) {
      let node = sheet.graph[id]
      if node.kind == .map(.mul), node.shape == node.operands.first.map({ sheet.graph.shape($0) }) {
        let all = node.operands.flatMap { factors[$0] ?? [known[$0]!] }
        let isNumber = { [sheet] (id: NodeID) in sheet.graph.constantValue(id) != nil }
        let sorted = all.filter(isNumber) + all.filter { !isNumber($0) }
        factors[id] = sorted
        var product = sorted[0]
        for factor in sorted.dropFirst() { product = sheet.graph.map(.mul, product, factor) }
        known[id] = product
      } else if node.operands.isEmpty {
        known[id] = id
      } else {
        var (kind, operands) = (node.kind, node.operands.map { known[$0]! })
        if kind == .map(.add), let positive = withoutSign(operands[1]) {
          (kind, operands[1]) = (.map(.sub), positive)
        }
        known[id] = sheet.graph.demand(kind, operands, shape: node.shape)
      }
    }
    return known[root]!
  }

  /// b of an expression that is written −b; nil where it begins with no sign.
  private mutating func withoutSign(_ id: NodeID) -> NodeID? {
    let node = sheet.graph[id]
    switch node.kind {
    case .constant:
      return sheet.graph.constantValue(id).flatMap { $0 < 0 ? sheet.graph.constant(-$0) : nil }
    case .map(.neg): return node.operands[0]
    case .map(.mul), .map(.div):
      guard let first = withoutSign(node.operands[0]) else { return nil }
      return sheet.graph.demand(node.kind, [first, node.operands[1]], shape: node.shape)
    default: return nil
    }
  }
}
