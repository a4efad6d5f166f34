/// Where the boxes and arrows of a diagram stand: in layers from left to right.
///
/// K. Sugiyama, S. Tagawa and M. Toda, Methods for Visual Understanding of Hierarchical System Structures (1981):
/// longest paths give the layers, long arrows are cut at each layer they pass, and the order within the layers
/// follows the medians of the neighbours, to and fro, as long as that takes crossings away.
public struct LayeredLayout: Sendable {
  /// The corner and the size of each box.
  public private(set) var boxes: [Frame] = []
  /// The points that each arrow goes through, its ends included.
  public private(set) var routes: [[Point]] = []
  /// The place of each arrow's label: its middle, and its size; nil for no label.
  public private(set) var labels: [Frame?] = []
  /// The size of the whole.
  public private(set) var width = 0.0
  /// The size of the whole.
  public private(set) var height = 0.0

  /// A point; y grows downward.
  public struct Point: Hashable, Sendable {
    /// To the right.
    public var x: Double
    /// Downward.
    public var y: Double
  }

  /// A rectangle.
  public struct Frame: Hashable, Sendable {
    /// Its left edge.
    public var x: Double
    /// Its upper edge.
    public var y: Double
    /// From the left edge to the right.
    public var width: Double
    /// From the upper edge to the lower.
    public var height: Double

    /// Whether two rectangles share an area.
    public func overlaps(_ other: Frame) -> Bool {
      x < other.x + other.width && other.x < x + width && y < other.y + other.height
        && other.y < y + height
    }
  }

  static let characterWidth = 7.6
  static let lineHeight = 17.0
  static let padding = 8.0
  static let gap = (layer: 44.0, steep: 220.0, box: 16.0)
  static let labelSize = (character: 6.6, height: 15.0)

  /// Lays a diagram out. Arrows that close a circle are drawn backward.
  public init(_ diagram: Diagram) {
    var work = LayeredWork(diagram)
    work.assignLayers()
    work.cutLongArrows()
    work.reduceCrossings()
    work.place()
    boxes = work.frames
    routes = work.routes
    labels = work.labels
    width = work.width
    height = work.height
  }
}

/// A box, or the place where a long arrow passes a layer; with the label of that arrow, if it is its middle.
struct LayoutNode {
  var layer = 0
  var size: (width: Double, height: Double)
  var label = ""
  var y = 0.0
  /// Its neighbours in the layers before and after it.
  var before: [Int] = []
  var after: [Int] = []
}

/// The layout on its way.
struct LayeredWork {
  let diagram: Diagram
  var nodes: [LayoutNode]
  /// The nodes of each layer, from the top.
  var layers: [[Int]] = []
  /// For each arrow the nodes that it goes through, from the lower to the higher layer.
  var chains: [[Int]] = []
  var isReversed: [Bool]
  var frames: [LayeredLayout.Frame] = []
  var routes: [[LayeredLayout.Point]] = []
  var labels: [LayeredLayout.Frame?] = []
  var width = 0.0
  var height = 0.0

  init(_ diagram: Diagram) {
    self.diagram = diagram
    isReversed = diagram.arrows.map { _ in false }
    nodes = diagram.boxes.map { box in
      let longest = ([box.name] + box.lines).map(\.count).max() ?? 0
      return LayoutNode(
        size: (
          Double(longest) * LayeredLayout.characterWidth + 2 * LayeredLayout.padding,
          Double(1 + box.lines.count) * LayeredLayout.lineHeight + 2 * LayeredLayout.padding
        ))
    }
  }

  /// Longest paths from the sources; then what has room is drawn toward what it leads to.
  mutating func assignLayers() {
    var out = [[Int]](repeating: [], count: nodes.count)
    var rest = [Int](repeating: 0, count: nodes.count)
    for (index, arrow) in diagram.arrows.enumerated() {
      out[arrow.from].append(index)
      rest[arrow.to] += 1
    }
    var ready = nodes.indices.filter { rest[$0] == 0 }
    var order: [Int] = []
    var isDone = [Bool](repeating: false, count: nodes.count)
    while order.count < nodes.count {
      if ready.isEmpty {
        // A circle: the first box left is taken, and what leads back to it is turned around.
        ready.append(nodes.indices.first { !isDone[$0] }!)
      }
      let node = ready.removeLast()
      if isDone[node] { continue }
      isDone[node] = true
      order.append(node)
      for index in out[node] {
        let to = diagram.arrows[index].to
        if isDone[to] {
          isReversed[index] = true
          continue
        }
        nodes[to].layer = max(nodes[to].layer, nodes[node].layer + 1)
        rest[to] -= 1
        if rest[to] <= 0 { ready.append(to) }
      }
    }
    // What only leads forward stands right before what it leads to.
    for node in order.reversed() {
      let next = out[node].filter { !isReversed[$0] }.map { nodes[diagram.arrows[$0].to].layer }
      let hasEntry = diagram.arrows.contains { $0.to == node }
      if !hasEntry, let nearest = next.min() { nodes[node].layer = nearest - 1 }
    }
    let first = nodes.map(\.layer).min() ?? 0
    for index in nodes.indices { nodes[index].layer -= first }
  }

  mutating func cutLongArrows() {
    for (index, arrow) in diagram.arrows.enumerated() {
      var (low, high) = (arrow.from, arrow.to)
      if nodes[low].layer > nodes[high].layer { swap(&low, &high) }
      var chain = [low]
      let (first, last) = (nodes[low].layer, nodes[high].layer)
      let middle = (first + last) / 2
      for layer in stride(from: first + 1, to: last, by: 1) {
        var node = LayoutNode(layer: layer, size: (0, 6))
        if layer == max(middle, first + 1), !arrow.label.isEmpty {
          node.label = arrow.label
          node.size = (0, LayeredLayout.labelSize.height + 4)
        }
        chain.append(nodes.count)
        nodes.append(node)
      }
      chain.append(high)
      for (a, b) in zip(chain, chain.dropFirst()) where nodes[a].layer < nodes[b].layer {
        nodes[a].after.append(b)
        nodes[b].before.append(a)
      }
      chains.append(chain)
      if arrow.from == high, high != low { isReversed[index] = true }
    }
    layers = Array(repeating: [], count: (nodes.map(\.layer).max() ?? -1) + 1)
    for index in nodes.indices { layers[nodes[index].layer].append(index) }
  }
}
