extension SyntaxTree: CustomStringConvertible {
  /// The tree in brackets, a statement a line: `(layer linear (-> 2 3) (bias no))`.
  ///
  /// Two sources with equal trees print alike, however they are spaced.
  public var description: String {
    var lines = ""
    var ends: [Int] = []
    for (index, statement) in statements.enumerated() {
      while let end = ends.last, end <= index { ends.removeLast() }
      lines += String(repeating: "  ", count: min(ends.count, 20))
      lines += description(of: statement) + "\n"
      switch statement.kind {
      case .repeat(_, let body), .residual(_, let body), .scan(_, let body),
        .define(_, _, let body), .rule(_, _, let body):
        ends.append(body.upperBound)
      default: break
      }
    }
    return lines
  }

  /// One statement in brackets; of a block the head and how many statements are in it.
  private func description(of statement: Statement) -> String {
    switch statement.kind {
    case .invalid: return "(invalid)"
    case .network(let name): return "(network \(name.text))"
    case .input(let name, let shape, let below):
      let bound = below.map { " of " + description(of: $0) } ?? ""
      return "(input \(name.map { $0.text + " " } ?? "")\(description(of: shape))\(bound))"
    case .from(let name): return "(from \(name.text))"
    case .output(let names): return "(output \(names.map(\.text).joined(separator: " ")))"
    case .layer(let layer): return description(of: layer)
    case .value(let label, let value):
      return "(layer \(label.map { $0.text + ": " } ?? "")= \(description(of: value)))"
    case .parameter(let name, let shape, let arguments):
      return "(param \(name.text) \(description(of: shape))\(list(arguments)))"
    case .function(let function):
      let head = ([function.name] + function.parameters).map(\.text).joined(separator: " ")
      return "(let (\(head)) \(description(of: function.body)))"
    case .define(let name, let parameters, let body):
      let head = ([name] + parameters).map(\.text).joined(separator: " ")
      return "(define (\(head)) {\(body.count)})"
    case .rule(let name, let keys, let body):
      return "(rule \(name.text)\(list(keys)) {\(body.count)})"
    case .assignment(let name, let value): return "(= \(name.text) \(description(of: value)))"
    case .constant(let name, let value): return "(let \(name.text) \(description(of: value)))"
    case .loss(let loss): return "(loss \(description(of: loss)))"
    case .train(let rule, let arguments): return "(train \(rule.text)\(list(arguments)))"
    case .seed(let seed): return "(seed \(description(of: seed)))"
    case .weights(let file): return "(weights \(description(of: file)))"
    case .repeat(let count, let body): return "(repeat \(description(of: count)) {\(body.count)})"
    case .residual(let via, let body):
      let layer = via.map { "via " + description(of: $0) + " " } ?? ""
      return "(residual \(layer){\(body.count)})"
    case .scan(let carried, let body): return "(scan\(list(carried)) {\(body.count)})"
    }
  }

  private func description(of layer: Statement.Layer) -> String {
    let label = layer.label.map { "\($0.text): " } ?? ""
    let operands = layer.operands.map { operand in
      switch operand {
      case .value(let value): " " + description(of: value)
      case .arrow(nil, let to): " (-> \(description(of: to)))"
      case .arrow(let from?, let to): " (-> \(description(of: from)) \(description(of: to)))"
      }
    }
    return "(layer \(label)\(layer.kind.text)\(operands.joined())\(list(layer.arguments)))"
  }

  private func list(_ arguments: [Argument]) -> String {
    arguments.map { " (\($0.key.text) \(description(of: $0.value)))" }.joined()
  }

  /// One expression, operators first: `(* a (sigmoid x))`.
  public func description(of root: ExpressionID) -> String {
    enum Piece {
      case text(String)
      case node(ExpressionID)
    }
    var text = ""
    var pending: [Piece] = [.node(root)]
    func nodes(_ ids: [ExpressionID]) -> [Piece] { ids.flatMap { [.text(" "), .node($0)] } }
    while let piece = pending.popLast() {
      var pieces: [Piece] = []
      switch piece {
      case .text(let string): text += string
      case .node(let id):
        switch self[id].kind {
        case .invalid: text += "invalid"
        case .number(let value):
          let digits = "\(value)"
          text += digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
        case .string(let string): text += "\"\(string)\""
        case .shape(let sizes): text += sizes.map(String.init).joined(separator: "x")
        case .name(let name): text += name
        case .unary(let symbol, let a): pieces = [.text("(\(symbol.rawValue)")] + nodes([a])
        case .binary(let symbol, let a, let b):
          pieces = [.text("(\(symbol.rawValue)")] + nodes([a, b])
        case .call(let call):
          pieces = [.text("(\(call.function.text)")] + nodes(call.arguments)
          for keyword in call.keywords {
            pieces += [.text(" (\(keyword.key.text) "), .node(keyword.value), .text(")")]
          }
        case .index(let subject, let indices): pieces = [.text("(at")] + nodes([subject] + indices)
        case .slice(let from, let to, let step):
          pieces = [.text("(:")]
          for bound in [from, to] + (step.map { [$0] } ?? []) {
            pieces += bound.map { nodes([$0]) } ?? [.text(" _")]
          }
        case .list(let elements): pieces = [.text("(list")] + nodes(elements)
        }
        if !pieces.isEmpty { pieces.append(.text(")")) }
      }
      pending += pieces.reversed()
    }
    return text
  }
}
