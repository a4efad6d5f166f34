import NNCAlgebra
import NNCGraph

/// An adjoint that is 0, whatever the numbers, wherever a condition does not hold: by a choice that was not taken, or
/// because it belongs to a part of a tensor.
///
/// Its product with a slope f is a choice around the product, so that 0 times an infinite slope does not occur:
///
///     (v if k, else 0) · f  =  v·f if k, else 0
struct Choice {
  /// The condition k.
  let condition: NodeID
  /// The value v where it holds; or, if `isInverted`, where it does not.
  let value: NodeID
  /// Whether it is 0 where the condition holds.
  let isInverted: Bool
}

extension Graph {
  /// Reads an adjoint as a choice of a value or 0: as it stands, through views, or a sum of which every term is one.
  mutating func choice(of adjoint: NodeID) -> Choice? {
    let (inner, views) = viewed(adjoint)
    let choice = isSum(inner) ? choiceOfSum(inner) : ownChoice(of: inner)
    return choice.map { seen($0, of: inner, through: views) }
  }

  /// `yes` where `condition` holds and `no` elsewhere, of which nil is 0. A choice in a choice becomes one, of both
  /// conditions, so that a chain of them stays as deep as one.
  mutating func choosing(_ condition: NodeID, _ yes: NodeID?, _ no: NodeID?) -> NodeID? {
    let zero = constant(0)
    switch (yes == zero ? nil : yes, no == zero ? nil : no) {
    case (nil, nil): return nil
    case (let yes?, let no?): return map(.select, condition, yes, no)
    case (let yes?, nil):
      guard let inner = ownChoice(of: yes) else { return map(.select, condition, yes, zero) }
      if inner.condition == condition { return inner.isInverted ? nil : yes }
      if inner.isInverted {
        let either = map(.or, map(.not, condition), inner.condition)
        return map(.select, either, zero, inner.value)
      }
      return map(.select, map(.and, condition, inner.condition), inner.value, zero)
    case (nil, let no?):
      guard let inner = ownChoice(of: no) else { return map(.select, condition, zero, no) }
      if inner.condition == condition { return inner.isInverted ? no : nil }
      let other =
        inner.isInverted ? inner.condition : map(.not, inner.condition)
      return map(.select, map(.or, condition, other), zero, inner.value)
    }
  }

  private func ownChoice(of id: NodeID) -> Choice? {
    guard case .map(.select) = self[id].kind else { return nil }
    let operands = self[id].operands
    if constantValue(operands[2]) == 0 {
      return Choice(condition: operands[0], value: operands[1], isInverted: false)
    }
    if constantValue(operands[1]) == 0 {
      return Choice(condition: operands[0], value: operands[2], isInverted: true)
    }
    return nil
  }

  private func isSum(_ id: NodeID) -> Bool { self[id].kind == .map(.add) }

  /// More terms than these are not looked at, so that a long chain of sums is not gone through at each of its links.
  private static let mostTerms = 32

  /// The sum of values that are each 0 somewhere is 0 where all of them are.
  private mutating func choiceOfSum(_ sum: NodeID) -> Choice? {
    let shape = self[sum].shape
    var pending = [sum]
    var conditions: [NodeID] = []
    var mask: [Bool] = []
    var count = 0
    while let id = pending.popLast() {
      count += 1
      if count > Self.mostTerms { return nil }
      if isSum(id) {
        pending += self[id].operands
      } else if case .pad(let start, let steps) = self[id].kind {
        if mask.isEmpty { mask = Array(repeating: false, count: shape.elementCount) }
        // Between steps there are zeros too; that they are marked as well costs nothing but a choice.
        let box = zip(self[self[id].operands[0]].shape, steps).map { ($0 - 1) * $1 + 1 }
        mark(box, at: start, in: shape, &mask)
      } else {
        let (inner, views) = viewed(id)
        guard let own = ownChoice(of: inner) else { return nil }
        let choice = seen(own, of: inner, through: views)
        let condition = choice.condition
        conditions.append(choice.isInverted ? map(.not, condition) : condition)
      }
    }
    if !mask.isEmpty {
      if !mask.contains(false) { return nil }
      let zero = constant(0)
      conditions.append(map(.ne, literal(mask.map { $0 ? 1 : 0 }, shape: shape), zero))
    }
    let either = conditions.dropFirst().reduce(conditions[0]) { map(.or, $0, $1) }
    return Choice(condition: either, value: sum, isInverted: false)
  }

  /// Marks the elements of a box.
  private func mark(_ box: Shape, at start: [Int], in shape: Shape, _ mask: inout [Bool]) {
    for index in 0..<box.elementCount {
      var (rest, place, stride) = (index, 0, 1)
      for axis in box.indices.reversed() {
        place += (start[axis] + rest % box[axis]) * stride
        rest /= box[axis]
        stride *= shape[axis]
      }
      mask[place] = true
    }
  }

  /// The tensor under a chain of views, and the chain from the inside out.
  private func viewed(_ id: NodeID) -> (NodeID, [Node]) {
    var views: [Node] = []
    var id = id
    while true {
      switch self[id].kind {
      case .reshape, .permute, .slice, .broadcast:
        views.append(self[id])
        id = self[id].operands[0]
      default: return (id, views.reversed())
      }
    }
  }

  /// The choice `whole` through views of it.
  private mutating func seen(_ choice: Choice, of whole: NodeID, through views: [Node]) -> Choice {
    let isTensor = !self[whole].shape.isEmpty
    func seen(_ part: NodeID, _ graph: inout Graph) -> NodeID {
      if isTensor, graph[part].shape.isEmpty { return part }
      return views.reduce(part) { graph.demand($1.kind, Operands($0), shape: $1.shape) }
    }
    return Choice(
      condition: seen(choice.condition, &self), value: seen(choice.value, &self),
      isInverted: choice.isInverted)
  }
}
