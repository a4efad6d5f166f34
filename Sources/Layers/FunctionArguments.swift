import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// What a function takes, in order.
struct FunctionParameter: Sendable {
  /// The name, by which it can also be given.
  var name: String
  /// What happens where it is not given.
  var absence: Absence = .error
  /// Whether it is `yes` or `no`, which stand for 1 and 0.
  var isTruth = false

  enum Absence: Sendable {
    case error
    case standard(Double)
    case optional
  }
}

extension [FunctionParameter] {
  /// How a function with these parameters is called: `huber(y, t, delta=1)`; in brackets what may be left out.
  func call(of name: String) -> String {
    let words = map { parameter in
      switch parameter.absence {
      case .error: parameter.name
      case .standard(let value) where parameter.isTruth:
        "\(parameter.name)=\(value == 0 ? "no" : "yes")"
      case .standard(let value): "\(parameter.name)=\(Diagnostic.number(value))"
      case .optional: "[\(parameter.name)]"
      }
    }
    return "\(name)(\(words.joined(separator: ", ")))"
  }
}

/// What a call gives for a parameter: a node and where it stands, or nothing for an optional one.
struct GivenArgument {
  var node: NodeID?
  var span: SourceSpan
  /// The expression that was given; nil for a standard value.
  var expression: ExpressionID?
}

extension Elaborator {
  /// The arguments of a call in the order of the function's parameters; nil where they do not fit,
  /// or where one is not valid.
  func arguments(of call: Expression.Call, for parameters: [FunctionParameter], _ span: SourceSpan)
    -> [GivenArgument]?
  {
    let frame = frames[frames.count - 1]
    var given: [ExpressionID?] = call.arguments.map { $0 }
    let function = call.function.text
    guard given.count <= parameters.count else {
      let surplus = frame.tree[call.arguments[parameters.count]].span
      report(.tooManyArguments(function, parameters, given: given.count, at: surplus))
      return nil
    }
    given += Array(repeating: nil, count: parameters.count - given.count)
    var isSound = true
    for keyword in call.keywords {
      guard let place = parameters.firstIndex(where: { $0.name == keyword.key.text }) else {
        report(.unknownKeyword(keyword.key, of: function, parameters))
        isSound = false
        continue
      }
      if let first = given[place] {
        report(.argumentTwice(keyword.key, first: frame.tree[first].span))
        isSound = false
        continue
      }
      given[place] = keyword.value
    }
    guard isSound else { return nil }
    var result: [GivenArgument] = []
    for (parameter, expression) in zip(parameters, given) {
      if let expression {
        let node = tensor(frame, expression)
        let place = frame.tree[expression].span
        if parameter.isTruth, let node, ![0, 1].contains(graph.constantValue(node)) {
          report(.notTruth(parameter.name, of: function, at: place))
          isSound = false
        }
        isSound = isSound && node != nil
        result.append(GivenArgument(node: node, span: place, expression: expression))
        continue
      }
      switch parameter.absence {
      case .optional: result.append(GivenArgument(node: nil, span: span))
      case .standard(let value):
        result.append(GivenArgument(node: graph.constant(value), span: span))
      case .error:
        report(.missingArgument(parameter.name, of: function, parameters, at: span))
        return nil
      }
    }
    return isSound ? result : nil
  }
}
