/// How a view is read backwards: which elements of the result show an element of the operand.
///
/// Element p of the operand is shown by all places q of the result with f(q) = p. Each axis of the operand that moves is
/// solved for one axis of the result, its pivot: from p = offset + step · q + rest follows q = (p − offset − rest) / step.
/// The axes of the result that are no pivots are free, and go through all their places.
public struct InverseView: Sendable {
  /// The axes of the result that are free. Behind the operand's axes they are the last of ``indices``.
  public var free: [Int] = []
  /// How far the places of each axis of the result must be moved apart first, so that nothing is left to be divided.
  public var spacing: [Int]
  /// The index along each axis of the result, thus spaced, by the axes of the operand and the free ones.
  public var indices: [View.Index]
}

extension View {
  /// How the view is read backwards, from an operand of one shape and a result of another; nil where an axis of the
  /// operand depends on axes that others settle, as on a diagonal, or division would not come last.
  public func inverse(of operand: Shape, _ result: Shape) -> InverseView? {
    var solved = [Index?](repeating: nil, count: result.count)
    var spacing = [Int](repeating: 1, count: result.count)
    var free: [Int] = []
    var uses = [Int](repeating: 0, count: result.count)
    for index in indices { for term in index.terms { uses[term.axis] += 1 } }
    func makeFree(_ axis: Int) {
      solved[axis] = Index(axis: operand.count + free.count)
      free.append(axis)
    }
    for axis in result.indices where uses[axis] == 0 { makeFree(axis) }
    var open = Set(indices.indices.filter { !indices[$0].terms.isEmpty })
    while !open.isEmpty {
      func unknown(_ axis: Int) -> [Term] { indices[axis].terms.filter { solved[$0.axis] == nil } }
      // Where one axis is left there is no choice.
      let next = open.sorted().min { unknown($0).count < unknown($1).count }!
      let candidates = unknown(next).filter { uses[$0.axis] == 1 || $0.step.magnitude == 1 }
      // The longest axis, so that few places are free.
      func fitness(_ term: Term) -> (Int, Int) {
        (uses[term.axis] == 1 ? 1 : 0, result[term.axis])
      }
      guard let pivot = candidates.max(by: { fitness($0) < fitness($1) }) else { return nil }
      for term in unknown(next) where term.axis != pivot.axis { makeFree(term.axis) }
      let sign = pivot.step < 0 ? -1 : 1
      var index = Index(axis: next, step: sign, offset: -sign * indices[next].offset)
      for term in indices[next].terms where term.axis != pivot.axis {
        index.add(solved[term.axis]!, times: -sign * term.step)
      }
      solved[pivot.axis] = index
      spacing[pivot.axis] = Int(pivot.step.magnitude)
      open.remove(next)
    }
    return InverseView(free: free, spacing: spacing, indices: solved.map { $0! })
  }
}
