import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCProgram
import NNCSyntax

extension Workbench {
  /// Gives a name, or an element of what a name means, a value.
  mutating func assign(
    _ target: ExpressionID, _ value: ExpressionID, in tree: SyntaxTree
  ) throws -> Outcome {
    let text = tree.source.text(of: tree[target].span)
    let given = try known(value, in: tree)
    if network == nil, case .name(let name) = tree[target].kind {
      return try assignVariable(name, given)
    }
    if case .name(let name) = tree[target].kind, let key = try ruleKey(name) {
      return try set(key, to: given)
    }
    let (place, diagnostics) = scope.target(target, in: tree, graph: &graph)
    guard let place else { throw WorkbenchError.wrong(tree.source, diagnostics) }
    try store(given, at: place, called: text)
    return .assigned(text, given)
  }

  /// A value that an expression has; an error where something in it is unknown.
  mutating func known(_ id: ExpressionID, in tree: SyntaxTree) throws -> Tensor {
    let text = tree.source.text(of: tree[id].span)
    guard case .node(let node) = try elaborated(id, in: tree) else {
      throw WorkbenchError.refused("`\(text)` has several values")
    }
    let result = try evaluation(of: node, expression: text)
    guard let value = result.value else {
      let names = result.unknown.map { "`\($0)`" }.joined(separator: ", ")
      throw WorkbenchError.refused("`\(text)` has no value yet: \(names) not set")
    }
    return value
  }

  private mutating func assignVariable(_ name: String, _ value: Tensor) throws -> Outcome {
    values[name] = value
    scope.setShape(value.shape, of: name)
    return .assigned(name, value)
  }

  private mutating func store(
    _ value: Tensor, at place: AssignmentTarget, called text: String
  ) throws {
    let name = place.symbol.name
    let isWhole = place.extent == place.symbol.shape
    if place.symbol.role == .parameter {
      let field = fields!.place(of: name).1
      let numbers = Array(parameters[field.offset..<(field.offset + field.count)])
      let changed = try replacing(numbers, value, at: place, called: text)
      parameters.replaceSubrange(field.offset..<(field.offset + field.count), with: changed)
    } else if isWhole, place.symbol.role != .free {
      store(try samples(value.values, of: place.symbol.shape, called: name), as: name)
    } else if let port = ports(of: name).first(where: {
      [$0.offset] == place.start && [$0.count] == place.extent
    }) {
      try store(value, as: port, of: name)
    } else if let old = values[name], old.shape == place.symbol.shape {
      let changed = try replacing(old.values, value, at: place, called: text)
      store(Tensor(shape: old.shape, values: changed), as: name)
    } else {
      throw WorkbenchError.refused("set `\(name)` as a whole before a part of it")
    }
  }

  /// The numbers of a leaf with a part replaced; a single number fills the part.
  private func replacing(
    _ numbers: [Double], _ value: Tensor, at place: AssignmentTarget, called text: String
  ) throws -> [Double] {
    let count = place.extent.elementCount
    guard value.shape.isEmpty || value.values.count == count else {
      throw WorkbenchError.refused(
        "`\(text)` has \(count) number\(count == 1 ? "" : "s"), but \(value.values.count) are given"
      )
    }
    var result = numbers
    for part in 0..<count {
      var rest = part
      var flat = 0
      var step = 1
      for axis in place.extent.indices.reversed() {
        flat += (place.start[axis] + rest % place.extent[axis]) * step
        rest /= place.extent[axis]
        step *= place.symbol.shape[axis]
      }
      result[flat] = value.values[value.shape.isEmpty ? 0 : part]
    }
    return result
  }

  /// Numbers as one sample or several of a shape.
  func samples(_ numbers: [Double], of shape: [Int], called name: String) throws -> Tensor {
    let width = shape.elementCount
    guard width > 0, !numbers.isEmpty, numbers.count % width == 0 else {
      throw WorkbenchError.refused(
        "`\(name)` has \(counted(width, "number")) a sample, but \(numbers.count) "
          + "\(numbers.count == 1 ? "is" : "are") given")
    }
    let count = numbers.count / width
    return Tensor(shape: (count > 1 ? [count] : []) + shape, values: numbers)
  }

  /// Sets `x` or `t` to numbers that stand one sample after the other.
  public mutating func set(_ name: String, _ numbers: [Double]) throws {
    guard let network, let shape = name == "x" ? network.inputShape : targetShape else {
      throw WorkbenchError.refused("without a network there is no `\(name)`")
    }
    store(try samples(numbers, of: shape, called: name), as: name)
  }
}
