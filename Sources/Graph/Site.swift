/// The layer that a node belongs to, and the way on which it is computed.
///
/// A word for readers alone, like ``Adjoint``: nothing that is computed depends on it.
public struct Site: Hashable, Sendable {
  /// The way through a network.
  public enum Way: Hashable, Sendable {
    case forward
    case backward
  }

  /// The layer's name: `conv1`, `block2.linear1`; `loss` for the loss.
  public let layer: String
  /// The kind of layer, which several layers have in common: `conv`.
  public let kind: String
  /// Whether the node is part of a value, or of a derivative by one.
  public var way: Way

  /// A part of a layer's own value.
  public init(layer: String, kind: String) {
    self.layer = layer
    self.kind = kind
    way = .forward
  }
}

/// The sites of a graph's nodes, in numbers: of the layer with number n, 2·n on the way forward and 2·n + 1 on the way back.
struct Sites {
  private var layers: [Site] = []
  /// By node: the number of its site, or -1.
  private var ofNodes: [Int32] = []
  /// The site of the nodes that come now, or -1.
  private var present: Int32 = -1

  subscript(id: NodeID) -> Site? {
    let number = Int(ofNodes[Int(id.index)])
    if number < 0 { return nil }
    var site = layers[number / 2]
    if number % 2 == 1 { site.way = .backward }
    return site
  }

  /// Notes that a node has come.
  mutating func append() { ofNodes.append(present) }

  mutating func begin(_ site: Site?) {
    present = -1
    guard let site else { return }
    if layers.last != site { layers.append(site) }
    present = Int32(2 * (layers.count - 1))
  }

  mutating func begin(like id: NodeID, back: Bool = false) {
    present = ofNodes[Int(id.index)]
    if back, present >= 0 { present |= 1 }
  }
}

extension Graph {
  /// The layer that a node belongs to; nil where it belongs to none.
  public func site(of id: NodeID) -> Site? { sites[id] }

  /// New nodes belong to a layer from now on, or to none.
  public mutating func begin(_ site: Site?) { sites.begin(site) }

  /// New nodes belong from now on where a node belongs.
  public mutating func begin(like id: NodeID) { sites.begin(like: id) }

  /// New nodes are part of the way back through a node from now on.
  public mutating func begin(backThrough id: NodeID) { sites.begin(like: id, back: true) }
}
