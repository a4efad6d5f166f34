import NNCDiagnostics
import NNCGraph

extension Elaborator {
  /// A sum of products by a rule of letters. Factors are joined from the left, and each letter is summed as soon as no
  /// later factor has it; one that stands twice in a factor takes its diagonal.
  func einsum(
    _ text: GivenArgument, _ factors: [(node: NodeID, span: SourceSpan)], _ span: SourceSpan
  ) -> NodeID? {
    guard let equation = EinsteinSum(text.text!), equation.inputs.count == factors.count else {
      report(.notAnEquation(factors.count, at: text.span))
      return nil
    }
    var extents: [Character: Int] = [:]
    for (letters, factor) in zip(equation.inputs, factors) {
      let shape = graph.shape(factor.node)
      let fits =
        letters.count == shape.count
        && zip(letters, shape).allSatisfy {
          extents.updateValue($1, forKey: $0).map { [extent = $1] in $0 == extent } ?? true
        }
      guard fits else {
        report(
          factors.count == 1
            ? .notAnEquation(1, at: text.span)
            : .shapesDisagree(
              "einsum", factors.map { (graph.shape($0.node), $0.span) }, at: span))
        return nil
      }
    }
    guard equation.output.map({ extents[$0]! }).checkedCount != nil else {
      report(.tensorTooLarge(equation.output.map { extents[$0]! }, at: span))
      return nil
    }
    var parts = zip(equation.inputs, factors).map { graph.withDistinct($0, $1.node) }
    var product = parts.removeFirst()
    while true {
      let later = Set(equation.output + parts.dropFirst().flatMap(\.letters))
      guard let next = parts.first else { break }
      parts.removeFirst()
      var kept: [Character] = []
      for letter in product.letters + next.letters
      where later.contains(letter) && !kept.contains(letter) { kept.append(letter) }
      if parts.isEmpty { kept = equation.output }
      product = (kept, graph.contract([product, next], to: kept))
    }
    return graph.contract([product], to: equation.output)
  }
}

extension Graph {
  fileprivate typealias Lettered = (letters: [Character], node: NodeID)

  /// The sum of products over the letters that are not kept.
  fileprivate mutating func contract(_ factors: [Lettered], to kept: [Character]) -> NodeID {
    var numbers: [Character: UInt8] = [:]
    for letter in factors.flatMap(\.letters) where numbers[letter] == nil {
      numbers[letter] = UInt8(numbers.count)
    }
    return contract(
      Contraction(
        inputs: factors.map { $0.letters.map { numbers[$0]! } }, output: kept.map { numbers[$0]! }),
      factors.map(\.node))
  }

  /// A factor in which no letter stands twice: of one that does only the diagonal is left.
  fileprivate mutating func withDistinct(_ letters: [Character], _ node: NodeID) -> Lettered {
    var (letters, node) = (letters, node)
    while let second = letters.indices.first(where: { letters[..<$0].contains(letters[$0]) }) {
      let first = letters.firstIndex(of: letters[second])!
      let rest = letters.indices.filter { $0 != first && $0 != second }
      node = diagonal(permute(node, rest + [first, second]))
      letters = rest.map { letters[$0] } + [letters[first]]
    }
    return (letters, node)
  }
}
