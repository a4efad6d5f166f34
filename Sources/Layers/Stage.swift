import NNCGraph

/// A layer's output, for the names of hidden values.
struct Stage {
  /// Whether its layer states a width, so that a new unit of the network begins.
  let begins: Bool
  /// The layer's name, if it has a label.
  let label: String?
  /// The layer's output.
  let flow: Flow
}

extension NetworkBuilder {
  /// Names hidden values as people do: with one hidden layer its activation is `h` and what goes
  /// into its activation function `net_h`, with several `h1`, `h2` …; of the last layer it is
  /// `net_y`. A hidden layer is one that states its width, such as `linear`, and what follows it up to the next; a label wins.
  func nameHiddenValues() {
    let starts = stages.indices.filter { stages[$0].begins }
    let hidden = starts.count - 1
    for (count, start) in starts.enumerated() {
      let isLast = count == hidden
      let end = (isLast ? stages.count : starts[count + 1]) - 1
      let standard = isLast ? "y" : hidden == 1 ? "h" : "h\(count + 1)"
      let base = isLast ? standard : stages[end].label ?? standard
      if end > start { name(stages[start].flow, "net_" + base) }
      name(stages[end].flow, base)
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
