import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCLayers
import NNCRewriting

// The backward pass: ∂E/∂u = Σ over the uses v of u:  ∂E/∂v · ∂v/∂u.
extension WorksheetBuilder {
  /// Makes the adjoint of every definition that depends on a parameter, and the gradient by every parameter.
  mutating func differentiate() {
    for definition in sheet.forward.reversed() {
      if definition.name != "loss" {
        guard uses[definition.leaf] != nil else { continue }
        adjoin(definition)
      }
      use(definition)
    }
    for given in sheet.given {
      guard case .parameter(isTrained: true) = given.role else { continue }
      let name = free("d_" + given.name)
      let shape = sheet.graph.shape(given.leaf)
      let leaf = leaf(name, shape)
      sheet.ratios[leaf] = .init(of: "loss", by: given.name)
      let node = total(given.leaf)
      sheet.values[leaf] = value(node)
      var definition = Worksheet.Definition(name: name, leaf: leaf, node: node, by: given.name)
      let closed = closed(node)
      if let closed, closed != node { definition.closed = closed }
      sheet.gradients.append(definition)
      sheet.derivations[leaf] = derivation(of: given.leaf, named: given.name, as: leaf, node)
    }
  }

  /// Gives the adjoint of a definition a name, or leaves it to stand in the one formula that it is used in.
  private mutating func adjoin(_ definition: Worksheet.Definition) {
    let node = total(definition.leaf)
    let operands = sheet.graph.leaves(of: definition.node).filter { isActive.contains($0) }
    let shape = sheet.graph.shape(definition.leaf)
    let ratioName = free("d_" + definition.name)
    let ratio = leaf(ratioName, shape)
    sheet.ratios[ratio] = .init(of: "loss", by: definition.name)
    sheet.values[ratio] = value(node)
    sheet.derivations[ratio] = derivation(
      of: definition.leaf, named: definition.name, as: ratio, node)
    if operands.count == 1, size(node) <= 24 {
      adjoints[definition.leaf] = (node, ratio)
      inlined[definition.leaf] = ratio
      return
    }
    // δ_h is the adjoint of net_h, where there is one; that of h is written ∂E/∂h then.
    let isNet = definition.name.hasPrefix("net_")
    let net = "net_" + definition.name
    var (name, leaf) = (ratioName, ratio)
    if isNet || !sheet.forward.contains(where: { $0.name == net }) {
      name = free("delta_" + (isNet ? String(definition.name.dropFirst(4)) : definition.name))
      leaf = self.leaf(name, shape)
      sheet.values[leaf] = sheet.values[ratio]
      sheet.derivations[leaf] = derivation(
        of: definition.leaf, named: definition.name, as: leaf, node)
      sheet.derivations[ratio] = nil
    }
    adjoints[definition.leaf] = (leaf, leaf)
    var adjoint = Worksheet.Definition(
      name: name, leaf: leaf, node: node, by: definition.name)
    let closed = closed(node)
    if let closed {
      closedForms[leaf] = closed
      if closed != node { adjoint.closed = closed }
    }
    sheet.backward.append(adjoint)
  }

  /// Adds what a definition contributes to the adjoints of the names in its formula.
  private mutating func use(_ definition: Worksheet.Definition) {
    let leaves = sheet.graph.leaves(of: definition.node).filter { isActive.contains($0) }
    if leaves.isEmpty { return }
    let adjoint = definition.name == "loss" ? nil : adjoints[definition.leaf]!.shown
    var scratch = Graph()
    var known: [NodeID: NodeID] = [:]
    let root = scratch.copy(definition.node, of: sheet.graph, &known)
    let variables = leaves.map { known[$0]! }
    var seed: NodeID?
    if !sheet.isScalar, let adjoint {
      let symbol = Symbol(
        name: "adjoint of \(definition.name)", shape: sheet.graph.shape(adjoint), role: .free)
      seed = scratch.symbol(symbol)
      known[adjoint] = seed
    }
    let raws = scratch.gradient(of: root, by: variables, seed: seed)
      .map { scratch.withSignsJoined($0) }
    var back: [NodeID: NodeID] = [:]
    for (own, copy) in known { back[copy] = own }
    // The value itself has a name: the slope of a sigmoid is y (1 − y).
    back[root] = definition.leaf
    for (leaf, raw) in zip(leaves, raws) {
      var simplifier = Simplifier(phase: .simplify)
      let simple = simplifier.run(&scratch, [raw])[0]
      if scratch.constantValue(simple) == 0 { continue }
      let local = arranged(sheet.graph.copy(simple, of: scratch, &back))
      let rawCopy = sheet.graph.copy(raw, of: scratch, &back)
      let trace = simplifier.trace.map { step in
        Rewrite(
          rule: step.rule, keeps: step.keeps,
          before: sheet.graph.copy(step.before, of: scratch, &back),
          after: sheet.graph.copy(step.after, of: scratch, &back))
      }
      var product = local
      if sheet.isScalar, let adjoint { product = sheet.graph.map(.mul, adjoint, local) }
      uses[leaf, default: []].append(
        Use(user: definition, raw: rawCopy, local: local, trace: trace, product: product))
    }
  }

  /// The sum of what all uses add to a name's adjoint, simplified.
  private mutating func total(_ leaf: NodeID) -> NodeID {
    let products = (uses[leaf] ?? []).reversed().map(\.product)
    guard var sum = products.first else {
      let zero = sheet.graph.constant(0)
      return sheet.graph.broadcast(zero, to: sheet.graph.shape(leaf), axes: [])
    }
    for product in products.dropFirst() { sum = sheet.graph.map(.add, sum, product) }
    return simplified(sum)
  }

  /// An expression of leaves, simplified apart from the rest and arranged.
  mutating func simplified(_ root: NodeID) -> NodeID {
    var scratch = Graph()
    var known: [NodeID: NodeID] = [:]
    let copy = scratch.copy(root, of: sheet.graph, &known)
    var simplifier = Simplifier(phase: .simplify)
    let simple = simplifier.run(&scratch, [copy])[0]
    var back: [NodeID: NodeID] = [:]
    for (own, copy) in known { back[copy] = own }
    return arranged(sheet.graph.copy(simple, of: scratch, &back))
  }

  /// An expression with the adjoints in it written out; nil where that is too long.
  private mutating func closed(_ root: NodeID) -> NodeID? {
    var known: [NodeID: NodeID] = [:]
    for id in sheet.graph.leaves(of: root) {
      let name = sheet.graph.symbol(id)!.name
      guard name.hasPrefix("delta_"), adjointLeaves.contains(id) else { continue }
      guard let form = closedForms[id] else { return nil }
      known[id] = form
    }
    if known.isEmpty { return size(root) <= Self.closedLimit ? root : nil }
    let source = sheet.graph
    let form = arranged(sheet.graph.copy(root, of: source, &known))
    return treeSize(form) <= Self.closedLimit ? form : nil
  }

  private var adjointLeaves: Set<NodeID> { Set(sheet.backward.map(\.leaf)) }

  /// How many nodes an expression has when it is written out.
  private func treeSize(_ root: NodeID) -> Int {
    var sizes: [NodeID: Int] = [:]
    for id in sheet.graph.subgraph(of: root) {
      let sum = sheet.graph[id].operands.reduce(1) { $0 + sizes[$1]! }
      sizes[id] = min(sum, 1_000_000)
    }
    return sizes[root]!
  }

  /// The new values of the parameters after one step of the update rule.
  mutating func update() {
    guard let training = subject.network.training else { return }
    var parameters: [Parameter] = []
    var stateValues: [String: Double] = [:]
    var tensorValues: [String: [Double]] = [:]
    let trained = sheet.given.filter { $0.role == .parameter(isTrained: true) }
    var rest = trained[...]
    for parameter in subject.network.parameters where !parameter.isFrozen {
      let count = sheet.isScalar ? parameter.count : 1
      for (place, given) in rest.prefix(count).enumerated() {
        var own = parameter
        own.node = given.leaf
        own.name = given.name
        own.shape = sheet.graph.shape(given.leaf)
        parameters.append(own)
        for (name, values) in subject.state where name.hasPrefix(parameter.name + ".") {
          let key = given.name + name.dropFirst(parameter.name.count)
          if sheet.isScalar { stateValues[key] = values[place] } else { tensorValues[key] = values }
        }
      }
      rest = rest.dropFirst(count)
    }
    let assignments = training.step(
      in: &sheet.graph, parameters: parameters, gradients: sheet.gradients.map(\.leaf))
    var leaves: [NodeID: NodeID] = [:]
    for assignment in assignments {
      for id in sheet.graph.leaves(of: assignment.node) where leaves[id] == nil {
        let symbol = sheet.graph.symbol(id)!
        guard symbol.role == .state else { continue }
        let name = free(symbol.name.split(separator: ".").reversed().joined(separator: "_"))
        let leaf = leaf(name, symbol.shape)
        leaves[id] = leaf
        let values =
          stateValues[symbol.name].map { [$0] } ?? tensorValues[symbol.name]
          ?? subject.state[symbol.name] ?? [Double](repeating: 0, count: symbol.shape.elementCount)
        sheet.values[leaf] = values
        sheet.given.append(.init(name: name, leaf: leaf, role: .state, fullName: symbol.name))
      }
    }
    for assignment in assignments {
      var known = leaves
      let source = sheet.graph
      let node = simplified(sheet.graph.copy(assignment.node, of: source, &known))
      let base = assignment.name.split(separator: ".").reversed().joined(separator: "_")
      let name = free(base + "'")
      let leaf = leaf(name, sheet.graph.shape(node))
      sheet.values[leaf] = value(node)
      sheet.updates.append(.init(name: name, leaf: leaf, node: node, by: nil))
    }
  }
}
