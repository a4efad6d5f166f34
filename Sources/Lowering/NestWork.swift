import NNCProgram

/// A nest as the model of time sees it: the stretches of work that stand in the same summed loops, one for each sum and
/// one for what is around them all, with what each reads, writes and computes.
struct NestWork {
  /// Work inside the loops of one sum, or of none.
  struct Stretch {
    /// The summed axes around it, outermost first.
    var loops: [Int]
    /// What it reads and writes.
    var accesses: [Access] = []
    /// The operations on numbers, by the axes that they differ along.
    var operations: [(axes: [Int], steps: Double)] = []
    /// The axes that a sum differs along whose terms are added here.
    var sum: [Int]?
  }

  /// An array's use.
  struct Access {
    /// By axis: how far one index is from the next, in numbers; 0 where it does not move.
    var steps: [Int]
    /// Whether what is written is meant, which nothing waits for.
    var isStore = false
  }

  private(set) var stretches: [Stretch] = []
  private var visited: Set<Int> = []

  /// A nest's work on arrays that lie as `buffers` says; `lanes` is the axis that finds its numbers side by side in
  /// strips, where an array has those.
  init(_ nest: Nest, _ buffers: Buffers, lanes: Int?) {
    stretches = [Stretch(loops: [])]
    for output in nest.outputs {
      visit(output.value, in: 0, nest, buffers, lanes)
      if let (array, index) = output.target {
        var access = Self.access(array, index, nest, buffers, nil)
        access.isStore = true
        stretches[0].accesses.append(access)
      }
    }
  }

  // Recursion goes to the depth of one kernel's expression.
  private mutating func visit(
    _ value: Int, in place: Int, _ nest: Nest, _ buffers: Buffers, _ lanes: Int?
  ) {
    guard visited.insert(value).inserted else { return }
    let axes = nest.axesOf[value]
    switch nest.values[value] {
    case .number, .sampleCount, .position: break
    case .element(let array, let index):
      stretches[place].accesses.append(Self.access(array, index, nest, buffers, lanes))
    case .map(let operation, let operands):
      stretches[place].operations.append(
        (axes, operation.primitive != nil ? 1 : TimeModel.functionSteps))
      for operand in operands { visit(operand, in: place, nest, buffers, lanes) }
    case .product(let left, let right):
      stretches[place].operations.append((axes, 1))
      for operand in [left, right] { visit(operand, in: place, nest, buffers, lanes) }
    case .sum(let term, let over), .maximum(let term, let over):
      var inner = Stretch(loops: stretches[place].loops + over, sum: axes)
      inner.operations.append((nest.axesOf[term], 1))
      stretches.append(inner)
      visit(term, in: stretches.count - 1, nest, buffers, lanes)
    }
  }

  /// How an element's place moves. A block of samples counts as one place beside the next.
  private static func access(
    _ array: BufferID, _ index: Nest.Index, _ nest: Nest, _ buffers: Buffers, _ lanes: Int?
  ) -> Access {
    var steps = [Int](repeating: 0, count: nest.axes.count)
    var buffer = buffers[array]
    if let lanes, let rows = nest.rows[array],
      index.flat.strides.contains(where: { Int($0.loop) == lanes && $0.step == 1 })
    {
      buffer = buffers[rows]
    }
    for stride in index.flat.strides {
      steps[Int(stride.loop)] = stride.step * (buffer.columns > 0 ? 1 : buffer.block)
    }
    if let sample = index.sample {
      steps[sample] =
        buffer.block > 1 ? 1 : buffer.columns > 0 ? buffer.columns : buffer.sampleStep
    }
    return Access(steps: steps)
  }
}
