import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// What a function takes, in order.
struct FunctionParameter: Sendable {
  /// The name, by which it can also be given.
  var name: String
  /// What happens where it is not given.
  var absence: Absence = .error
  /// What an argument for it is.
  var kind = Kind.tensor

  /// Whether it is `yes` or `no`, which stand for 1 and 0.
  var isTruth: Bool { kind == .truth }

  /// What an argument is.
  enum Kind: Sendable {
    /// Any value.
    case tensor
    /// `yes` or `no`, which stand for 1 and 0.
    case truth
    /// A text in quotes.
    case text
    /// Values of any shapes, all that stand there or the elements of one list.
    case several
    /// Whole numbers that are known now, all that stand there or the elements of one list.
    case wholes
  }

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
      case .error: parameter.takesSeveral ? "\(parameter.name), …" : parameter.name
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
  /// Of what takes several: the values, and where each stands.
  var several: [(node: NodeID, span: SourceSpan)] = []
  /// Of a text: what stands between the quotes.
  var text: String?
  /// Of whole numbers: these.
  var wholes: [Int] = []
}

extension FunctionParameter {
  /// Whether it takes all arguments that are left.
  var takesSeveral: Bool { kind == .several || kind == .wholes }
}

extension Elaborator {
  /// The arguments of a call in the order of the function's parameters; nil where they do not fit,
  /// or where one is not valid.
  func arguments(of call: Expression.Call, for parameters: [FunctionParameter], _ span: SourceSpan)
    -> [GivenArgument]?
  {
    let frame = frames[frames.count - 1]
    let function = call.function.text
    var given: [ExpressionID?] = call.arguments.map { $0 }
    var rest: [ExpressionID] = []
    if let place = parameters.firstIndex(where: \.takesSeveral), given.count > place {
      rest = Array(call.arguments[place...])
      given = given[..<place] + [rest[0]]
    }
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
      if let expression, parameter.takesSeveral || parameter.kind == .text {
        let all = rest.first == expression ? rest : [expression]
        let argument = special(parameter, all, of: function, span)
        isSound = isSound && argument != nil
        result.append(argument ?? GivenArgument(node: nil, span: span))
        continue
      }
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

  /// A text, or several values; nil where they are none, which has been reported.
  private func special(
    _ parameter: FunctionParameter, _ given: [ExpressionID], of function: String,
    _ span: SourceSpan
  ) -> GivenArgument? {
    let tree = frames[frames.count - 1].tree
    var result = GivenArgument(node: nil, span: tree[given[0]].span, expression: given[0])
    if parameter.kind == .text {
      guard case .string(let text) = tree[given[0]].kind else {
        report(.notText(parameter.name, of: function, at: result.span))
        return nil
      }
      result.text = text
      return result
    }
    var all = given
    if given.count == 1, case .list(let elements) = tree[given[0]].kind, !elements.isEmpty {
      all = elements
    }
    for id in all {
      guard let node = tensor(frames[frames.count - 1], id) else { return nil }
      result.several.append((node, tree[id].span))
    }
    if parameter.kind == .several { return result }
    if all.count == 1, let whole = wholes(result.several[0].node) {
      result.wholes = whole
      return result
    }
    for id in all {
      guard let whole = wholeNumber(id) else { return nil }
      result.wholes.append(whole)
    }
    return result
  }

  /// The whole numbers of a list that is known now; nil for anything else.
  func wholes(_ node: NodeID) -> [Int]? {
    guard case .literal(let index) = graph[node].kind, graph.shape(node).count == 1 else {
      return nil
    }
    let wholes = graph.literals[index].compactMap { Int(exactly: $0) }
    return wholes.count == graph.literals[index].count ? wholes : nil
  }
}
