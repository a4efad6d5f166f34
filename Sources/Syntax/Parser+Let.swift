import NNCDiagnostics

extension Parser {
  /// `NAME = EXPR` or `NAME(a, …) = EXPR`, after `let`.
  mutating func letStatement() -> Statement.Kind {
    guard let name = expectName("a name", for: "let") else { return .invalid }
    var parameters: [Identifier]?
    if current.kind == .openParenthesis {
      parameters = self.parameters(of: name)
      if parameters == nil { return .invalid }
    }
    guard current.kind == .assign else {
      report(.expectedEquals(self, name, isFunction: parameters != nil))
      skipStatement()
      return .invalid
    }
    advance(spacing: .aligned)
    let value = expression()
    endStatement(after: "`let`")
    guard let parameters else { return .constant(name: name, value: value) }
    return .function(Statement.Function(name: name, parameters: parameters, body: value))
  }

  /// `(a, …)`; nil after a report and to the statement's end.
  mutating func parameters(of function: Identifier) -> [Identifier]? {
    let open = current.span
    var parameters: [Identifier] = []
    bracketDepth += 1
    advance(spacing: .tight)
    while current.kind == .name {
      parameters.append(takeIdentifier())
      guard current.kind == .comma else { break }
      advance(spacing: .tightBefore)
    }
    let isClosed = closesList(open) {
      .expectedParameter($0, hasOne: !parameters.isEmpty)
    }
    guard isClosed else { return nil }
    let place = open.union(current.span)
    advance(spacing: .tightBefore)
    if parameters.isEmpty {
      report(.noParameters(function, place))
    }
    return withoutDuplicates(parameters)
  }

  /// Whether the `)` of a list stands here, which is not passed; else that is reported, and the statement skipped.
  ///
  /// - Parameter expected: what is said of anything else that stands there.
  mutating func closesList(
    _ open: SourceSpan, or expected: (Parser) -> Diagnostic
  ) -> Bool {
    guard current.kind == .closeParenthesis else {
      if isBracketBroken() {
        if current.kind == .endOfFile { endsTooSoon = true }
        report(.unclosedBracket(self, open, outer: 0))
      } else {
        report(expected(self))
      }
      skipStatement()
      return false
    }
    bracketDepth -= 1
    return true
  }

  /// The parameters without those that have stood before, which are reported.
  private mutating func withoutDuplicates(_ parameters: [Identifier]) -> [Identifier] {
    var seen: [String: SourceSpan] = [:]
    return parameters.filter { parameter in
      if let first = seen[parameter.text] {
        report(.duplicateParameter(parameter, first: first))
        return false
      }
      seen[parameter.text] = parameter.span
      return true
    }
  }

  /// A name, which is passed; nil after a report and to the statement's end.
  mutating func expectName(_ what: String, for keyword: String) -> Identifier? {
    guard current.kind == .name else {
      report(.expectedName(self, what, for: keyword))
      skipStatement()
      return nil
    }
    return takeIdentifier()
  }
}
