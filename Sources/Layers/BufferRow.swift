import NNCGraph

/// What a kind of layer keeps beside its parameters, and training assigns without a gradient: a column of its row.
///
/// A buffer is a parameter that is not trained. It lies among them, and is saved and read as they are.
struct BufferRow: Sendable {
  /// Its name behind the layer's, PyTorch's.
  let name: String
  /// Its first value, everywhere.
  let initial: Double
  /// Its shape.
  let shape: @Sendable (LayerShapes) -> Shape
  /// Its new value after a step of training, made of nodes.
  let assigned: @Sendable (inout Graph, LayerValues) -> NodeID

  init(
    _ name: String, from initial: Double, shape: @escaping @Sendable (LayerShapes) -> Shape,
    assigned: @escaping @Sendable (inout Graph, LayerValues) -> NodeID
  ) {
    self.name = name
    self.initial = initial
    self.shape = shape
    self.assigned = assigned
  }
}

extension NetworkBuilder {
  /// Makes a layer's buffers, by the names in its row; nil where they are too large, which has been reported.
  func declareBuffers(
    _ request: LayerRequest, _ layer: String, _ shapes: LayerShapes
  ) -> [String: NodeID]? {
    var result: [String: NodeID] = [:]
    for row in request.row.buffers {
      let node = declare(
        row.name, .buffer, of: layer, row.shape(shapes), .fill(row.initial), request,
        isFrozen: true)
      guard let node else { return nil }
      result[row.name] = node
    }
    return result
  }

  /// Says what training assigns to a layer's buffers.
  func assignBuffers(_ request: LayerRequest, _ values: LayerValues) {
    for row in request.row.buffers {
      let node = values[row.name]!
      let place = parameters.lastIndex { $0.node == node }!
      parameters[place].assignment = row.assigned(&graph, values)
    }
  }
}

extension Network {
  /// What training assigns without a gradient, in the order of the parameters.
  public var assignments: [Assignment] {
    parameters.compactMap { parameter in
      parameter.assignment.map { Assignment(name: parameter.name, node: $0) }
    }
  }
}
