import NNCGraph

/// The textbook's names of elements: `w5` is the fifth number of all weights, `b2` the second of
/// all biases, counted from 1 through the whole network in row-major order.
struct ElementNames: Sendable {
  private var weights = Run()
  private var biases = Run()

  private struct Run: Sendable {
    var nodes: [NodeID] = []
    var starts: [Int] = []
    var count = 0
  }

  /// Adds a layer's weight after those before it.
  mutating func append(weight: NodeID, count: Int) { Self.append(weight, count, to: &weights) }

  /// Adds a layer's bias after those before it.
  mutating func append(bias: NodeID, count: Int) { Self.append(bias, count, to: &biases) }

  private static func append(_ node: NodeID, _ count: Int, to run: inout Run) {
    run.nodes.append(node)
    run.starts.append(run.count)
    run.count += count
  }

  private func run(_ letter: Character) -> Run? {
    letter == "w" ? weights : letter == "b" ? biases : nil
  }

  /// How many elements have names that begin with `letter`.
  func count(_ letter: Character) -> Int? { run(letter)?.count }

  /// The parameter that holds the element numbered `number` from 0, and its place there.
  func find(_ letter: Character, _ number: Int) -> (parameter: NodeID, place: Int)? {
    guard let run = run(letter), number >= 0, number < run.count else { return nil }
    var low = 0
    var high = run.starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if run.starts[middle] <= number { low = middle } else { high = middle }
    }
    return (run.nodes[low], number - run.starts[low])
  }
}
