import NNCGraph

// What the functions' arrays are, as tables of Python.
extension JaxModule {
  /// A type as jax.numpy calls it.
  private func name(_ element: Element) -> String {
    switch element {
    case .f64: "float64"
    case .f32: "float32"
    case .bf16: "bfloat16"
    case .i1: "bool_"
    case .i32: "int32"
    case .i64: "int64"
    }
  }

  var tables: String {
    let settings = module.real == .f64 ? ["jax.config.update(\"jax_enable_x64\", True)", ""] : []
    let results = module.functions.map { function in
      let list = function.results.map { result in
        let replaced = result.replaces.map { module.element(of: function.arguments[$0]) }
        let type = name(replaced ?? module.real.element)
        return "(\(tuple(shape(of: result.node))), jnp.\(type))"
      }
      return "    \"\(function.name)\": [\(list.joined(separator: ", "))],\n"
    }
    let train = module.functions.first { $0.name == "train" }
    let changed = train.map { $0.results.dropFirst().map { "\"\($0.name)\"" } } ?? []
    let lines =
      settings + [
        "BATCH = \(module.batch)", "\"\"\"How many samples a batch has.\"\"\"",
        "SEED = \(module.seed)",
        "PARAMETERS = \(table(parameters))",
        "\"\"\"The shape and the type of each parameter.\"\"\"", "STATE = \(table(state))",
        "\"\"\"The same of what the update rule keeps.\"\"\"", "INPUTS = \(table(inputs))",
        "\"\"\"The same of each input, for one sample.\"\"\"", "OUTPUTS = \(table(outputs))",
        "\"\"\"The same of each output.\"\"\"", "TARGETS = \(table(targets))",
        "\"\"\"The same of each target.\"\"\"",
        "CHANGED = [\(changed.joined(separator: ", "))]",
        "\"\"\"What a step of training changes.\"\"\"",
        "RESULTS = {\n\(results.joined())}",
        "\"\"\"The shapes and types of what each function gives.\"\"\"",
        "INITIAL = {\n\((parameters + state).map(initial).joined())}",
        "\"\"\"How the numbers of each array begin.\"\"\"",
      ]
    return lines.joined(separator: "\n")
  }

  private func shape(of id: NodeID) -> Shape {
    let own = module.graph.shape(id)
    return module.graph[id].isBatched ? [module.batch] + own : own
  }

  private func table(_ fields: [Field]) -> String {
    if fields.isEmpty { return "{}" }
    let rows = fields.map { field -> String in
      let leaf = module.graph.leaf(named: field.name)
      let own = leaf.map(module.element(of:)) ?? module.real.element
      let type = name(field.isWhole ? .i32 : own)
      return "    \"\(field.name)\": (\(tuple(field.shape)), jnp.\(type)),\n"
    }
    return "{\n\(rows.joined())}"
  }

  private func tuple(_ shape: Shape) -> String {
    shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map { "\($0)" }.joined(separator: ", ")))"
  }

  private func initial(_ field: Field) -> String {
    let value =
      switch field.initial {
      case .fill(let number): "\"fill\", \(python(number)), 0"
      case .list(let numbers):
        "\"list\", [\(numbers.map(python).joined(separator: ", "))], 0"
      case .uniform(let bound, let stream): "\"uniform\", \(python(bound)), \(stream)"
      case .normal(let deviation, let stream): "\"normal\", \(python(deviation)), \(stream)"
      case nil: "\"fill\", 0.0, 0"
      }
    return "    \"\(field.name)\": (\(value)),\n"
  }

  private func python(_ number: Double) -> String {
    number.isFinite ? number.description : "float(\"\(number)\")"
  }
}
