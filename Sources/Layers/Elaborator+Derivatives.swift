import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// The functions that take derivatives.
enum DerivativeFunction: String, CaseIterable {
  case diff, grad, jacobian, hessian, jvp, vjp, hvp

  /// What it gives, in a few words.
  var summary: String {
    switch self {
    case .diff: "∂e/∂v, of the shape of e followed by that of v; n times where n is given"
    case .jacobian: "∂e/∂v, as diff(e, v)"
    case .grad: "the derivatives of a number by every parameter that is trained"
    case .hessian: "∂²e/∂v∂v of a number"
    case .jvp: "how e changes as v changes along d"
    case .vjp: "the gradient by v of the dot product of c and e"
    case .hvp: "the Hessian of a number by v, times d"
    }
  }

  var parameters: [FunctionParameter] {
    let names: [String] =
      switch self {
      case .grad: ["e"]
      case .diff, .jacobian, .hessian: ["e", "v"]
      case .jvp, .hvp: ["e", "v", "d"]
      case .vjp: ["e", "v", "c"]
      }
    var parameters = names.map { FunctionParameter(name: $0) }
    if self == .diff { parameters.append(.init(name: "n", absence: .standard(1))) }
    return parameters
  }

  /// The most derivatives that are taken one of another.
  static let mostOrders = 16
}

extension Elaborator {
  /// A derivative, as a node that stands for it until it is taken.
  func derivative(
    _ function: DerivativeFunction, _ call: Expression.Call, _ span: SourceSpan
  ) -> Value {
    guard let given = arguments(of: call, for: function.parameters, span) else { return .invalid }
    let e = given[0].node!
    if isThroughBatch(function, given) {
      report(.derivativeThroughBatch(at: given[0].span))
      return .invalid
    }
    let shape = graph.shape(e)
    if [.grad, .hessian, .hvp].contains(function), !shape.isEmpty {
      guard shape.elementCount == 1 else {
        report(.derivativeOfTensor(function, shape, at: given[0].span))
        return .invalid
      }
    }
    let scalar = shape.elementCount == 1 ? graph.reshape(e, to: []) : e
    // `grad` alone is by no variable.
    guard given.count > 1, let v = given[1].node else { return gradients(of: scalar, span) }
    guard isVariable(given[1]) else {
      report(.notAVariable(at: given[1].span))
      return .invalid
    }
    let variable = graph.shape(v)
    switch function {
    case .grad: return gradients(of: scalar, span)
    case .diff:
      guard let order = whole(given[2], 0...DerivativeFunction.mostOrders) else { return .invalid }
      return derivative(of: e, by: v, order, span)
    case .jacobian: return derivative(.diff, [e, v], shape + variable, span)
    case .hessian: return derivative(.hessian, [scalar, v], variable + variable, span)
    case .jvp, .hvp, .vjp:
      let expected = function == .vjp ? shape : variable
      let actual = graph.shape(given[2].node!)
      guard actual == expected else {
        report(
          .directionShape(
            call.function.text, expected, actual, isOfValue: function == .vjp,
            at: given[2].span, given[function == .vjp ? 0 : 1].span))
        return .invalid
      }
      let operands = [function == .hvp ? scalar : e, v, given[2].node!]
      let kind: Derivative = function == .jvp ? .jvp : function == .vjp ? .vjp : .hvp
      return derivative(kind, operands, function == .jvp ? shape : variable, span)
    }
  }

  /// Whether a derivative would be one of a sample's value through a sum over the batch: such a value has a derivative by
  /// what each other sample has, too.
  private func isThroughBatch(_ function: DerivativeFunction, _ given: [GivenArgument]) -> Bool {
    func differs(_ argument: GivenArgument) -> Bool { graph[argument.node!].isBatched }
    let isOfSample =
      switch function {
      case .diff, .grad, .jacobian: differs(given[0])
      case .vjp: differs(given[0]) || differs(given[2])
      case .hessian, .jvp, .hvp: given.contains(where: differs)
      }
    return isOfSample && graph.dependsOnBatch([given[0].node!])
  }

  /// ∂ⁿe/∂vⁿ.
  func derivative(of e: NodeID, by v: NodeID, _ order: Int, _ span: SourceSpan) -> Value {
    var result = e
    for _ in 0..<order {
      let shape = graph.shape(result) + graph.shape(v)
      guard let next = derivative(.diff, [result, v], shape, span).node else { return .invalid }
      result = next
    }
    return .node(result)
  }

  func derivative(
    _ kind: Derivative, _ operands: [NodeID], _ shape: Shape, _ span: SourceSpan
  ) -> Value {
    guard shape.checkedCount != nil else {
      report(.tensorTooLarge(shape, at: span))
      return .invalid
    }
    return .node(graph.demand(.derivative(kind), operands, shape: shape))
  }

  /// Whether a derivative can be taken by an argument: a name or an element of one, and no number.
  func isVariable(_ given: GivenArgument) -> Bool {
    guard let node = given.node, let expression = given.expression else { return false }
    switch graph[node].kind {
    case .constant, .literal: return false
    default: break
    }
    var id = expression
    let tree = frames[frames.count - 1].tree
    while case .index(let subject, _) = tree[id].kind { id = subject }
    if case .name = tree[id].kind { return true }
    return false
  }

  /// ∂e/∂p for each parameter p that is trained; without a network for each variable in e.
  private func gradients(of e: NodeID, _ span: SourceSpan) -> Value {
    var variables = scope.trained
    if scope.isOpen {
      let marks = graph.reachable(from: [e])
      for index in marks.indices where marks[index] {
        guard let symbol = graph.symbol(NodeID(index)) else { continue }
        variables.append((symbol.name, NodeID(index)))
      }
    }
    if variables.isEmpty {
      report(.nothingToDifferentiateBy(isOpen: scope.isOpen, at: span))
      return .invalid
    }
    return .gradients(
      variables.map { name, node in
        let shape = graph.shape(node)
        let derivative = graph.demand(.derivative(.diff), [e, node], shape: shape)
        return NamedNode(name: name, node: derivative)
      })
  }
}
