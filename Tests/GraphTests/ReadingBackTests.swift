import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCSyntax
import Testing

/// Printed formulas mean what they were printed from.
@Suite struct ReadingBackTests {
  /// A formula in the network language is read by the language's own parser as the very node it was printed from.
  @Test(arguments: 0..<10)
  func formulasAreReadBack(_ batch: UInt64) throws {
    var graph = Graph()
    var random = RandomExpression(seed: batch, in: &graph)
    var scope = Scope()
    for variable in RandomExpression.variables {
      scope.setShape(variable.shape, of: variable.name)
    }
    for number in 0..<1000 {
      let node = random.next(size: 1 + number % 24, in: &graph)
      let (text, definitions) = printed(node, graph)
      #expect(definitions.isEmpty)
      let source = SourceFile(name: "formula", text: text)
      let parsed = parseExpression(source)
      #expect(parsed.diagnostics.map(\.message) == [], "\(text)")
      let read = scope.elaborate(parsed.root, in: parsed.tree, graph: &graph)
      #expect(read.diagnostics.map(\.message) == [], "\(text)")
      guard read.value == .node(node) else {
        Issue.record("\(text) is read as another expression")
        return
      }
    }
  }

  /// No pair of parentheses can be left out: without it the text means something else, or nothing.
  @Test func noParenthesesAreNeedless() throws {
    var graph = Graph()
    var random = RandomExpression(seed: 4711, in: &graph)
    var scope = Scope()
    for variable in RandomExpression.variables {
      scope.setShape(variable.shape, of: variable.name)
    }
    for number in 0..<1000 {
      let node = random.next(size: 1 + number % 10, in: &graph)
      let text = Array(printed(node, graph).formula.utf8)
      for (open, close) in grouping(text) {
        var shorter = text
        shorter.remove(at: close)
        shorter.remove(at: open)
        let source = SourceFile(name: "formula", bytes: shorter)
        let parsed = parseExpression(source)
        guard parsed.diagnostics.isEmpty else { continue }
        let read = scope.elaborate(parsed.root, in: parsed.tree, graph: &graph)
        #expect(read.value != .node(node), "\(String(decoding: text, as: UTF8.self))")
      }
    }
  }

  private func printed(_ id: NodeID, _ graph: Graph) -> (
    formula: String, definitions: [GraphPrinter.Definition]
  ) {
    var printer = GraphPrinter(graph)
    printer.limit = .max
    return printer.formula(of: id)
  }

  /// The pairs of parentheses that group, and do not hold a function's arguments.
  private func grouping(_ text: [UInt8]) -> [(Int, Int)] {
    var open: [Int] = []
    var pairs: [(Int, Int)] = []
    for (place, byte) in text.enumerated() {
      if byte == UInt8(ascii: "(") { open.append(place) }
      guard byte == UInt8(ascii: ")"), let start = open.popLast() else { continue }
      let before = start > 0 ? Character(Unicode.Scalar(text[start - 1])) : " "
      if !before.isLetter, !before.isNumber { pairs.append((start, place)) }
    }
    return pairs
  }
}
