import NNCLayers

// How statements are spelled.
extension NetworkText {
  /// The whole text, and the sums that it names though they end blocks, which have no names.
  func text() -> (text: String, named: Set<Int>) {
    // The first time shows which names are asked for.
    let names = NameTable(self)
    var writer = TextWriter(text: self, names: names)
    _ = writer.lines()
    writer = TextWriter(text: self, names: names)
    return (writer.lines().joined(separator: "\n") + "\n", names.asked.intersection(sums))
  }
}

/// Writes the items line by line.
private struct TextWriter {
  let text: NetworkText
  let names: NameTable
  /// The statement whose value flows.
  private var current: Int?
  private var isRepeated = false

  init(text: NetworkText, names: NameTable) {
    self.text = text
    self.names = names
  }

  mutating func lines() -> [String] {
    var lines: [String] = []
    if !text.heading.isEmpty { lines.append("# \(text.heading)") }
    let inputs = text.inputs
    for index in inputs {
      let statement = text.statements[index]
      let shape = statement.shape.map(String.init).joined(separator: "x")
      let name = inputs.count > 1 ? names.demanded(index) : names.given(index)
      let bound = statement.bound.flatMap { $0 == Importer.anyWhole ? nil : " of \($0)" } ?? ""
      lines.append("input \(name.map { $0 + " " } ?? "")\(shape)\(bound)")
    }
    current = inputs.last
    for place in text.ownParameters {
      let parameter = text.parameters[place]
      let shape = parameter.shape.map(String.init).joined(separator: "x")
      lines.append(
        "param \(names.parameter(place)) \(shape)" + (parameter.isFrozen ? " frozen=yes" : ""))
    }
    lines += block(text.items)
    if text.outputs.count > 1 || text.outputs.first?.statement != current {
      lines.append(
        "output " + text.outputs.map { names.demanded($0.statement) }.joined(separator: " "))
    }
    if let weights = text.weights { lines.append("weights \"\(weights)\"") }
    return lines
  }

  private mutating func block(_ items: [NetworkText.Item]) -> [String] {
    var lines: [String] = []
    var isOpen = false
    for item in items {
      switch item {
      case .statement(let index):
        let words = self.statement(index)
        let joins = isOpen && text.joins(index) && words.count == 1
        if joins, let last = lines.last, last.count + words[0].count < Self.width {
          lines[lines.count - 1] = last + "; " + words[0]
        } else {
          lines.append(words.joined(separator: "; "))
        }
        isOpen = true
      case .residual(let via, let body, let sum):
        let entry = current
        var head = "residual"
        if let via {
          head += " via " + statement(via).joined(separator: "; ")
          current = entry
        }
        lines += bracket(head, block(body))
        current = sum
        isOpen = false
      case .repeat(let count, let body):
        let outer = isRepeated
        isRepeated = true
        lines += bracket("repeat \(count)", block(body))
        isRepeated = outer
        current = text.allRounds[body[0].statements[0]]?.last ?? item.last
        isOpen = false
      }
    }
    return lines
  }

  /// How long a line may become.
  private static let width = 88

  /// A block on one line where it is short.
  private func bracket(_ head: String, _ body: [String]) -> [String] {
    let line = "\(head) { \(body.joined(separator: "; ")) }"
    if body.count <= 2, line.count < Self.width - 8, !body.contains(where: { $0.hasSuffix("}") }) {
      return [line]
    }
    // Of a block in a block, and nothing else, the brackets stand together.
    if let first = body.first, let last = body.last, first.hasSuffix(" {"), last.hasPrefix("}"),
      body.dropFirst().dropLast().allSatisfy({ $0.hasPrefix("  ") })
    {
      return ["\(head) { \(first)"] + body.dropFirst().dropLast() + [last + " }"]
    }
    return ["\(head) {"] + body.map { "  " + $0 } + ["}"]
  }

  /// A statement, after `from LABEL` where something else flows.
  private mutating func statement(_ index: Int) -> [String] {
    let statement = text.statements[index]
    var words: [String] = []
    let flow = current
    if let input = statement.input, input != flow {
      words.append("from \(names.demanded(input))")
    }
    var line = statement.kind
    if let expression = statement.expression {
      let names = self.names
      line =
        "= "
        + expression.text(
          ExpressionNames(
            flow: { $0 == flow ? "x" : names.demanded($0) }, parameter: { names.parameter($0) }))
    }
    if let other = statement.other { line += " " + names.demanded(other) }
    if !statement.operand.isEmpty { line += " " + statement.operand }
    for (key, value) in statement.keys { line += " \(key)=\(value)" }
    for (name, owner, other) in text.sharedKeys[index] ?? [] {
      line += " \(name)=\(names.demanded(owner)).\(other)"
    }
    if let label = isRepeated ? names.demandedName(index) : names.given(index) {
      line = "\(label): \(line)"
    }
    words.append(line)
    current = index
    return words
  }
}

extension NetworkText {
  /// Whether a statement may stand behind others on their line: it has no name and no weights of its own to tell.
  fileprivate func joins(_ index: Int) -> Bool {
    let statement = statements[index]
    return statement.expression == nil
      && (statement.parameters.isEmpty || statement.kind == "batchnorm")
  }
}
