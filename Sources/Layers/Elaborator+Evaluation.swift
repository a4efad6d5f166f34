import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension Elaborator {
  /// What to do about one operation of an expression.
  enum Step {
    case value(Value)
    case expand(Definition, [NodeID])
  }

  /// The value of an expression of `tree`.
  ///
  /// Operands stand before what uses them, so one loop gives each operation its value in turn; a
  /// function of the user's own is a frame on a stack, at whose end the loop goes on with the
  /// caller. A function's value for arguments that it has had before is looked up.
  func evaluate(_ id: ExpressionID, bindings: [String: NodeID] = [:]) -> Value {
    var frame = Frame(tree, id, generation: scope.generation)
    frame.bindings = bindings
    return run(frame)
  }

  /// The value of a function of the user's own.
  func call(_ definition: Definition, _ arguments: [NodeID]) -> Value {
    if let value = known[expansion(definition, arguments)] { return value }
    return run(frame(definition, arguments))
  }

  private func run(_ frame: Frame) -> Value {
    let base = frames.count
    if base == 0 { steps.inExpression = 0 }
    frames.append(frame)
    while true {
      let top = frames.count - 1
      if frames[top].next > frames[top].root {
        let done = frames.removeLast()
        let value = fit(done.values.last ?? .invalid)
        if let expansion = done.expansion { known[expansion] = value }
        if frames.count == base { return value }
        deliver(value)
        continue
      }
      if frames[top].definition != nil, isTooLong() {
        report(.tooManySteps(at: frames[0].currentSpan))
        frames.removeSubrange(base...)
        return .invalid
      }
      switch step(frames[top].next) {
      case .value(let value): deliver(value)
      case .expand(let definition, let arguments):
        if let value = known[expansion(definition, arguments)] {
          deliver(value)
        } else {
          frames.append(self.frame(definition, arguments))
        }
      }
    }
  }

  /// Counts one more operation of a function; whether they are now too many.
  private func isTooLong() -> Bool {
    steps.inExpression += 1
    steps.inAll += 1
    return steps.inExpression > Self.maximumSteps.inExpression
      || steps.inAll > Self.maximumSteps.inAll
  }

  private func deliver(_ value: Value) {
    frames[frames.count - 1].values.append(value)
    frames[frames.count - 1].next += 1
  }

  private func expansion(_ definition: Definition, _ arguments: [NodeID]) -> Expansion {
    Expansion(name: definition.name.text, arguments: arguments, isTraining: isTraining)
  }

  private func frame(_ definition: Definition, _ arguments: [NodeID]) -> Frame {
    var frame = Frame(definition.tree, definition.body, generation: definition.generation)
    frame.definition = definition
    frame.expansion = expansion(definition, arguments)
    for (parameter, argument) in zip(definition.parameters ?? [], arguments) {
      frame.bindings[parameter.text] = argument
    }
    return frame
  }

  /// What the operation at `index` of the innermost frame is worth.
  private func step(_ index: Int) -> Step {
    let frame = frames[frames.count - 1]
    let expression = frame.tree.expressions[index]
    let span = expression.span
    switch expression.kind {
    case .invalid: return .value(.invalid)
    case .number(let value): return .value(.node(graph.constant(value)))
    case .string, .shape:
      return .value(.unfit(.notMathematics(frame.tree.source.text(of: span), at: span)))
    case .name(let name): return lookUp(name, span)
    case .unary(.negate, let operand):
      return .value(tensor(frame, operand).map { .node(negated($0)) } ?? .invalid)
    case .binary(let sign, let left, let right):
      return .value(binary(sign, left, right, span))
    case .call(let call): return self.call(call, span)
    case .index(let subject, let indices): return .value(element(subject, indices, span))
    // The parts of a slice are read by the index that it stands in.
    case .slice: return .value(.invalid)
    case .list(let elements): return .value(list(elements, span))
    }
  }

  /// A value that can stand by itself; reports what cannot.
  private func fit(_ value: Value) -> Value {
    guard case .unfit(let message) = value else { return value }
    report(message)
    return .invalid
  }

  /// The node that an operand is; nil if it is none, which has been reported.
  func tensor(_ frame: Frame, _ id: ExpressionID) -> NodeID? {
    switch frame[id] {
    case .invalid: return nil
    case .node(let node): return node
    case .gradients:
      report(.gradientsInside(at: frame.tree[id].span))
      return nil
    case .unfit(let message):
      report(message)
      return nil
    }
  }

  /// −a, a number where a is one, so that `-1` is a constant.
  private func negated(_ node: NodeID) -> NodeID {
    if let value = graph.constantValue(node) { return graph.constant(-value) }
    return graph.map(.neg, node)
  }
}
