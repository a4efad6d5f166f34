import NNCFormats

// The whole graph: its inputs, its constants, its nodes, its outputs.
extension Importer {
  /// Reads everything; gives the statements whose values are the outputs.
  func readGraph() throws(FileFailure) -> [(name: String, statement: Int)] {
    let graph = model.graph
    var scope = Scope(uses: Self.uses(graph.nodes, graph.outputs.map(\.name)))
    for tensor in graph.constants { scope.values[tensor.name] = ImportValue(Constant(tensor)) }
    for port in choice.ports {
      do throws(ImportProblem) {
        try checkFolded(port.shape)
      } catch {
        throw .wrong("`\(model.name)`: input \(quoted(port.name)) is too large")
      }
      let form = ImportValue.form(of: port.shape)
      if port.shape.contains(where: { $0 < 1 }) {
        throw .wrong("`\(model.name)`: input \(quoted(port.name)) has the shape \(port.shape)")
      }
      let index = add(
        ImportStatement(kind: "input", shape: form, names: [port.name], value: port.name))
      if port.type.isWhole { statements[index].bound = Self.anyWhole }
      shared.insert(index)
      scope.values[port.name] = ImportValue(
        port.type, port.shape, batch: port.isBatched ? 0 : nil, .flow(.flow(index), form))
    }
    scopes = [scope]
    try read(graph.nodes)
    var outputs: [(name: String, statement: Int)] = []
    for port in graph.outputs {
      do throws(ImportProblem) {
        // What a classifier says in words is told by its numbers, too.
        if port.type?.name == "string" {
          remarks.append("output `\(port.name)`, which is text, is left out")
          continue
        }
        let value = try value(port.name)
        if let constant = value.constant, !constant.batched.isEmpty { throw Self.mixing }
        // Each sample has its own part of an output, along the first axis.
        if choice.ports.contains(where: \.isBatched), value.batch != 0,
          value.batch != nil || choice.fixedBatch != nil
        {
          throw .unsupported("its first axis does not hold the samples")
        }
        var place = try statement(value)
        // An output that is an input is what a layer gives that does nothing.
        if statements[place].kind == "input" {
          place = add(
            ImportStatement(
              kind: "=", expression: .flow(place), shape: statements[place].shape,
              value: port.name))
        }
        outputs.append((port.name, place))
      } catch {
        switch error {
        case .unknown: break
        case .file(let failure): throw failure
        case .wrong(let reason), .unsupported(let reason):
          throw .wrong("`\(model.name)`: output \(quoted(port.name)): \(reason)")
        }
      }
    }
    if !unsupported.isEmpty { throw notSupported() }
    recogniseAttention(keeping: Set(outputs.map(\.statement)))
    if outputs.isEmpty { throw .wrong("`\(model.name)` has no output") }
    return outputs
  }

  /// Whole numbers of which no table says how many there may be.
  static let anyWhole = Int.max

  /// All that is not supported, as a table.
  private func notSupported() -> FileFailure {
    var rows = [("operator", "nodes", "first node", "not supported")]
    let sorted = unsupported.sorted { ($0.key.kind, $0.key.reason) < ($1.key.kind, $1.key.reason) }
    for (what, place) in sorted {
      rows.append((what.kind, "\(place.count)", place.node, what.reason))
    }
    let widths = (
      rows.map(\.0.count).max()!, rows.map(\.1.count).max()!, rows.map(\.2.count).max()!
    )
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: width - text.count)
    }
    let table = rows.map {
      "\(padded($0.0, widths.0))  \(padded($0.1, widths.1))  \(padded($0.2, widths.2))  \($0.3)"
    }
    return .wrong(
      "`\(model.name)` holds what is not supported:\n" + table.joined(separator: "\n"))
  }
}
