import NNCGraph
import NNCProgram

/// An index that moves with loops: offset + Σ step · loop.
struct Affine: Hashable {
  var offset = 0
  /// In the order of the loops; no step is 0.
  var strides: [Access.Stride] = []

  init(_ offset: Int = 0) { self.offset = offset }

  init(loop: LoopID, step: Int = 1, offset: Int = 0) {
    self.offset = offset
    if step != 0 { strides = [.init(loop: loop, step: step)] }
  }

  /// An index of a view, at a place of its result.
  init(_ index: View.Index, at place: [Affine]) {
    offset = index.offset
    for term in index.terms { add(place[term.axis], times: term.step) }
  }

  static func + (a: Affine, b: Int) -> Affine {
    var result = a
    result.offset += b
    return result
  }

  /// Adds `factor · other`.
  mutating func add(_ other: Affine, times factor: Int) {
    offset += other.offset * factor
    for stride in other.strides { add(loop: stride.loop, step: stride.step * factor) }
  }

  mutating func add(loop: LoopID, step: Int) {
    if step == 0 { return }
    if let place = strides.firstIndex(where: { $0.loop >= loop }) {
      if strides[place].loop == loop {
        strides[place].step += step
        if strides[place].step == 0 { strides.remove(at: place) }
      } else {
        strides.insert(.init(loop: loop, step: step), at: place)
      }
    } else {
      strides.append(.init(loop: loop, step: step))
    }
  }
}

/// Where in a tensor an element is: the sample, where there are several, and an index along each axis.
///
/// One index for a tensor of several axes counts through them all in row-major order.
struct Place: Hashable {
  /// Which sample, or nil where the entry takes one.
  var sample: Sample?
  var axes: [Affine]

  /// A sample, by the loops around.
  struct Sample: Hashable {
    /// The loop over blocks of samples; nil where one loop counts them all.
    var block: LoopID?
    /// The loop over the samples, or over the lanes or the samples of a block.
    var loop: LoopID
  }

  init(sample: Sample? = nil, axes: [Affine]) {
    self.sample = sample
    self.axes = axes
  }

  /// Whether an index along an axis moves with a loop.
  func depends(on loop: LoopID) -> Bool {
    axes.contains { $0.strides.contains { $0.loop == loop } }
  }

  /// The place of the element in row-major order of `shape`.
  func flat(_ shape: [Int]) -> Affine {
    if axes.count == 1 { return axes[0] }
    precondition(axes.count == shape.count)
    var result = Affine()
    for (index, step) in zip(axes, shape.rowMajorSteps) { result.add(index, times: step) }
    return result
  }
}
