import NNCAlgebra
import NNCGraph
import NNCLayers

/// Writes a worksheet's forward pass for PyTorch, which takes the derivatives by itself: an independent check.
struct TorchScript {
  let sheet: Worksheet
  let network: Network

  /// The script; nil where the loss is missing or a formula has no form in PyTorch.
  var text: String? {
    guard let loss = sheet.forward.last, loss.name == "loss" else { return nil }
    var lines = [
      "import torch", "", "torch.set_default_dtype(torch.float64)",
      "torch.set_printoptions(precision=4, sci_mode=False)", "",
    ]
    var parameters: [String] = []
    for given in sheet.given {
      let value = numbers(given.leaf)
      switch given.role {
      case .state: continue
      case .parameter(true):
        parameters.append(identifier(given.name))
        lines.append("\(identifier(given.name)) = torch.tensor(\(value), requires_grad=True)")
      default: lines.append("\(identifier(given.name)) = torch.tensor(\(value))")
      }
    }
    lines += ["", "", "def forward():"]
    let outputs = sheet.forward.filter { $0.name == "y" || isOutput($0.name) }.map(\.name)
    for definition in sheet.forward {
      guard let formula = formula(definition.node) else { return nil }
      let line = "    \(identifier(definition.name)) = "
      lines.append(
        line + (line.count + formula.count > Self.width ? "(\(formula))" : formula))
    }
    let results = (outputs.filter { $0 != "loss" }.map(identifier) + ["loss"])
    lines.append("    return \(results.joined(separator: ", "))")
    lines += ["", ""]
    lines.append("parameters = [\(parameters.joined(separator: ", "))]")
    if let rule = optimizer { lines.append("optimizer = \(rule)") }
    lines += [
      "values = forward()", "loss = values[-1] if isinstance(values, tuple) else values",
      "loss.backward()",
      "for value in values[:-1] if isinstance(values, tuple) else []:",
      "    print(\"output\", value.detach().numpy())", "print(\"loss\", loss.item())",
      "for parameter in parameters:", "    print(\"gradient\", parameter.grad.numpy())",
    ]
    if optimizer != nil {
      if let clip { lines.append(clip) }
      lines += [
        "optimizer.step()", "for parameter in parameters:",
        "    print(\"after\", parameter.detach().numpy())",
      ]
    }
    return lines.map { folded($0) + "\n" }.joined()
  }

  /// The longest line.
  private static let width = 96

  /// A line that is too long on several, broken at blanks between brackets.
  private func folded(_ line: String) -> String {
    guard line.count > Self.width, let bracket = line.firstIndex(where: { "([".contains($0) })
    else { return line }
    let indent = String(line.prefix { $0 == " " }) + "    "
    var result = ""
    let words = line[bracket...].split(separator: " ", omittingEmptySubsequences: false)
    var text = String(line[..<bracket] + words[0])
    for word in words.dropFirst() {
      if text.count + 1 + word.count > Self.width {
        result += text + "\n"
        text = indent + word
      } else {
        text += " " + word
      }
    }
    return result + text
  }

  private func isOutput(_ name: String) -> Bool {
    name.first == "y" && name.dropFirst().allSatisfy(\.isNumber)
  }

  /// torch.optim's class for the rule, with its keys.
  private var optimizer: String? {
    guard let training = network.training else { return nil }
    guard let name = training.rule.torch else { return nil }
    var keys: [String] = []
    for key in training.rule.keys + [commonKeys[0]] {
      let value = training.values[key.name]!
      if let group = training.rule.groups.first(where: { $0.keys.contains(key.name) }) {
        if group.keys[0] != key.name { continue }
        let values = group.keys.map { "\(training.values[$0]!)" }.joined(separator: ", ")
        keys.append("\(group.name)=(\(values))")
      } else if key.domain != .truth {
        keys.append("\(key.name)=\(value)")
      } else if value != key.standard {
        keys.append("\(key.name)=\(value == 0 ? "False" : "True")")
      }
    }
    return "torch.optim.\(name)(parameters, \(keys.joined(separator: ", ")))"
  }

  /// What bounds the gradients before the step.
  private var clip: String? {
    switch network.training?.clip {
    case .norm(let bound): "torch.nn.utils.clip_grad_norm_(parameters, \(bound))"
    case .value(let bound): "torch.nn.utils.clip_grad_value_(parameters, \(bound))"
    case nil: nil
    }
  }

  /// A name of Python's: those that it keeps for itself get a mark.
  private func identifier(_ name: String) -> String {
    ["lambda", "in", "is", "if", "not", "and", "or", "def", "for", "from", "as", "pass", "torch"]
      .contains(name) ? name + "_" : name
  }

  private func numbers(_ leaf: NodeID) -> String {
    var parts = (sheet.values[leaf] ?? []).map { $0.isFinite ? "\($0)" : "float(\"\($0)\")" }
    for extent in sheet.graph.shape(leaf).reversed() {
      parts = stride(from: 0, to: parts.count, by: max(1, extent)).map {
        "[\(parts[$0..<min(parts.count, $0 + extent)].joined(separator: ", "))]"
      }
    }
    return parts.first ?? "[]"
  }

  /// An expression of Python, every operation in parentheses of its own where it needs them.
  private func formula(_ root: NodeID) -> String? {
    var texts: [NodeID: String] = [:]
    for id in sheet.graph.subgraph(of: root) {
      let node = sheet.graph[id]
      let operands = node.operands.map { texts[$0] ?? "" }
      if operands.contains("") { return nil }
      guard let text = expression(node, operands) else { return nil }
      texts[id] = text
    }
    var text = texts[root]!
    if text.hasPrefix("("), closes(text) { text = String(text.dropFirst().dropLast()) }
    return text
  }

  /// Whether the first parenthesis is closed by the last.
  private func closes(_ text: String) -> Bool {
    var depth = 0
    for (place, character) in text.enumerated() {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0 { return place == text.count - 1 }
    }
    return false
  }

  private func expression(_ node: Node, _ a: [String]) -> String? {
    let shapes = node.operands.map { sheet.graph.shape($0) }
    switch node.kind {
    case .constant(let bits):
      let value = Double(bitPattern: bits)
      return value.isFinite ? (value < 0 ? "(\(value))" : "\(value)") : "float(\"\(value)\")"
    case .literal(let index):
      let values = sheet.graph.literals[index].map { "\($0)" }.joined(separator: ", ")
      return "torch.tensor([\(values)]).reshape(\(list(node.shape)))"
    case .symbol(let index): return identifier(sheet.graph.symbols[index].name)
    case .map(let operation): return operation.torch(a)
    case .contract(let contraction):
      func letters(_ labels: [UInt8]) -> String {
        String(String.UnicodeScalarView(labels.map { Unicode.Scalar(UInt8(ascii: "i") + $0) }))
      }
      let inputs = contraction.inputs.map(letters).joined(separator: ",")
      return
        "torch.einsum(\"\(inputs)->\(letters(contraction.output))\", \(a.joined(separator: ", ")))"
    case .maximum(let axes): return "torch.amax(\(a[0]), dim=\(list(axes)))"
    case .broadcast(let axes):
      var shape = node.shape.map { _ in 1 }
      for axis in axes { shape[axis] = node.shape[axis] }
      return "\(a[0]).reshape(\(list(shape))).expand(\(list(node.shape)))"
    case .permute(let axes): return "\(a[0]).permute(\(list(axes)))"
    case .reshape: return "\(a[0]).reshape(\(list(node.shape)))"
    case .slice(let start):
      let parts = zip(start, node.shape).map { "\($0):\($0 + $1)" }.joined(separator: ", ")
      return "\(a[0])[\(parts)]"
    case .view(let view):
      let parts = view.indices.map { index in
        let terms = index.terms.map { term in
          let shape = node.shape.indices.map { $0 == term.axis ? "-1" : "1" }
          let steps = "torch.arange(\(node.shape[term.axis]))"
          return "\(term.step) * \(steps).reshape([\(shape.joined(separator: ", "))])"
        }
        return (["\(index.offset)"] + terms).joined(separator: " + ")
      }
      let shown = "\(a[0])[\(parts.joined(separator: ", "))]"
      return "\(shown).expand(\(list(node.shape)))"
    case .pad(let start, let steps):
      if steps.contains(where: { $0 != 1 }) { return nil }
      let sides = start.indices.reversed().flatMap { axis in
        [start[axis], node.shape[axis] - start[axis] - shapes[0][axis]]
      }
      return "torch.nn.functional.pad(\(a[0]), \(list(sides)))"
    case .concat(let axis): return "torch.cat((\(a[0]), \(a[1])), dim=\(axis))"
    case .oneHot(let count):
      return "torch.nn.functional.one_hot(\(a[0]).long(), \(count)).to(torch.float64)"
    case .samples, .row, .rows, .recurrence, .derivative: return nil
    }
  }

  private func list(_ numbers: [Int]) -> String {
    "[\(numbers.map(String.init).joined(separator: ", "))]"
  }
}

extension Worksheet {
  /// The same step in PyTorch, which takes the derivatives by itself; nil where a formula has no form there.
  public func torchScript(_ network: Network) -> String? {
    TorchScript(sheet: self, network: network).text
  }
}
