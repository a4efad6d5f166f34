import NNCAlgebra
import NNCDiagnostics
import NNCGraph

/// One of a network's inputs, outputs or targets: its part of a sample's row, in which they lie one after the other.
public struct NetworkPort: Hashable, Sendable {
  /// Its name: `x`, `y` or `t` where it is the only one.
  public var name: String
  /// Its shape, for one sample.
  public var shape: [Int]
  /// The place of its first number in the sample's row.
  public var offset: Int
  /// Its value.
  public var node: NodeID
  /// The number below which its numbers are, where they are whole; nil where they may be any.
  public var below: Int?

  /// How many numbers it holds.
  public var count: Int { shape.elementCount }

  /// How its elements are called: `x1 …`, or with a line between where the name itself ends in a digit.
  public var elements: ElementNaming {
    let endsInDigit = name.last.map { $0.isASCII && $0.isNumber } ?? false
    return ElementNaming(stem: endsInDigit ? name + "_" : name)
  }
}

extension NetworkBuilder {
  /// Makes the inputs, each of which begins a flow, before any layer. The numbers of all lie one after the other in the
  /// leaf `x`; where there are several, each has a name and is a part of it.
  ///
  /// - Parameter wanted: the name of each input and its shape for one sample; a single one may go without a name. Where an
  ///   input is whole numbers, the number below which they are; either all inputs are, or none.
  public func inputs(_ wanted: [(name: String?, shape: Given<[Int]>, below: Int?)]) {
    guard let first = wanted.first else { return }
    let counts = wanted.map { $0.shape.value.checkedCount ?? maximumCount }
    let isSingle = wanted.count == 1
    let total = counts.reduce(0, +)
    guard total <= maximumCount else {
      report(.shapeTooLarge([total], at: first.shape.span))
      state = .unknown
      return
    }
    let isWhole = first.below != nil
    if let other = wanted.first(where: { ($0.below != nil) != isWhole }) {
      let (whole, plain) = isWhole ? (first, other) : (other, first)
      report(
        .mixedInputs(whole.name ?? "x", at: whole.shape.span, first: plain.shape.span))
      state = .unknown
      scope.faulty.formUnion(wanted.compactMap(\.name))
      return
    }
    let shape = isSingle ? first.shape.value : [total]
    let x = graph.symbol(Symbol(name: "x", shape: shape, role: .input, isWhole: isWhole))
    if isWhole {
      let most = wanted.map { $0.below ?? 1 }.max() ?? 1
      graph.bound(x, to: Interval(low: 0, high: Double(most - 1)))
    }
    graph.name(x, "x")
    scope.input = x
    var offset = 0
    for (input, count) in zip(wanted, counts) {
      let name = input.name ?? "x"
      let node = isSingle ? x : part(of: x, at: offset, input.shape.value, called: name)
      if let name = input.name {
        taken.insert(name)
        scope.values[name] = Flow(plain: node, training: node)
      }
      inputs.append(
        NetworkPort(
          name: name, shape: input.shape.value, offset: offset, node: node, below: input.below))
      places[name] = input.shape.span
      offset += count
    }
  }

  /// Makes a single input, which flows into the first layer.
  ///
  /// - Parameters:
  ///   - shape: the shape of one sample.
  ///   - name: its name besides `x`.
  ///   - below: where it is whole numbers, the number below which they are.
  ///   - span: where it is stated.
  public func input(
    _ shape: [Int], name: String? = nil, below: Int? = nil, span: SourceSpan? = nil
  ) {
    inputs([(name, Given(shape, span), below)])
    if !inputs.isEmpty { from("x") }
  }

  /// Goes back to an input, or to the output of a layer that is called so: what follows takes it. False where there is
  /// none.
  @discardableResult
  public func from(_ name: String, span: SourceSpan? = nil) -> Bool {
    guard let flow = output(of: name) else { return false }
    let shape = graph.shape(flow.plain)
    let isInput = inputs.contains { $0.node == flow.plain }
    let text = inputs.count > 1 || !isInput ? "`\(name)`" : "the input"
    state = .known(flow, Origin(span: places[name] ?? span, text: "\(text) is \(shape.numbers)"))
    return true
  }

  /// Ends the layers: the network's output is what flows out of the last, or out of those that are named, one after the
  /// other. Hidden values get their names.
  public func finishLayers(outputs names: [String] = [], span: SourceSpan? = nil) {
    var flows: [Flow] = []
    if names.isEmpty, case .known(let flow, _) = state, !layers.isEmpty { flows = [flow] }
    for name in names {
      guard let flow = scope.values[name] else {
        report(.unknownLabel(name, like: nil, at: span))
        state = .unknown
        break
      }
      flows.append(flow)
    }
    guard !flows.isEmpty, flows.count == max(1, names.count) else {
      if case .unknown = state {} else { report(.noLayers(at: span)) }
      scope.faulty.formUnion(["y", "t"])
      return
    }
    let y = flows.count == 1 ? flows[0] : joined(flows)
    scope.output = y
    var offset = 0
    for (place, flow) in flows.enumerated() {
      let shape = graph.shape(flow.plain)
      let name = flows.count == 1 ? "y" : names[place]
      outputs.append(NetworkPort(name: name, shape: shape, offset: offset, node: flow.plain))
      if flows.count > 1 { nameOutput(outputs[place], flow) }
      offset += shape.elementCount
    }
    nameHiddenValues()
    graph.name(y.plain, "y")
    graph.name(y.training, "y")
  }

  /// The number below which the numbers of an input are, or of a view of one; nil of any others.
  func wholeBound(_ id: NodeID) -> Int? {
    var id = id
    while true {
      if let port = inputs.first(where: { $0.node == id }) { return port.below }
      switch graph[id].kind {
      case .broadcast, .permute, .slice, .view, .reshape: id = graph[id].operands[0]
      default: return nil
      }
    }
  }

  /// All outputs as one list of numbers.
  private func joined(_ flows: [Flow]) -> Flow {
    func value(_ isTraining: Bool) -> NodeID {
      let rows = flows.map { flow in
        graph.reshape(flow[isTraining], to: [graph.shape(flow.plain).elementCount])
      }
      return rows.dropFirst().reduce(rows[0]) { graph.concat($0, $1, axis: 0) }
    }
    return Flow(plain: value(false), training: value(true))
  }

  /// Gives one of several outputs its name, and its part of the target the name `t_…`.
  private func nameOutput(_ port: NetworkPort, _ flow: Flow) {
    graph.name(flow.plain, port.name)
    graph.name(flow.training, port.name)
    let name = "t_\(port.name)"
    guard scope.values[name] == nil, scope.definitions[name] == nil, let output = scope.output
    else { return }
    let t = graph.symbol(scope.target(of: graph.shape(output.plain)))
    let node = part(of: t, at: port.offset, port.shape, called: name)
    scope.values[name] = Flow(plain: node, training: node)
  }

  /// A part of a leaf of one axis, under a shape of its own.
  private func part(of leaf: NodeID, at offset: Int, _ shape: Shape, called name: String) -> NodeID
  {
    let row = graph.slice(leaf, from: [offset], shape: [shape.elementCount])
    let node = graph.reshape(row, to: shape)
    graph.name(node, name)
    return node
  }
}

extension [NetworkPort] {
  /// For each number of a sample's row the number below which it is; nil where they may be any.
  public var bounds: [Int]? {
    guard let first, first.below != nil else { return nil }
    return flatMap { port in repeatElement(port.below ?? 1, count: port.count) }
  }
}

extension Network {
  /// The shape of one sample's target: the output's, or that of one class for each of its rows.
  public var targetShape: Shape { scope.target(of: outputShape).shape }

  /// The targets, those of several outputs one after the other: `t`, or `t_NAME` for the output NAME; none where the loss
  /// asks for none.
  public var targets: [NetworkPort] {
    guard let target else { return [] }
    if let classes = scope.targetClasses {
      return [
        NetworkPort(
          name: "t", shape: graph.shape(target), offset: 0, node: target, below: classes)
      ]
    }
    if outputs.count == 1 {
      return [NetworkPort(name: "t", shape: outputs[0].shape, offset: 0, node: target)]
    }
    return outputs.map { port in
      let node = scope.values["t_\(port.name)"]?.plain ?? target
      return NetworkPort(
        name: "t_\(port.name)", shape: port.shape, offset: port.offset, node: node)
    }
  }
}
