import NNCDiagnostics
import NNCSyntax

/// A block of layers that `define` names.
struct DefinedBlock {
  /// Its name, where it is defined.
  let name: Identifier
  /// Its parameters, which are constants in its body.
  let parameters: [Identifier]
  /// The body's indices.
  let body: Range<Int>

  /// A use of it that is under way.
  struct Use {
    /// The block.
    let block: DefinedBlock
    /// What it is called here.
    let name: String
    /// Its label.
    let label: String?
    /// What the names of its parameters meant before.
    let outer: [String: Definition]
    /// The index of the statement to go on with.
    let next: Int
  }
}

extension NetworkReader {
  /// Whether what stands here is made several times under one name.
  var isRepeated: Bool {
    for block in blocks.reversed() {
      switch block.kind {
      case .repeat: return true
      // Its layers have names of their own.
      case .defined: return false
      case .residual, .scan: continue
      }
    }
    return false
  }

  /// The blocks that `define` names; a name means one thing.
  func collectDefines() {
    for statement in tree.statements {
      guard case .define(let name, let parameters, let body) = statement.kind else { continue }
      if Elaborator.reserved.contains(name.text) {
        report(.reservedName(name))
      } else if layerKinds.contains(name.text) {
        report(.definedAlready(name, "a layer"))
      } else if let first = defines[name.text]?.name ?? scope.definitions[name.text]?.name {
        report(.definedTwice(name, first: first.span))
      } else {
        defines[name.text] = DefinedBlock(name: name, parameters: parameters, body: body)
      }
    }
  }

  /// Begins a use of a block, `NAME(32, 2)`; gives the index to go on with.
  func open(
    _ block: DefinedBlock, _ layer: Statement.Layer, _ statement: Statement, _ index: Int
  ) -> Int {
    let isOpen = blocks.contains {
      if case .defined(let use) = $0.kind { use.block.name == block.name } else { false }
    }
    guard !isOpen else {
      report(.blockInItself(layer.kind, definition: block.name.span))
      builder.state = .unknown
      return index + 1
    }
    guard let values = arguments(of: block, layer) else {
      builder.state = .unknown
      return index + 1
    }
    var outer: [String: Definition] = [:]
    for (parameter, value) in zip(block.parameters, values) {
      outer[parameter.text] = scope.definitions[parameter.text]
      scope.definitions[parameter.text] = constant(parameter, value)
    }
    let head = LayerHead(
      Given(layer.kind.text, layer.kind.span), label: layer.label?.text, isNumbered: isRepeated,
      span: statement.span)
    let use = DefinedBlock.Use(
      block: block, name: builder.openBlock(head), label: layer.label?.text, outer: outer,
      next: index + 1)
    open(.defined(use), block.body, statement)
    return block.body.lowerBound
  }

  /// Ends a use; gives the index to go on with.
  func close(_ use: DefinedBlock.Use) -> Int {
    for parameter in use.block.parameters {
      scope.definitions[parameter.text] = use.outer[parameter.text]
    }
    builder.closeBlock(use.name, label: use.label)
    return use.next
  }

  /// The numbers that a block is given; nil where they are not what it takes, which has been reported.
  private func arguments(of block: DefinedBlock, _ layer: Statement.Layer) -> [Double]? {
    var given: [ExpressionID] = []
    var isPlain = layer.arguments.isEmpty
    switch layer.operands.first {
    case nil: break
    case .value(let id)?:
      guard case .call(let call) = tree[id].kind, call.function.text == block.name.text else {
        isPlain = false
        break
      }
      given = call.arguments
      isPlain = isPlain && call.keywords.isEmpty
    case .arrow?: isPlain = false
    }
    guard isPlain, layer.operands.count <= 1, given.count == block.parameters.count else {
      let place = layer.operands.last.map { span($0) } ?? layer.kind.span
      report(.blockArguments(block, given: isPlain ? given.count : nil, at: place))
      return nil
    }
    var values: [Double] = []
    for id in given {
      switch elaborator.numbers(id) {
      case .invalid: return nil
      case .number(let value): values.append(value)
      case .tensor:
        report(
          .badValue(
            block.parameters[values.count].text, of: block.name.text, expected: "a number",
            at: tree[id].span))
        return nil
      }
    }
    return values
  }

  /// A parameter as a constant of `let`.
  private func constant(_ name: Identifier, _ value: Double) -> Definition {
    let text = Int(exactly: value).map { "let c = \($0)" } ?? "let c = \(value)"
    let parsed = parse(SourceFile(name: tree.source.name, bytes: Array(text.utf8))).tree
    guard case .constant(_, let body) = parsed.statements[0].kind else {
      preconditionFailure("`\(text)` is no constant")
    }
    return Definition(
      name: name, parameters: nil, tree: parsed, body: body, generation: scope.generation)
  }
}
