import NNCAlgebra

/// The alphabets in which formulas are printed.
public enum FormulaStyle: Sendable, CaseIterable {
  /// The network language, which reads it back.
  case text
  /// Mathematics in Unicode.
  case unicode
  /// LaTeX, for math mode.
  case latex
  /// MathML Core, to stand inside a `math` element.
  case mathml
}

/// Formulas of nodes, in linear time and without recursion: each node's text is made from its operands' texts, and
/// what grows too long is given a name of its own.
public struct GraphPrinter {
  /// A name and the formula it stands for.
  public struct Definition: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The formula.
    public let formula: String
    /// The node.
    public let node: NodeID
  }

  /// Formulas longer than this, in characters, become definitions where they are part of another.
  public var limit = 160
  /// Whether nodes with names are referred to by them.
  public var usesNames = true
  /// What leaves of these names are called instead.
  public var symbols: [String: String] = [:]
  /// Leaves that stand for a derivative and are written as one, ∂of/∂by, except in the network language.
  public var derivatives: [NodeID: (of: String, by: String)] = [:]
  /// Numbers, as they are to be written, that stand in the place of nodes.
  public var numbers: [NodeID: String] = [:]

  let graph: Graph
  let style: FormulaStyle

  /// A printer of one graph's nodes.
  public init(_ graph: Graph, style: FormulaStyle = .text) {
    self.graph = graph
    self.style = style
  }

  /// The formula of `root`, and the definitions it relies on that no name of the network covers.
  public func formula(of root: NodeID) -> (formula: String, definitions: [Definition]) {
    var pieces: [NodeID: Piece] = [:]
    var definitions: [Definition] = []
    for id in needed(by: root) {
      if let number = numbers[id] {
        pieces[id] = written(number)
        if number.hasPrefix("-") { pieces[id]!.behindSign = fenced(pieces[id]!.text) }
        continue
      }
      if style != .text, let (of, by) = derivatives[id] {
        pieces[id] = derivative(of, by)
        continue
      }
      if id != root, usesNames, let name = graph.names[id] {
        pieces[id] = Piece(spelled(name), binding: .max)
        continue
      }
      var piece = print(id) { pieces[$0]! }
      if id != root, piece.width > limit {
        let name = "v\(definitions.count + 1)"
        definitions.append(Definition(name: name, formula: piece.text, node: id))
        piece = Piece(spelled(name), binding: .max)
      }
      pieces[id] = piece
    }
    return (pieces[root]!.text, definitions)
  }

  /// One definition for each named node that the roots are made from, operands first, then for each root.
  public func statements(of roots: [(name: String, node: NodeID)]) -> [Definition] {
    let marks = graph.reachable(from: roots.map(\.node))
    var result: [Definition] = []
    var pieces: [NodeID: Piece] = [:]
    let isRoot = Set(roots.map(\.node))
    let uses = graph.useCounts(of: roots.map(\.node))
    var count = 0
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      let piece = print(id) { pieces[$0]! }
      let isLeaf = graph[id].operands.isEmpty
      var name = graph.names[id]
      let isShared = uses[index] > 1 && piece.width > 24
      if name == nil, !isLeaf, !isRoot.contains(id), isShared || piece.width > limit {
        count += 1
        name = "v\(count)"
      }
      if let name, !isLeaf {
        result.append(Definition(name: name, formula: piece.text, node: id))
        pieces[id] = Piece(spelled(name), binding: .max)
      } else {
        pieces[id] = name.map { Piece(spelled($0), binding: .max) } ?? piece
      }
    }
    for root in roots where graph.names[root.node] != root.name {
      result.append(Definition(name: root.name, formula: pieces[root.node]!.text, node: root.node))
    }
    return result
  }

  /// What `root` is printed from, operands first; nothing below a named node.
  private func needed(by root: NodeID) -> [NodeID] {
    var seen: Set<NodeID> = [root]
    var pending = [root]
    while let id = pending.popLast() {
      if id != root, usesNames, graph.names[id] != nil { continue }
      for operand in graph[id].operands where seen.insert(operand).inserted {
        pending.append(operand)
      }
    }
    return seen.sorted()
  }
}

/// A printed formula and how tightly its outermost operation binds.
struct Piece {
  var text: String
  var binding: Int
  /// How it is written behind another sign, where it begins with one itself: `(−a) · b`.
  var behindSign: String?

  init(_ text: String, binding: Int, behindSign: String? = nil) {
    self.text = text
    self.binding = binding
    self.behindSign = behindSign
  }

  /// How many characters are seen: what stands between `<` and `>` is markup, as no text begins with `<` alone.
  var width: Int {
    guard text.utf8.first == UInt8(ascii: "<") else { return text.count }
    var count = 0
    var isMarkup = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "<") { isMarkup = true }
      // Bytes that continue a character are not counted.
      if !isMarkup, byte & 0xC0 != 0x80 { count += 1 }
      if byte == UInt8(ascii: ">") { isMarkup = false }
    }
    return count
  }
}

extension Graph {
  /// The formula of a node on one line, followed by a line for each part too long to stand in it.
  public func text(of id: NodeID, style: FormulaStyle = .text) -> String {
    let (formula, definitions) = GraphPrinter(self, style: style).formula(of: id)
    return ([formula] + definitions.map { "  where \($0.name) = \($0.formula)" })
      .joined(separator: "\n")
  }
}
