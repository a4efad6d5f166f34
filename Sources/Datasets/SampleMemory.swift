import NNCFormats

/// Samples in memory: where the rows of inputs lie, and those of targets.
struct SampleMemory: Sendable {
  /// The rows that begin with the inputs.
  let inputs: RowMemory
  /// The rows that hold the targets.
  let targets: RowMemory
  /// The first column of the targets there.
  let firstTarget: Int

  /// Rows in memory.
  init(inputs: RowMemory, targets: RowMemory, firstTarget: Int) {
    (self.inputs, self.targets, self.firstTarget) = (inputs, targets, firstTarget)
  }

  /// Loads rows, each an input followed by a target; nil where they take more than so many bytes.
  init?(_ rows: any RowSource, inputs count: Int, limit: Int) throws(FileFailure) {
    if let sides = rows.sides {
      guard let left = try sides.left.loaded(limit: limit / 2),
        let right = try sides.right.loaded(limit: limit / 2)
      else { return nil }
      (inputs, targets, firstTarget) = (left, right, 0)
    } else {
      guard let whole = try rows.loaded(limit: limit) else { return nil }
      (inputs, targets, firstTarget) = (whole, whole, count)
    }
  }
}
