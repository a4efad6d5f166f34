import NNCAlgebra
import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension OperationRow {
  /// What the operation takes as a function of the language.
  var parameters: [FunctionParameter] {
    arguments.map {
      FunctionParameter(name: $0.name, absence: $0.standard.map { .standard($0) } ?? .error)
    }
  }
}

extension Loss {
  /// What the loss takes as a function of the language.
  var parameters: [FunctionParameter] {
    inputs.map { FunctionParameter(name: $0.name) }
      + arguments.map { argument in
        switch argument.standard {
        case .number(let value): .init(name: argument.name, absence: .standard(value))
        case .truth(let isSet):
          .init(name: argument.name, absence: .standard(isSet ? 1 : 0), kind: .truth)
        case .nothing: .init(name: argument.name, absence: .optional)
        }
      }
  }
}

/// The names of all functions but the user's own, in alphabetical order.
public let functionNames: [String] =
  (Operation.all.map(\.row).filter(\.isPublic).map(\.name) + tensorFunctions.map(\.name)
  + formulaFunctions.map(\.name).filter { Operation($0) == nil } + losses.map(\.name)
  + DerivativeFunction.allCases.map(\.rawValue) + RewritingFunction.allCases.map(\.rawValue))
  .sorted()

/// The names that a `let` may take for its own: those of losses, and of functions that are formulas of others.
let replaceableNames = Set(
  losses.map(\.name) + formulaFunctions.map(\.name).filter { Operation($0) == nil }
    + activationLayers.map(\.name).filter { Operation($0) == nil })

extension Elaborator {
  /// `f(a, b, key=c)`.
  func call(_ call: Expression.Call, _ span: SourceSpan) -> Step {
    let name = call.function.text
    if let definition = scope.definitions[name] { return expand(definition, call, span) }
    if isFaulty(name) { return .value(.invalid) }
    if let function = TensorFunction(name) {
      guard let given = arguments(of: call, for: function.parameters, span) else {
        return .value(.invalid)
      }
      let first = graph.nodes.count
      let result = function.build(self, given, span)
      return .value(result.map { withinStep(.node($0), since: first, name, span) } ?? .invalid)
    }
    if let function = DerivativeFunction(rawValue: name) {
      let first = graph.nodes.count
      return .value(withinStep(derivative(function, call, span), since: first, name, span))
    }
    if let function = RewritingFunction(rawValue: name) {
      let first = graph.nodes.count
      return .value(withinStep(rewriting(function, call, span), since: first, name, span))
    }
    if let function = FormulaFunction(name) {
      guard let given = arguments(of: call, for: function.parameters, span) else {
        return .value(.invalid)
      }
      return .value(value(of: function, given, span))
    }
    if let operation = Operation(name), operation.row.isPublic {
      guard let given = arguments(of: call, for: operation.row.parameters, span) else {
        return .value(.invalid)
      }
      return .value(elementwise(operation, given, span))
    }
    if let loss = Loss(name) { return .value(self.call(of: loss, call, span)) }
    if network(name) != nil || frames.last?.bindings[name] != nil {
      report(.notAFunction(name, at: call.function.span))
    } else {
      report(unknown(function: call.function))
    }
    return .value(.invalid)
  }

  /// A function's value, unless its nodes, those from `first` on, ask a step of a `scan` for what it does not know:
  /// a derivative, or what the other samples have.
  private func withinStep(_ value: Value, since first: Int, _ name: String, _ span: SourceSpan)
    -> Value
  {
    let asksBeyond = (first..<graph.nodes.count).contains { index in
      switch graph.nodes[index].kind {
      case .samples, .derivative: graph.turns(of: NodeID(index)) != nil
      default: false
      }
    }
    if asksBeyond { report(.asksBeyondStep(name, at: span)) }
    return asksBeyond ? .invalid : value
  }

  /// A loss of what is given; of the network's output and target where only its keys are.
  private func call(of loss: Loss, _ call: Expression.Call, _ span: SourceSpan) -> Value {
    let isOfOutput =
      loss.isOfOutput && call.arguments.isEmpty
      && !call.keywords.contains { ["y", "t"].contains($0.key.text) }
    if isOfOutput, !scope.isOpen {
      guard let keys = arguments(of: call, for: Array(loss.parameters.dropFirst(2)), span) else {
        return .invalid
      }
      if let both = outputAndTarget(span) { return value(of: loss, both + keys, span) }
      report(.notYetKnown(loss.name, at: span))
      return .invalid
    }
    guard let given = arguments(of: call, for: loss.parameters, span) else { return .invalid }
    return value(of: loss, given, span)
  }

  /// The message about a function that there is not.
  func unknown(function: Identifier) -> Diagnostic {
    let like = like(function.text) {
      functionNames + scope.definitions.values.filter { $0.parameters != nil }.map(\.name.text)
    }
    return .unknownFunction(function.text, like: like, at: function.span)
  }

  private func expand(_ definition: Definition, _ call: Expression.Call, _ span: SourceSpan)
    -> Step
  {
    guard let names = definition.parameters else {
      report(.notAFunction(definition.name.text, at: call.function.span))
      return .value(.invalid)
    }
    let parameters = names.map { FunctionParameter(name: $0.text) }
    guard let given = arguments(of: call, for: parameters, span),
      !scope.faulty.contains(definition.name.text)
    else { return .value(.invalid) }
    return .expand(definition, given.map { $0.node! })
  }

  /// A scalar operation of the arguments, element by element.
  func elementwise(
    _ operation: Operation, called name: String? = nil, _ given: [GivenArgument],
    _ span: SourceSpan
  ) -> Value {
    if let node = graph.elementwise(operation, given.map { $0.node! }) { return .node(node) }
    let places = given.map { (graph.shape($0.node!), $0.span) }
    report(.shapesDisagree(name ?? operation.name, places, at: span))
    return .invalid
  }
}
