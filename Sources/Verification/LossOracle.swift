import NNCExplanation
import NNCGraph
import NNC

/// A network's loss as mathematics says it, in 106 bits: no simplification, no lowering, no derivative of ours.
struct LossOracle {
  private let network: Network
  private let graph: Graph
  private let loss: NodeID
  /// The numbers of the samples' leaves.
  private let data: [NodeID: [DoubleDouble]]
  private var values = GraphValues<DoubleDouble>()

  /// The loss of a batch of these samples; nil where the network has no loss.
  init?(_ network: Network, _ samples: Samples, _ range: Range<Int>) {
    guard let (plain, each) = network.plainLoss else { return nil }
    var graph = plain
    let batch = graph.writtenOut(each, samples: range.count)
    func part(_ numbers: [Double], _ sample: Int) -> [DoubleDouble] {
      let width = numbers.count / max(1, samples.count)
      return numbers[sample * width..<(sample + 1) * width].map { DoubleDouble($0) }
    }
    var data: [NodeID: [DoubleDouble]] = [:]
    for (sample, leaves) in zip(range, batch.leaves) {
      for (leaf, own) in leaves where leaf == network.input {
        data[own] = part(samples.inputs, sample)
      }
      for (leaf, own) in leaves where leaf == network.target {
        data[own] = part(samples.targets, sample)
      }
    }
    self.network = network
    self.graph = graph
    self.data = data
    loss = batch.root
  }

  /// The loss at parameters that lie one after the other.
  mutating func loss(at parameters: [DoubleDouble]) -> DoubleDouble {
    var leaves = data
    var place = 0
    for parameter in network.parameters {
      leaves[parameter.node] = Array(parameters[place..<place + parameter.count])
      place += parameter.count
    }
    return values.value(of: loss, in: graph) { leaves[$0] }[0]
  }

  /// The derivatives from the left and from the right along a direction: differences over a step of 2⁻⁴⁰.
  mutating func derivatives(
    at parameters: [Double], along direction: [(place: Int, change: Double)]
  ) -> (left: Double, right: Double, central: Double) {
    var point = parameters.map { DoubleDouble($0) }
    let centre = loss(at: point)
    let step = DoubleDouble(0x1p-40)
    func move(_ sign: Double) {
      for (place, change) in direction {
        point[place] = DoubleDouble(parameters[place]) + step * DoubleDouble(sign * change)
      }
    }
    move(1)
    let above = loss(at: point)
    move(-1)
    let below = loss(at: point)
    return (
      ((centre - below) / step).high, ((above - centre) / step).high,
      ((above - below) / (step + step)).high
    )
  }
}
