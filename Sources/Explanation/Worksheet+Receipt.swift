import NNCDiagnostics
import NNCGraph

extension Worksheet {
  /// Every step of the worksheet as JSON: see `Grammar/receipt.schema.json`.
  public func receipt(_ material: Material = Material()) -> String {
    let printer = GraphPrinter(graph)
    func formula(_ id: NodeID) -> String {
      var printer = printer
      printer.limit = .max
      return printer.formula(of: id).formula
    }
    func number(_ value: Double) -> String {
      if !value.isFinite { return jsonString("\(value)") }
      let text = value.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    func numbers(_ leaf: NodeID) -> String {
      let values = values[leaf] ?? []
      if graph.shape(leaf).isEmpty { return values.first.map(number) ?? "null" }
      return "[\(values.map(number).joined(separator: ","))]"
    }
    func member(_ name: String, _ value: String) -> String { "\(jsonString(name)): \(value)" }
    func shape(_ leaf: NodeID) -> String {
      "[\(graph.shape(leaf).map(String.init).joined(separator: ","))]"
    }
    func inputs(_ definition: Definition) -> String {
      let names = graph.leaves(of: definition.node).map { jsonString(graph.symbol($0)!.name) }
      return "[\(names.joined(separator: ", "))]"
    }
    func steps(_ leaf: NodeID) -> String {
      let lines = (derivations[leaf] ?? []).map { step in
        "{"
          + [
            member("rule", jsonString(step.rule)), member("ground", jsonString(step.ground)),
            member("left", jsonString(formula(step.left))),
            member("right", jsonString(formula(step.right))),
            member("level", "\(step.level)"),
          ].joined(separator: ", ") + "}"
      }
      return lines.isEmpty ? "[]" : "[\n        \(lines.joined(separator: ",\n        "))]"
    }
    func definition(_ pass: String, _ definition: Definition) -> String {
      var members = [
        member("pass", jsonString(pass)), member("name", jsonString(definition.name)),
        member("shape", shape(definition.leaf)),
        member("formula", jsonString(formula(definition.node))),
        member("inputs", inputs(definition)), member("value", numbers(definition.leaf)),
      ]
      if let by = definition.by { members.append(member("derivativeBy", jsonString(by))) }
      if let closed = definition.closed {
        members.append(member("closed", jsonString(formula(closed))))
      }
      if let leaf = derivations[definition.leaf] == nil ? nil : definition.leaf {
        members.append(member("derivation", steps(leaf)))
      }
      return "{\(members.joined(separator: ", "))}"
    }
    func given(_ given: Given) -> String {
      let role: String
      switch given.role {
      case .input: role = "input"
      case .target: role = "target"
      case .parameter(let isTrained): role = isTrained ? "parameter" : "frozen"
      case .state: role = "state"
      }
      return "{"
        + [
          member("name", jsonString(given.name)), member("role", jsonString(role)),
          member("fullName", jsonString(given.fullName)), member("shape", shape(given.leaf)),
          member("value", numbers(given.leaf)),
        ].joined(separator: ", ") + "}"
    }
    let ratios = ratios.sorted { $0.key < $1.key }.map { leaf, ratio in
      "{"
        + [
          member("name", jsonString(graph.symbol(leaf)!.name)), member("of", jsonString(ratio.of)),
          member("by", jsonString(ratio.by)), member("value", numbers(leaf)),
        ].joined(separator: ", ") + "}"
    }
    let passes =
      forward.map { definition("forward", $0) } + backward.map { definition("backward", $0) }
      + gradients.map { definition("gradient", $0) } + updates.map { definition("update", $0) }
    return """
      {
        "schema": "nnc-receipt-1",
        "network": \(jsonString(name)),
        "form": \(jsonString(isScalar ? "elements" : "tensors")),
        "given": [
          \(self.given.map(given).joined(separator: ",\n    "))
        ],
        "derivatives": [
          \(ratios.joined(separator: ",\n    "))
        ],
        "steps": [
          \(passes.joined(separator: ",\n    "))
        ]
      }

      """
  }
}
