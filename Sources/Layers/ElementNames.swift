import NNCGraph

/// How the elements of a tensor are called: `w5` to `w8`.
public struct ElementNaming: Hashable, Sendable {
  /// What stands before the number.
  public var stem: String
  /// The number of the first element.
  public var first: Int

  /// Names that begin with `stem` and the number `first`.
  public init(stem: String = "", first: Int = 1) {
    self.stem = stem
    self.first = first
  }

  /// The name of an element, counted from 0.
  public func name(_ place: Int) -> String { stem + String(first + place) }
}

/// The textbook's names of elements: `w5` is the fifth number of all weights, `b2` the second of
/// all biases, counted from 1 through the whole network in row-major order.
struct ElementNames: Sendable {
  private var runs: [ParameterKind: Run] = [:]

  private struct Run: Sendable {
    var nodes: [NodeID] = []
    var starts: [Int] = []
    var count = 0
  }

  /// Adds a parameter after those of its kind before it, and says how its elements are called.
  mutating func append(_ kind: ParameterKind, _ node: NodeID, count: Int) -> ElementNaming {
    var run = runs.removeValue(forKey: kind) ?? Run()
    defer { runs[kind] = run }
    let first = run.count + 1
    run.nodes.append(node)
    run.starts.append(run.count)
    run.count += count
    return ElementNaming(stem: kind.stem, first: first)
  }

  /// How many elements there are of a kind.
  func count(_ kind: ParameterKind) -> Int { runs[kind]?.count ?? 0 }

  /// The parameter that holds the element numbered `number` from 0, and its place there.
  func find(_ kind: ParameterKind, _ number: Int) -> (parameter: NodeID, place: Int)? {
    guard let run = runs[kind], number >= 0, number < run.count else { return nil }
    var low = 0
    var high = run.starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if run.starts[middle] <= number { low = middle } else { high = middle }
    }
    return (run.nodes[low], number - run.starts[low])
  }
}
