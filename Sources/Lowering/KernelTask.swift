import NNCGraph

/// One kernel call to be: values of one shape, written to arrays.
struct KernelTask {
  /// What is written.
  enum Source {
    /// A node's value, computed.
    case node(NodeID)
    /// Another array, copied.
    case buffer(BufferID)
    /// A leaf of noise, drawn.
    case noise(NoiseTask)
  }

  /// A value that is written.
  struct Output {
    var source: Source
    /// The node that the value is, for its shape and its name.
    let node: NodeID
    /// Where it is written.
    var target: BufferID
    /// Whether it is written at all: what only the other outputs need is not.
    var isStored = true
  }

  /// An array that is read.
  struct Read {
    var buffer: BufferID
    /// Whether each element is read only for the outputs' elements at the same place.
    var isSamePlace: Bool
  }

  /// The values, operands first.
  var outputs: [Output]
  /// Whether the arrays have a row for each sample.
  let isBatched: Bool
  /// The arrays it reads that other tasks write.
  var needs: [Read] = []
  /// The leaves it reads: what overwrites them must come later.
  var leaves: [Read] = []
  /// Whether its elements depend on elements at the same place alone, so that one loop serves all axes.
  var isFlat = true
  /// The loop at whose turns it is done.
  var turns: GraphLoop?
  /// Whether it ends a turn: it overwrites what the turn found of a carried value.
  var endsTurn = false
  /// The outermost sum or maximum that it computes: what takes the time.
  var heart: NodeID?

  init(_ source: Source, _ node: NodeID, to target: BufferID, isBatched: Bool) {
    outputs = [Output(source: source, node: node, target: target)]
    self.isBatched = isBatched
  }

  /// The first of the values.
  var node: NodeID { outputs[0].node }
}

/// What the kernel of a leaf of noise reads: the leaf's number, and the number of the step where the entry has it.
struct NoiseTask {
  let number: BufferID
  let counter: BufferID?
}
