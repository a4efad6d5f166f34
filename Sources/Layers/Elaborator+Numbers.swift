import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// Numbers that are known when a network is read: sizes, keys of `train`, values of parameters.
///
/// They may be calculated by `+ - * / ^`, `sqrt` and `abs`, and from constants of `let`.
enum Numbers {
  /// What has been reported.
  case invalid
  case number(Double)
  case tensor([Double], Shape)
}

extension Elaborator {
  /// The numbers that an expression of the network's text is; operands come before what uses
  /// them, and a constant of `let` is a reading of its own on a stack.
  func numbers(_ id: ExpressionID) -> Numbers {
    var readings = [Reading(tree, id, constant: nil)]
    var constants: [String: Numbers] = [:]
    while true {
      let top = readings.count - 1
      if readings[top].next > readings[top].root {
        let done = readings.removeLast()
        let value = done.values.last ?? .invalid
        if readings.isEmpty { return value }
        constants[done.constant!] = value
        continue
      }
      let tree = readings[top].tree
      let expression = tree.expressions[readings[top].next]
      if case .name(let name) = expression.kind, constants[name] == nil,
        let definition = scope.definitions[name], definition.parameters == nil,
        !scope.faulty.contains(name)
      {
        readings.append(Reading(definition.tree, definition.body, constant: name))
        continue
      }
      let value = numbers(expression, readings[top], constants)
      readings[top].values.append(value)
      readings[top].next += 1
    }
  }

  struct Reading {
    let tree: SyntaxTree
    let first: Int
    let root: Int
    var next: Int
    var values: [Numbers] = []
    let constant: String?

    init(_ tree: SyntaxTree, _ id: ExpressionID, constant: String?) {
      self.tree = tree
      first = Int(tree[id].first.index)
      root = Int(id.index)
      next = first
      self.constant = constant
    }

    subscript(id: ExpressionID) -> Numbers { values[Int(id.index) - first] }
  }

  private func numbers(
    _ expression: NNCSyntax.Expression, _ reading: Reading, _ constants: [String: Numbers]
  ) -> Numbers {
    switch expression.kind {
    case .invalid: return .invalid
    case .number(let value): return .number(value)
    case .name(let name):
      if scope.faulty.contains(name) { return .invalid }
      if let value = constants[name] { return value }
      if scope.definitions[name] == nil, network(name) == nil, !functionNames.contains(name) {
        let like = like(name) {
          scope.definitions.values.filter { $0.parameters == nil }.map(\.name.text)
        }
        report(.unknownName(name, like: like, at: expression.span))
        return .invalid
      }
    case .unary(.negate, let operand):
      return apply(reading[operand], expression.span) { -$0 }
    case .binary(let sign, let left, let right):
      if let result = arithmetic(sign, reading[left], reading[right], expression.span) {
        return result
      }
    case .call(let call) where call.arguments.count == 1 && call.keywords.isEmpty:
      let argument = reading[call.arguments[0]]
      switch call.function.text {
      case "sqrt": return apply(argument, expression.span) { $0.squareRoot() }
      case "abs": return apply(argument, expression.span) { $0.magnitude }
      default: break
      }
    case .list(let elements): return list(elements.map { ($0, reading[$0]) }, expression, reading)
    default: break
    }
    report(.notCalculable(reading.tree.source.text(of: expression.span), at: expression.span))
    return .invalid
  }
}
