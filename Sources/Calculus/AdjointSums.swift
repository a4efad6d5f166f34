import NNCGraph

/// What becomes of what every sample adds to the adjoint of what the samples share.
enum Gathering {
  /// Nothing: the derivative is a sample's own.
  case samplesOwn
  /// It is added up.
  case sum
  /// Its mean is taken.
  case mean

  func gathered(_ part: NodeID, in graph: inout Graph) -> NodeID {
    switch self {
    case .samplesOwn: part
    case .sum: graph.samples(part)
    case .mean: graph.meanOverSamples(part)
    }
  }
}

/// The adjoints that a reverse sweep has gathered so far.
///
/// An adjoint of rank 0 at a tensor stands for a tensor of equal elements.
struct AdjointSums {
  private var varying: [NodeID?]
  private var fixed: [NodeID?]

  init(count: Int) {
    varying = Array(repeating: nil, count: count)
    fixed = Array(repeating: nil, count: count)
  }

  /// Adds a contribution to a node's adjoint, apart by whether it varies from sample to sample.
  mutating func add(_ part: NodeID, to id: NodeID, in graph: inout Graph) {
    let index = Int(id.index)
    if graph[part].isBatched {
      varying[index] = varying[index].map { graph.map(.add, $0, part) } ?? part
    } else {
      fixed[index] = fixed[index].map { graph.map(.add, $0, part) } ?? part
    }
  }

  /// A node's adjoint once all its uses are visited: nothing where nothing reached it, and in two parts where they are not
  /// gathered.
  func adjoints(of id: NodeID) -> [NodeID] {
    if Int(id.index) >= fixed.count { return [] }
    return [fixed[Int(id.index)], varying[Int(id.index)]].compactMap { $0 }
  }

  /// Makes one of the parts that a value was cut into.
  mutating func joinBoxes(of id: NodeID, in graph: inout Graph) {
    let index = Int(id.index)
    if let part = fixed[index] { fixed[index] = graph.joiningBoxes(part) }
    if let part = varying[index] { varying[index] = graph.joiningBoxes(part) }
  }

  /// Makes one of both parts of a node's adjoint.
  mutating func gather(_ id: NodeID, _ gathering: Gathering, in graph: inout Graph) {
    let index = Int(id.index)
    guard index < varying.count, let part = varying[index] else { return }
    let own = graph[id].isBatched ? part : gathering.gathered(part, in: &graph)
    let whole = fixed[index].map { graph.map(.add, $0, own) } ?? own
    fixed[index] = nil
    varying[index] = nil
    add(whole, to: id, in: &graph)
  }
}
