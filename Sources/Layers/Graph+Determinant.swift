import NNCAlgebra
import NNCGraph

/// det A as a product: a sign, pivots, and the determinant of what is left when three rows are.
private struct DeterminantFactors {
  var sign: NodeID
  var pivots: [NodeID] = []
  var rest: NodeID
}

// With the greatest of all elements that are left as each pivot, one is 0 only where all of them are; and the last three
// rows are written out without a division. So first, second and third derivatives are right where A is singular, too: they
// are 0 where a pivot is.
extension Graph {
  /// det A, A (…, n, n).
  mutating func determinant(_ a: NodeID) -> NodeID {
    let factors = determinantFactors(a)
    let pivots = factors.pivots.reduce(factors.sign) { map(.mul, $0, $1) }
    return factors.pivots.isEmpty ? factors.rest : map(.mul, pivots, factors.rest)
  }

  /// ln det A, as a sum; not a number where det A < 0.
  mutating func logDeterminant(_ a: NodeID) -> NodeID {
    let logarithm = Operation("log")!
    let factors = determinantFactors(a)
    if factors.pivots.isEmpty { return map(logarithm, factors.rest) }
    var sign = factors.sign
    var total: NodeID?
    for factor in factors.pivots + [factors.rest] {
      sign = map(.mul, sign, map(Operation("sign")!, factor))
      let term = map(logarithm, map(Operation("abs")!, factor))
      total = total.map { map(.add, $0, term) } ?? term
    }
    return map(.select, map(.lt, sign, constant(0)), constant(.nan), total!)
  }

  /// Elimination with complete pivoting: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., section 3.4.8.
  private mutating func determinantFactors(_ a: NodeID) -> DeterminantFactors {
    let outer = Array(shape(a).dropLast(2))
    let (rowAxis, columnAxis) = (outer.count, outer.count + 1)
    var left = a
    var factors = DeterminantFactors(sign: constant(1), rest: a)
    let writtenOut = 3
    for count in (0...shape(a).last!).reversed().prefix(while: { $0 > writtenOut }) {
      let sizes = map(Operation("abs")!, reshape(left, to: outer + [count * count]))
      let place = placeOfMaximum(sizes)
      let number = constant(Double(count))
      let row = map(Operation("floor")!, map(.div, place, number))
      let column = map(.sub, place, map(.mul, row, number))
      for (axis, place) in [(rowAxis, row), (columnAxis, column)] {
        left = exchanged(left, axis, place)
        let swap = map(.select, map(.eq, place, constant(0)), constant(1), constant(-1))
        factors.sign = map(.mul, factors.sign, swap)
      }
      let upper = reshape(cut(left, axis: rowAxis, from: 0, count: 1), to: outer + [count])
      let lower = cut(left, axis: rowAxis, from: 1, count: count - 1)
      let pivot = reshape(cut(upper, from: 0, count: 1), to: outer)
      // Where it is 0, so is all that is left.
      let divisor = map(.select, map(.eq, pivot, constant(0)), constant(1), pivot)
      let heads = reshape(cut(lower, from: 0, count: 1), to: outer + [count - 1])
      let quotients = map(.div, heads, alongLast(divisor, of: outer + [count - 1]))
      let tail = cut(upper, from: 1, count: count - 1)
      left = map(
        .sub, cut(lower, from: 1, count: count - 1), products(quotients, tail, outer.count))
      factors.pivots.append(pivot)
    }
    let all = Array(0..<shape(left).last!)
    factors.rest = minor(left, rows: all, columns: all)
    return factors
  }

  /// A tensor whose first element along an axis has changed places with another one, one of each of the matrices.
  private mutating func exchanged(_ id: NodeID, _ axis: Int, _ place: NodeID) -> NodeID {
    let shape = shape(id)
    let outer = Array(shape.dropLast(2))
    let places = iota(outer + [shape[axis]], axis: outer.count)
    let isThere = map(.eq, places, alongLast(place, of: outer + [shape[axis]]))
    let wide = broadcast(isThere, to: shape, axes: Array(outer.indices) + [axis])
    var line = shape
    line[axis] = 1
    let chosen = reshape(sum(map(.select, wide, id, constant(0)), over: [axis]), to: line)
    let first = cut(id, axis: axis, from: 0, count: 1)
    let others = cut(id, axis: axis, from: 1, count: shape[axis] - 1)
    let moved = map(
      .select, cut(wide, axis: axis, from: 1, count: shape[axis] - 1),
      spread(first, to: self.shape(others)), others)
    return concat(chosen, moved, axis: axis)
  }

  /// A⁻¹: for up to 3 rows the cofactors by the determinant, else what solves A·X = 1.
  mutating func inverse(_ a: NodeID) -> NodeID {
    let shape = shape(a)
    let count = shape.last!
    let outer = Array(shape.dropLast(2))
    guard count <= 3 else {
      let one = literal(
        (0..<(count * count)).map { $0 % (count + 1) == 0 ? 1 : 0 }, shape: [count, count])
      return solved(a, broadcast(one, to: shape, axes: [outer.count, outer.count + 1]))
    }
    let determinant = determinant(a)
    var parts: [NodeID] = []
    for place in 0..<(count * count) {
      let (row, column) = (place / count, place % count)
      let rest = Array(0..<count)
      // Rows and columns trade places.
      var cofactor = minor(
        a, rows: rest.filter { $0 != column }, columns: rest.filter { $0 != row })
      if (row + column) % 2 == 1 { cofactor = map(.neg, cofactor) }
      parts.append(reshape(map(.div, cofactor, determinant), to: outer + [1]))
    }
    return reshape(joined(parts, axis: outer.count), to: shape)
  }

  /// The determinant of some rows and columns, by those of what is left without the first row and each column in turn.
  private mutating func minor(_ a: NodeID, rows: [Int], columns: [Int]) -> NodeID {
    let outer = Array(shape(a).dropLast(2))
    guard let row = rows.first else {
      return outer.isEmpty ? constant(1) : broadcast(constant(1), to: outer, axes: [])
    }
    var total: NodeID?
    for (place, column) in columns.enumerated() {
      let box = cut(cut(a, from: column, count: 1), axis: outer.count, from: row, count: 1)
      var term = reshape(box, to: outer)
      if rows.count > 1 {
        let rest = columns.filter { $0 != column }
        term = map(.mul, term, minor(a, rows: Array(rows.dropFirst()), columns: rest))
      }
      total = total.map { map(place % 2 == 1 ? .sub : .add, $0, term) } ?? term
    }
    return total!
  }
}
