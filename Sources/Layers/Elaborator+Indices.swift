import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// What an index shows of an axis: so many elements from a place on, so far apart.
private struct Extract {
  var start: Int
  var step = 1
  var count = 1
  /// Whether the axis is left out of the result, as a single index asks for.
  var isSingle = true
}

extension Elaborator {
  /// `w[0, 1]`, `x[1:3]`, `X[:, 0]`: indices count from 0, or from the end if negative; axes without an index are taken
  /// whole. A slice is NumPy's: what lies beyond the axis is left out, and a step may be negative.
  func element(_ subject: ExpressionID, _ indices: [ExpressionID], _ span: SourceSpan) -> Value {
    let frame = frames[frames.count - 1]
    guard let tensor = tensor(frame, subject) else { return .invalid }
    let shape = graph.shape(tensor)
    guard indices.count <= shape.count else {
      let surplus = frame.tree[indices[shape.count]].span
      report(.tooManyIndices(indices.count, shape, at: surplus, frame.tree[subject].span))
      return .invalid
    }
    var parts: [Extract] = []
    for (axis, index) in indices.enumerated() {
      guard let part = extract(index, axis: axis, of: shape) else { return .invalid }
      parts.append(part)
    }
    parts += shape.dropFirst(parts.count).map { Extract(start: 0, count: $0, isSingle: false) }
    let extents = parts.map(\.count)
    let start = parts.map(\.start)
    let box =
      parts.allSatisfy { $0.step == 1 }
      ? graph.slice(tensor, from: start, shape: extents)
      : graph.slice(tensor, from: start, steps: parts.map(\.step), shape: extents)
    return .node(graph.reshape(box, to: parts.filter { !$0.isSingle }.map(\.count)))
  }

  /// What an index shows of an axis; nil where it shows nothing, which has been reported.
  private func extract(_ index: ExpressionID, axis: Int, of shape: Shape) -> Extract? {
    let expression = frames[frames.count - 1].tree[index]
    if case .slice(let from, let to, let step) = expression.kind {
      return slice(from, to, step, of: shape[axis], shape, expression.span)
    }
    guard let whole = wholeNumber(index) else { return nil }
    guard whole >= -shape[axis], whole < shape[axis] else {
      report(.indexOutOfRange(whole, axis: axis, shape, at: expression.span))
      return nil
    }
    return Extract(start: whole < 0 ? whole + shape[axis] : whole)
  }

  /// What a:b:c shows of an axis.
  private func slice(
    _ from: ExpressionID?, _ to: ExpressionID?, _ step: ExpressionID?, of extent: Int,
    _ shape: Shape, _ span: SourceSpan
  ) -> Extract? {
    var bounds: [Int?] = []
    for bound in [from, to, step] {
      guard let bound else {
        bounds.append(nil)
        continue
      }
      guard let whole = wholeNumber(bound) else { return nil }
      bounds.append(whole)
    }
    let step = bounds[2] ?? 1
    // With a negative step the places before the first and behind the last trade parts.
    let (least, most) = step < 0 ? (-1, extent - 1) : (0, extent)
    func place(_ bound: Int?, else standard: Int) -> Int {
      guard let bound else { return standard }
      return min(max(bound < 0 ? bound + extent : bound, least), most)
    }
    let start = place(bounds[0], else: step < 0 ? most : least)
    let end = place(bounds[1], else: step < 0 ? least : most)
    let distance = step < 0 ? start - end : end - start
    guard step != 0, distance > 0 else {
      report(step == 0 ? .stepOfNothing(at: span) : .emptySlice(of: extent, shape, at: span))
      return nil
    }
    let reach = min(step.magnitude, UInt(extent))
    let count = (distance - 1) / Int(reach) + 1
    return Extract(start: start, step: count == 1 ? 1 : step, count: count, isSingle: false)
  }

  /// The whole number that an expression is; nil where it is none that is known now, which has been reported.
  func wholeNumber(_ id: ExpressionID) -> Int? {
    let frame = frames[frames.count - 1]
    guard let node = tensor(frame, id) else { return nil }
    if let whole = graph.knownNumber(node).flatMap({ Int(exactly: $0) }) { return whole }
    report(.indexNotWhole(at: frame.tree[id].span))
    return nil
  }
}

extension Graph {
  /// The number that a node comes to where it is made of numbers alone; nil elsewhere.
  func knownNumber(_ id: NodeID) -> Double? {
    if let value = constantValue(id) { return value }
    var known: [NodeID: Double] = [:]
    var path = [id]
    while let node = path.last {
      if let value = constantValue(node) {
        known[node] = value
      } else {
        guard case .map(let operation) = self[node].kind, isScalar(node) else { return nil }
        let open = operands(node).filter { known[$0] == nil }
        if !open.isEmpty {
          path += open
          continue
        }
        known[node] = operation.evaluate(operands(node).map { known[$0]! })
      }
      path.removeLast()
    }
    return known[id]
  }
}
