import NNCDiagnostics
import NNCGraph

/// A parameter's further name: that of a layer which shares it.
public struct SharedName: Hashable, Sendable {
  /// The further name, `linear2.weight`.
  public let name: String
  /// The parameter's own, `linear1.weight`.
  public let parameter: String
}

extension NetworkBuilder {
  /// Makes a layer's parameters, by the names in its row; nil where what the layer says of one is wrong, which has been
  /// reported.
  func declare(_ request: LayerRequest, _ layer: String, _ shapes: LayerShapes) -> [String: NodeID]?
  {
    var result: [String: NodeID] = [:]
    let rows = request.row.parameters + request.row.furtherParameters(shapes.settings)
    var wanted = rows.filter { !request.isWithout($0) }
    let frozen = frozen(request, rows)
    var isSound = checkGroups(request)
    for row in wanted {
      guard let given = request.keys[row.name], case .parameter(let name) = given.value else {
        continue
      }
      wanted.removeAll { $0.name == row.name }
      if frozen.stated == row.name {
        report(.sharedFrozen(row.name, name, at: request.keys["frozen"]?.span))
        isSound = false
      }
      let node = share(name, as: row, of: layer, row.shape(shapes), given.span, request)
      result[row.name] = node
      isSound = isSound && node != nil
    }
    for row in wanted {
      let node = declare(row, request, layer, shapes, isFrozen: frozen.names.contains(row.name))
      result[row.name] = node
      isSound = isSound && node != nil
    }
    return isSound ? result : nil
  }

  /// Makes one parameter.
  private func declare(
    _ row: ParameterRow, _ request: LayerRequest, _ layer: String, _ shapes: LayerShapes,
    isFrozen: Bool
  ) -> NodeID? {
    let shape = row.shape(shapes)
    guard let initial = initial(row, request, layer, shape, row.fans(shapes)) else { return nil }
    return declare(
      row.name, row.kind, of: layer, shape, initial, request, isFrozen: isFrozen)
  }

  /// Makes what lies among the parameters; nil where it is too large, which has been reported.
  func declare(
    _ part: String, _ kind: ParameterKind, of layer: String, _ shape: Shape, _ initial: Initial,
    _ request: LayerRequest, isFrozen: Bool
  ) -> NodeID? {
    guard let count = shape.checkedCount, parameterCount + count <= maximumCount else {
      let place = request.outlet ?? request.head.span
      report(.tooManyParameters(at: place, shape, before: parameterCount))
      return nil
    }
    let node = add(
      "\(layer).\(part)", shape, kind, initial, isFrozen: isFrozen, request.head.span)
    enter(node, part, layer, request.head.label)
    return node
  }

  /// Adds a parameter whose count has been checked.
  func add(
    _ name: String, _ shape: Shape, _ kind: ParameterKind, _ initial: Initial, isFrozen: Bool,
    _ span: SourceSpan?
  ) -> NodeID {
    let count = shape.elementCount
    parameterCount += count
    let node = graph.symbol(Symbol(name: name, shape: shape, role: .parameter))
    graph.name(node, name)
    parameters.append(
      Parameter(
        node: node, name: name, shape: shape, kind: kind,
        elements: scope.elements.append(kind, node, count: count), initial: initial,
        isFrozen: isFrozen, span: span))
    if !isFrozen { scope.trained.append((name, node)) }
    return node
  }

  /// Whether nothing is said of parameters that a key takes away; what is said is reported.
  private func checkGroups(_ request: LayerRequest) -> Bool {
    var isSound = true
    for row in request.row.parameters {
      guard let group = row.group, request.isWithout(row), let given = request.keys[row.name] else {
        continue
      }
      report(
        .badValue(
          row.name, of: request.head.kind.value, expected: "nothing beside `\(group)=no`",
          at: given.span))
      isSound = false
    }
    return isSound
  }

  /// Takes an earlier parameter for a layer's own.
  private func share(
    _ name: String, as row: ParameterRow, of layer: String, _ shape: Shape, _ span: SourceSpan?,
    _ request: LayerRequest
  ) -> NodeID? {
    guard let node = scope.parameters[name] else {
      report(.unknownParameter(name, like: nil, at: span))
      return nil
    }
    guard graph.shape(node) == shape else {
      report(
        .sharedShape(
          name, graph.shape(node), as: row.name, of: layer, shape, at: span))
      return nil
    }
    let owner = graph.symbol(node)!.name
    sharedNames.append(SharedName(name: "\(layer).\(row.name)", parameter: owner))
    enter(node, row.name, layer, request.head.label)
    return node
  }

  /// Gives a parameter its names in expressions.
  func enter(_ node: NodeID, _ part: String, _ layer: String, _ label: String?) {
    scope.parameters["\(layer).\(part)"] = node
    if let label { scope.parameters["\(scope.prefix)\(label).\(part)"] = node }
  }

  /// The first values: as the layer states them, else as its initialiser chooses them.
  private func initial(
    _ row: ParameterRow, _ request: LayerRequest, _ layer: String, _ shape: Shape,
    _ fans: (Double, Double)
  ) -> Initial? {
    let initialiser = initialiser(request)
    let given = request.keys[row.name] ?? Given(.word("yes"))
    switch given.value {
    case .invalid: return nil
    case .word("yes"):
      if let standard = row.standard, request.keys["init"] == nil { return standard }
      return initialiser?.initial(row.kind, fans)
    case .number(let value): return .fill(value)
    case .tensor(let values, let actual):
      if actual == shape { return .literal(values) }
      report(
        .literalShape(
          row.name, row.axes, of: layer, expected: shape, actual: actual, at: given.span))
    case .word, .flow, .parameter, .sizes:
      report(
        .badValue(row.name, of: request.head.kind.value, expected: "numbers", at: given.span))
    }
    return nil
  }

  private func initialiser(_ request: LayerRequest) -> Initialiser? {
    initialiser(request.keys["init"])
  }

  /// The way to begin that `init=` names; nil where there is none of that name, which has been reported.
  func initialiser(_ given: Given<LayerRequest.Value>?) -> Initialiser? {
    guard let given else { return initialisers[0] }
    guard case .word(let name) = given.value else { return nil }
    if let row = Initialiser(name) { return row }
    report(.unknownInitialiser(name, at: given.span))
    return nil
  }

  /// Which parameters `frozen=` names, and the one that it names alone; what it cannot be is reported.
  private func frozen(
    _ request: LayerRequest, _ rows: [ParameterRow]
  ) -> (names: [String], stated: String?) {
    let names = rows.map(\.name)
    guard !names.isEmpty, let given = request.keys["frozen"] else { return ([], nil) }
    switch given.value {
    case .word("yes"): return (names, nil)
    case .word("no"), .invalid: return ([], nil)
    case .word(let name) where names.contains(name): return ([name], name)
    default:
      let all = names.map { "`\($0)`" }.joined(separator: ", ")
      let expected = "\(all), `yes` or `no`"
      report(
        .badValue("frozen", of: request.head.kind.value, expected: expected, at: given.span))
      return ([], nil)
    }
  }
}

extension LayerRequest {
  /// Whether a layer goes without a parameter: `bias=no`, `affine=no`.
  func isWithout(_ row: ParameterRow) -> Bool {
    if let group = row.group, isNo(group) { return true }
    if case .word(let name, let words) = self.row.operand, row.group == name,
      case .word(let word) = operand
    {
      return word.value != words[0]
    }
    return row.isOptional && isNo(row.name)
  }

  private func isNo(_ key: String) -> Bool {
    if case .word("no") = keys[key]?.value { true } else { false }
  }
}

extension Initialiser {
  /// The first values of a parameter, by the numbers of inputs and outputs of one unit.
  func initial(_ kind: ParameterKind, _ fans: (Double, Double)) -> Initial {
    switch kind {
    case .weight: weight(fans.0, fans.1)
    case .bias: bias(fans.0, fans.1)
    case .buffer: .fill(0)
    }
  }
}
