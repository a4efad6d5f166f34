import NNCGraph

/// A layer's output, for the names of hidden values.
struct Stage {
  /// Whether its layer states a width, so that a new unit of the network begins.
  let begins: Bool
  /// Whether it takes what the layer before it gives, and not an input or an earlier layer's output.
  let follows: Bool
  /// The layer's name, if it has a label.
  let label: String?
  /// The layer's output.
  var flow: Flow
}

extension NetworkBuilder {
  /// Names hidden values as people do: with one hidden layer its activation is `h` and what goes
  /// into its activation function `net_h`, with several `h1`, `h2` …; of the output's layer it is
  /// `net_y`. A hidden layer is one that states its width, such as `linear`, and what follows it up to the next, or to where
  /// the flow goes back. Where the number of values changes on that way, as by pooling, the activation before is `a` and what
  /// goes into it `net_a`, so that `h1` is made of `net_h1` wherever there is one. A label wins.
  func nameHiddenValues() {
    let starts = stages.indices.filter { stages[$0].begins }
    let units = starts.map { start in
      let next = stages[(start + 1)...].firstIndex { $0.begins || !$0.follows } ?? stages.count
      return (start: start, end: next - 1)
    }
    func isOutput(_ end: Int) -> Bool { stages[end].flow.plain == scope.output?.plain }
    func size(_ stage: Int) -> Int { graph.shape(stages[stage].flow.plain).elementCount }
    let hidden = units.count { !isOutput($0.end) }
    for (count, unit) in units.enumerated() {
      let number = hidden > 1 || hidden == 1 && isOutput(unit.end) ? "\(count + 1)" : ""
      let end = isOutput(unit.end) ? "y" : stages[unit.end].label ?? "h" + number
      let way = unit.start...unit.end
      let activation = way.prefix { size($0) == size(unit.start) }.last!
      let base = activation == unit.end ? end : stages[activation].label ?? "a" + number
      if activation > unit.start { name(stages[unit.start].flow, "net_" + base) }
      name(stages[activation].flow, base)
      name(stages[unit.end].flow, end)
    }
  }

  private func name(_ flow: Flow, _ name: String) {
    // Where another layer has this name for a label, the value goes without.
    if taken.contains(name), scope.values[name]?.plain != flow.plain { return }
    graph.name(flow.plain, name)
    graph.name(flow.training, name)
    if !Elaborator.reserved.contains(name), scope.values[name] == nil,
      scope.definitions[name] == nil
    {
      scope.values[name] = flow
    }
  }
}
