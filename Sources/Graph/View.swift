/// Which element of a tensor each element of another shows: the index along each axis of the operand, as a sum of the
/// indices of the result.
///
/// A strided slice is 2·i + 1, a reversal n − 1 − i, a sliding window 2·i + k with a position i and a place k in the
/// window, a diagonal i, i. Repetition, other orders of the axes and boxes are views too.
public struct View: Hashable, Sendable {
  /// offset + Σ step · index, over indices of the result.
  public struct Index: Hashable, Sendable {
    /// What is added to the indices.
    public var offset: Int
    /// The steps by the axes of the result, in ascending order; none is 0.
    public private(set) var terms: [Term] = []

    /// The same index everywhere.
    public init(_ offset: Int = 0) { self.offset = offset }

    /// step · the index along an axis of the result + offset.
    public init(axis: Int, step: Int = 1, offset: Int = 0) {
      self.offset = offset
      add(axis: axis, step: step)
    }

    /// Adds step · the index along an axis of the result.
    public mutating func add(axis: Int, step: Int) {
      if step == 0 { return }
      guard let place = terms.firstIndex(where: { $0.axis >= axis }) else {
        terms.append(Term(axis: axis, step: step))
        return
      }
      if terms[place].axis > axis {
        terms.insert(Term(axis: axis, step: step), at: place)
      } else {
        terms[place].step += step
        if terms[place].step == 0 { terms.remove(at: place) }
      }
    }

    /// Adds factor · another index.
    public mutating func add(_ other: Index, times factor: Int) {
      offset += factor * other.offset
      for term in other.terms { add(axis: term.axis, step: factor * term.step) }
    }

    /// The axis whose index it is, or nil.
    public var axis: Int? {
      offset == 0 && terms.count == 1 && terms[0].step == 1 ? terms[0].axis : nil
    }

    /// Its value at a place of the result.
    func value(at place: [Int]) -> Int {
      terms.reduce(offset) { $0 + $1.step * place[$1.axis] }
    }

    /// Its least and its greatest value over a result of this shape, which is not empty.
    public func range(over shape: Shape) -> ClosedRange<Int> {
      var (low, high) = (offset, offset)
      for term in terms {
        let reach = term.step * (shape[term.axis] - 1)
        if reach < 0 { low += reach } else { high += reach }
      }
      return low...high
    }
  }

  /// One axis's part in an index.
  public struct Term: Hashable, Sendable {
    /// The axis of the result.
    public var axis: Int
    /// How far one step along it moves; not 0.
    public var step: Int
  }

  /// The index along each axis of the operand.
  public var indices: [Index]

  /// Makes a view.
  public init(_ indices: [Index]) { self.indices = indices }

  /// The place in the operand of the element at a place of the result.
  public func source(of place: [Int]) -> [Int] { indices.map { $0.value(at: place) } }

  /// What is shown by this view of what `inner` shows.
  func of(_ inner: View) -> View {
    View(
      inner.indices.map { index in
        var result = Index(index.offset)
        for term in index.terms { result.add(indices[term.axis], times: term.step) }
        return result
      })
  }

  /// Whether every index lies inside of an operand of this shape, for a result of that one.
  func fits(_ operand: Shape, _ result: Shape) -> Bool {
    guard indices.count == operand.count else { return false }
    if indices.contains(where: { $0.terms.contains { !result.indices.contains($0.axis) } }) {
      return false
    }
    if result.contains(0) { return true }
    return zip(indices, operand).allSatisfy { index, extent in
      let range = index.range(over: result)
      return range.lowerBound >= 0 && range.upperBound < extent
    }
  }

  /// The step along each axis where the result's axis i goes through the operand's axis i alone; nil elsewhere.
  public var steps: [Int]? {
    var steps: [Int] = []
    for (axis, index) in indices.enumerated() {
      guard index.terms.count == 1, index.terms[0].axis == axis else { return nil }
      steps.append(index.terms[0].step)
    }
    return steps
  }
}

extension Node.Kind {
  /// The view that the kind is; nil for what is none, and for a change of shape, whose indices are no sums.
  public var view: View? {
    switch self {
    case .view(let view): return view
    case .broadcast(let axes): return View(axes.map { .init(axis: $0) })
    case .permute(let axes):
      var indices = axes.map { _ in View.Index() }
      for (axis, from) in axes.enumerated() { indices[from] = .init(axis: axis) }
      return View(indices)
    case .slice(let start):
      return View(start.enumerated().map { .init(axis: $0, offset: $1) })
    default: return nil
    }
  }
}
