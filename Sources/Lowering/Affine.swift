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

/// Where among the axes of a nest a value is computed: an index along each axis that is open there.
struct Place: Hashable {
  /// By axis: the index along it.
  var axes: [Affine]
  /// By axis: the sample, where the axis counts samples.
  var samples: [Sample?]

  /// A sample, by the loops around.
  struct Sample: Hashable {
    /// The number of the block of samples; nil where one loop counts them all.
    var block: Affine?
    /// The loop over the samples, or over the lanes or the samples of a block.
    var loop: LoopID
  }

  /// Before any axis is open.
  init(axisCount: Int) {
    axes = Array(repeating: Affine(), count: axisCount)
    samples = Array(repeating: nil, count: axisCount)
  }

  /// The same place at an index along one more axis.
  func at(_ axis: Int, _ index: Affine) -> Place {
    var result = self
    result.axes[axis] = index
    return result
  }

  /// The same place for a sample.
  func at(_ axis: Int, _ sample: Sample) -> Place {
    var result = self
    result.samples[axis] = sample
    return result
  }

  /// The place as far as some axes tell.
  func along(_ some: [Int]) -> Place {
    var result = Place(axisCount: axes.count)
    for axis in some {
      result.axes[axis] = axes[axis]
      result.samples[axis] = samples[axis]
    }
    return result
  }

  /// Whether an index moves with a loop.
  func depends(on loop: LoopID) -> Bool {
    axes.contains { $0.strides.contains { $0.loop == loop } }
      || samples.contains { $0?.loop == loop }
  }

  /// An affine function of the axes here, as one of the loops.
  func index(_ function: Affine) -> Affine {
    var result = Affine(function.offset)
    for stride in function.strides { result.add(axes[Int(stride.loop)], times: stride.step) }
    return result
  }
}
