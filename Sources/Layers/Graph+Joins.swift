import NNCAlgebra
import NNCGraph

// Tensors put together, turned and cut.
extension Graph {
  /// The elements on the diagonal of the last two axes, of which there are as many as the shorter one has. In row-major
  /// order they are a row's length and one more apart.
  mutating func diagonal(_ id: NodeID) -> NodeID {
    let shape = shape(id)
    let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
    let outer = Array(shape.dropLast(2))
    let flat = reshape(id, to: outer + [rows * columns])
    let count = min(rows, columns)
    if count == 1 { return cut(flat, from: 0, count: 1) }
    return slice(
      flat, from: outer.map { _ in 0 } + [0], steps: outer.map { _ in 1 } + [columns + 1],
      shape: outer + [count])
  }

  /// Square matrices with the elements of the last axis on their diagonals, and zeros beside them.
  mutating func onDiagonal(_ id: NodeID) -> NodeID {
    let shape = shape(id)
    let count = shape.last!
    let outer = Array(shape.dropLast())
    let flat = pad(
      id, at: shape.map { _ in 0 }, steps: outer.map { _ in 1 } + [count + 1],
      to: outer + [count * count])
    return reshape(flat, to: outer + [count, count])
  }

  /// Matrices whose elements beside one of the triangles are 0: kept is what lies on or below the diagonal number k,
  /// or on or above it.
  mutating func triangle(_ id: NodeID, _ k: Int, isUpper: Bool) -> NodeID {
    let shape = shape(id)
    let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
    let mask = literal(
      (0..<(rows * columns)).map { place in
        let distance = place % columns - place / columns
        return (isUpper ? distance >= k : distance <= k) ? 1 : 0
      }, shape: [rows, columns])
    let wide = broadcast(mask, to: shape, axes: [shape.count - 2, shape.count - 1])
    return map(.select, wide, id, constant(0))
  }
}
