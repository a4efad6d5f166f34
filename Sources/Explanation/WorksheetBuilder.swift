import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCLayers
import NNCRewriting

/// Makes the worksheet of a subject.
struct WorksheetBuilder {
  let subject: Subject
  var sheet: Worksheet
  var numbers = GraphValues<Double>()
  /// The names that are given away.
  var taken: Set<String> = []
  /// What stands in the worksheet for nodes of the network.
  var images: [NodeID: NodeID] = [:]
  /// For each leaf that depends on a trained parameter, or is one, what uses it.
  var uses: [NodeID: [Use]] = [:]
  /// For each definition's leaf what stands for its adjoint in formulas, and the leaf that is written ∂E/∂name.
  var adjoints: [NodeID: (shown: NodeID, leaf: NodeID)] = [:]
  /// The leaves written ∂E/∂name of adjoints that stand in one formula alone, by their definition's leaf.
  var inlined: [NodeID: NodeID] = [:]
  /// Adjoints' formulas without other adjoints in them, by the adjoint's leaf.
  var closedForms: [NodeID: NodeID] = [:]
  /// The leaves that are written ∂user/∂name.
  var partials: [Worksheet.Ratio: NodeID] = [:]
  /// Whether a leaf depends on a trained parameter, or is one.
  var isActive: Set<NodeID> = []

  /// What a definition adds to the adjoint of a name in its formula.
  struct Use {
    /// The definition.
    let user: Worksheet.Definition
    /// ∂user/∂name as the rules of differentiation give it; without meaning for tensors.
    let raw: NodeID
    /// The same simplified.
    let local: NodeID
    /// The rules that simplified it.
    let trace: [Rewrite]
    /// The adjoint of the user times the local derivative.
    let product: NodeID
  }

  /// One firing of a rule of simplification.
  struct Rewrite: Hashable {
    let rule: String
    let keeps: Soundness
    let before: NodeID
    let after: NodeID
  }

  /// The most scalar operations of the forward pass, and the most parameters, that are written element by element.
  static let scalarLimit = (operations: 4000, parameters: 256)
  /// The most nodes of a sum that stands unnamed in a larger formula.
  static let longestSum = 40
  /// The most nodes of an expression that is written without intermediate adjoints.
  static let closedLimit = 60

  init(_ subject: Subject, holdsShiftsFixed: Bool) {
    self.subject = subject
    var source = subject.graph
    var roots = [subject.output] + (subject.loss.map { [$0] } ?? [])
    if holdsShiftsFixed { roots = source.holdingShiftsFixed(roots) }
    let bounded = roots
    roots = Self.leavingOutBounds(roots, of: &source, subject)
    let leavesOutBounds = roots != bounded
    var simplifier = Simplifier(phase: .simplify)
    roots = simplifier.run(&source, roots)
    var isScalar = subject.network.parameterCount <= Self.scalarLimit.parameters
    if isScalar {
      let work = source.operationCounts(of: roots).values.reduce(0, +)
      isScalar = work <= Self.scalarLimit.operations
    }
    sheet = Worksheet(name: subject.network.name, graph: Graph(), isScalar: isScalar)
    sheet.leavesOutBounds = leavesOutBounds
    var outputs = [roots[0]]
    if isScalar {
      // Elements are not simplified further: sums over them stay the sums that they are.
      let elements = source.expanded(roots)
      outputs = elements[0]
      roots = elements.flatMap { $0 }
    }
    give(&source)
    define(roots, outputs: outputs, in: &source)
  }

  /// The whole worksheet; throws where something in it does not hold.
  static func build(_ subject: Subject) throws(ExplanationError) -> Worksheet {
    for holdsShiftsFixed in [true, false] {
      var builder = WorksheetBuilder(subject, holdsShiftsFixed: holdsShiftsFixed)
      builder.evaluate(builder.sheet.forward)
      if subject.loss != nil { builder.differentiate() }
      guard builder.agrees() else { continue }
      if subject.loss != nil { builder.update() }
      try builder.check()
      return builder.sheet
    }
    throw ExplanationError(
      description: "the derivatives of the explanation are not those of the compiled network")
  }

  /// A name like `name` that nothing has yet.
  mutating func free(_ name: String) -> String {
    var name = String(name.map { $0.isLetter || $0.isNumber || $0 == "'" ? $0 : "_" })
    while !taken.insert(name).inserted { name += "_" }
    return name
  }

  /// A new leaf.
  mutating func leaf(_ name: String, _ shape: Shape) -> NodeID {
    sheet.graph.symbol(Symbol(name: name, shape: shape, role: .free))
  }

  /// Works out definitions in their order.
  mutating func evaluate(_ definitions: [Worksheet.Definition]) {
    for definition in definitions {
      sheet.values[definition.leaf] = value(definition.node)
    }
  }

  mutating func value(_ id: NodeID) -> [Double] {
    numbers.value(of: id, in: sheet.graph) { [sheet] in sheet.values[$0] }
  }

  /// Whether two numbers that are worked out in two ways are the same one, beside others of that scale.
  ///
  /// What is equal over the real numbers need not be so where a value on the way is none: then nothing is asked.
  func isSame(_ a: Double, _ b: Double, scale: Double) -> Bool {
    if a == b || a.isNaN && b.isNaN { return true }
    let bound = 1e-9 * max(a.magnitude, b.magnitude, scale)
    if bound.isFinite, (a - b).magnitude <= max(bound, Double.leastNormalMagnitude) { return true }
    return !sheet.values.values.allSatisfy { $0.allSatisfy(\.isFinite) }
      || !a.isFinite || !b.isFinite
  }

  /// Whether the gradients are those of the compiled network.
  private func agrees() -> Bool {
    guard let expected = subject.gradient else { return true }
    let largest = expected.joined().reduce(0) { max($0, $1.magnitude) }
    var rest = sheet.gradients[...]
    for (parameter, values) in zip(subject.network.parameters, expected)
    where !parameter.isFrozen {
      let count = sheet.isScalar ? parameter.count : 1
      let own = rest.prefix(count).flatMap { sheet.values[$0.leaf] ?? [] }
      rest = rest.dropFirst(count)
      let agree = zip(own, values).allSatisfy { isSame($0, $1, scale: largest) }
      if own.count != values.count || !agree { return false }
    }
    return true
  }
}

extension Graph {
  /// Where the greatest element is subtracted for safety alone, as in a softmax, it is held fixed in derivatives.
  fileprivate mutating func holdingShiftsFixed(_ roots: [NodeID]) -> [NodeID] {
    let marks = reachable(from: roots)
    // A maximum, or its repetition, of which all uses are z − max z.
    var shifts: [NodeID: NodeID] = [:]
    var isElsewhere: Set<NodeID> = Set(roots)
    for index in marks.indices where marks[index] {
      let node = nodes[index]
      if case .maximum = node.kind { shifts[NodeID(index)] = node.operands[0] }
      if case .broadcast = node.kind, let z = shifts[node.operands[0]] {
        shifts[NodeID(index)] = z
        continue
      }
      for (place, operand) in node.operands.enumerated() where shifts[operand] != nil {
        let isShift = node.kind == .map(.sub) && place == 1 && node.operands[0] == shifts[operand]
        if !isShift { isElsewhere.insert(operand) }
      }
    }
    return rebuilding(roots) { graph, id, operands in
      let image = graph.remake(id, operands)
      guard shifts[id] != nil, !isElsewhere.contains(id), case .maximum = graph[id].kind else {
        return image
      }
      return graph.map(.detach, image)
    }
  }
}
