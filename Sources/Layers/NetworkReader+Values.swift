import NNCDiagnostics
import NNCGraph
import NNCSyntax

// What the user's own expressions and parameters add to a network.
extension NetworkReader {
  /// `[LABEL:] = EXPR`: a function of what flows in, which is its `x`.
  func visit(_ label: Identifier?, _ value: ExpressionID, _ span: SourceSpan) {
    let kind = Given("value", span)
    let head = LayerHead(kind, label: label?.text, isNumbered: isRepeated, span: span)
    let name = Identifier("=", at: tree[value].span)
    let definition = Definition(
      name: name, parameters: [Identifier("x", at: tree[value].span)], tree: tree,
      body: value, generation: scope.generation)
    builder.layer(head) {
      guard let x = builder.inflow(kind) else { return nil }
      return forBoth(tree[value].span) { isTraining in
        guard let result = elaborator.call(definition, [x[isTraining]]).node else { return nil }
        return graph.shape(result).isEmpty ? graph.reshape(result, to: [1]) : result
      }
    }
  }

  /// `param NAME SHAPE key=value…`.
  func declare(
    _ name: Identifier, _ shape: ExpressionID, _ arguments: [Argument], _ span: SourceSpan
  ) {
    guard let extents = self.shape(shape, .parameter) else {
      scope.faulty.insert(name.text)
      return
    }
    var keys: [String: Given<LayerRequest.Value>] = [:]
    var isSound = true
    for argument in arguments {
      guard ParameterRequest.keys.contains(argument.key.text) else {
        report(.unknownKey(argument.key, of: "param", ParameterRequest.keys))
        isSound = false
        continue
      }
      let value = beginning(argument)
      keys[argument.key.text] = Given(value, tree[argument.value].span)
    }
    let request = ParameterRequest(
      name: name.text, shape: extents, keys: keys, span: span, outlet: tree[shape].span)
    if !isSound || !builder.parameter(request) { scope.faulty.insert(name.text) }
  }

  private func beginning(_ argument: Argument) -> LayerRequest.Value {
    if argument.key.text == "value" { return numbers(argument.value) }
    return .word(word(argument.value) ?? tree.source.text(of: tree[argument.value].span))
  }
}
