import NNCAlgebra
import NNCGraph

/// A system of equations A·X = B brought to triangular form, row after row, by elimination with the greatest pivot of each
/// column: what is left of each row once it has become the pivot's. A is (…, n, n), B (…, n, m).
struct Elimination {
  /// The pivot of each row.
  var pivots: [NodeID] = []
  /// What stands behind the pivot in the row, of A and then of B.
  var rows: [NodeID] = []
}

// Which rows are exchanged is a choice that comparisons make, and so is constant in derivatives: they go through the
// arithmetic alone, as it was done. The number of operations depends on n only.
extension Graph {
  /// Brings A, with B beside it, to triangular form.
  ///
  /// G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., algorithm 3.4.1.
  mutating func eliminated(_ a: NodeID, with b: NodeID) -> Elimination {
    var left = concat(a, b, axis: shape(a).count - 1)
    var result = Elimination()
    let count = shape(a).last!
    let outer = Array(shape(a).dropLast(2))
    for step in 0..<count {
      let (rows, columns) = (count - step, shape(left).last!)
      let row = outer + [columns]
      if rows == 1 {
        let last = reshape(left, to: row)
        result.pivots.append(reshape(cut(last, from: 0, count: 1), to: outer))
        result.rows.append(cut(last, from: 1, count: columns - 1))
        break
      }
      let column = reshape(cut(left, from: 0, count: 1), to: outer + [rows])
      let place = placeOfMaximum(map(Operation("abs")!, column))
      let places = iota(outer + [rows], axis: outer.count)
      let isPivot = map(.eq, places, alongLast(place, of: outer + [rows]))
      let wide = broadcast(isPivot, to: shape(left), axes: Array(0...outer.count))
      let pivotRow = sum(map(.select, wide, left, constant(0)), over: [outer.count])

      let first = cut(left, axis: outer.count, from: 0, count: 1)
      let others = cut(left, axis: outer.count, from: 1, count: rows - 1)
      let rest = map(
        .select, cut(wide, axis: outer.count, from: 1, count: rows - 1),
        spread(first, to: shape(others)), others)
      let pivot = reshape(cut(pivotRow, from: 0, count: 1), to: outer)
      // A column of zeros has nothing to eliminate.
      let divisor = map(.select, map(.eq, pivot, constant(0)), constant(1), pivot)
      let heads = reshape(cut(rest, from: 0, count: 1), to: outer + [rows - 1])
      let factors = map(.div, heads, alongLast(divisor, of: outer + [rows - 1]))
      let tail = cut(pivotRow, from: 1, count: columns - 1)
      left = map(
        .sub, cut(rest, from: 1, count: columns - 1), products(factors, tail, outer.count))
      result.pivots.append(pivot)
      result.rows.append(tail)
    }
    return result
  }

  /// f ⊗ r over the leading axes: f (…, I), r (…, J), the result (…, I, J).
  mutating func products(_ f: NodeID, _ r: NodeID, _ leading: Int) -> NodeID {
    let outer = (0..<leading).map { UInt8($0) }
    let (i, j) = (UInt8(leading), UInt8(leading + 1))
    return contract(
      Contraction(inputs: [outer + [i], outer + [j]], output: outer + [i, j]), [f, r])
  }

  /// X of A·X = B: A (…, n, n), B (…, n, m). The triangular form, from its last row up:
  ///
  ///     x(k) = (b(k) − Σ u(k, j)·x(j), j > k) / u(k, k)
  mutating func solved(_ a: NodeID, _ b: NodeID) -> NodeID {
    let count = shape(a).last!
    let width = shape(b).last!
    let outer = Array(shape(a).dropLast(2))
    let system = eliminated(a, with: b)
    let labels = (0..<outer.count).map { UInt8($0) }
    let (j, m) = (UInt8(outer.count), UInt8(outer.count + 1))
    let product = Contraction(inputs: [labels + [j], labels + [j, m]], output: labels + [m])
    var known: NodeID?
    for step in (0..<count).reversed() {
      let row = system.rows[step]
      let behind = count - 1 - step
      var right = cut(row, from: behind, count: width)
      if let known {
        right = map(.sub, right, contract(product, [cut(row, from: 0, count: behind), known]))
      }
      let value = map(.div, right, alongLast(system.pivots[step], of: outer + [width]))
      let line = reshape(value, to: outer + [1, width])
      known = known.map { concat(line, $0, axis: outer.count) } ?? line
    }
    return known!
  }

  /// L of A = L·Lᵀ, with zeros above its diagonal, of a symmetric positive definite A; of another A that of (A + Aᵀ)/2, so
  /// that the gradient is symmetric. Column after column:
  ///
  ///     l(k, k) = √a(k, k)        l(i, k) = a(i, k) / l(k, k)        a(i, j) ← a(i, j) − l(i, k)·l(j, k)
  mutating func choleskyFactor(_ a: NodeID) -> NodeID {
    let count = shape(a).last!
    let outer = Array(shape(a).dropLast(2))
    let order = Array(outer.indices) + [outer.count + 1, outer.count]
    var left = map(.mul, constant(0.5), map(.add, a, permute(a, order)))
    var columns: [NodeID] = []
    for step in 0..<count {
      let rows = count - step
      let column = cut(left, from: 0, count: 1)
      let root = map(.sqrt, cut(column, axis: outer.count, from: 0, count: 1))
      var whole = root
      if rows > 1 {
        let below = cut(column, axis: outer.count, from: 1, count: rows - 1)
        let lower = map(.div, below, spread(root, to: shape(below)))
        whole = concat(root, lower, axis: outer.count)
        let list = reshape(lower, to: outer + [rows - 1])
        let rest = cut(
          cut(left, from: 1, count: rows - 1), axis: outer.count, from: 1, count: rows - 1)
        left = map(.sub, rest, products(list, list, outer.count))
      }
      columns.append(
        pad(whole, at: outer.map { _ in 0 } + [step, 0], to: outer + [count, 1]))
    }
    return joined(columns, axis: outer.count + 1)
  }
}
