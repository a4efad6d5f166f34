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
    [FunctionParameter(name: "y"), FunctionParameter(name: "t")]
      + arguments.map { FunctionParameter(name: $0.name, absence: .standard($0.standard)) }
  }
}

/// The names of all functions but the user's own, in alphabetical order.
public let functionNames: [String] =
  (Operation.all.map(\.row).filter(\.isPublic).map(\.name) + tensorFunctions.map(\.name)
  + losses.map(\.name) + DerivativeFunction.allCases.map(\.rawValue)).sorted()

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
      return .value(function.build(self, given, span).map { .node($0) } ?? .invalid)
    }
    if let function = DerivativeFunction(rawValue: name) {
      return .value(derivative(function, call, span))
    }
    if let operation = Operation(name), operation.row.isPublic {
      guard let given = arguments(of: call, for: operation.row.parameters, span) else {
        return .value(.invalid)
      }
      return .value(elementwise(operation, given, span))
    }
    if let loss = Loss(name) {
      guard let given = arguments(of: call, for: loss.parameters, span) else {
        return .value(.invalid)
      }
      return .value(value(of: loss, given, span))
    }
    if network(name) != nil || frames.last?.bindings[name] != nil {
      report(.notAFunction(name, at: call.function.span))
    } else {
      report(unknown(function: call.function))
    }
    return .value(.invalid)
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
