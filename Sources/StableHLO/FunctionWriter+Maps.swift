import NNCAlgebra
import NNCGraph

// Scalar operations, element by element.
extension FunctionWriter {
  /// An operation on operands of the result's shape, or on scalars that are repeated.
  mutating func map(_ operation: Operation, _ id: NodeID, called name: String?) -> Value {
    let operands = graph.operands(id)
    if real == .bf16, graph.isScalar(id), operands.contains(where: { values[$0]?.element == .f32 })
    {
      return counted(operation, id, called: name)
    }
    let shape = fullShape(of: id)
    let given = operands.map { spread($0, to: shape, isBatched: graph[id].isBatched) }
    let writer = FormulaWriter(shape: shape, real: real, precision: module.real.arithmetic)
    return writer.apply(operation.name, given, &body, called: name)
  }

  /// What is made of single numbers of the state stays of their type.
  private mutating func counted(_ operation: Operation, _ id: NodeID, called name: String?) -> Value
  {
    let given = graph.operands(id).map { operand -> Value in
      if let number = numbers[operand] { return body.constant(number, [], .f32) }
      return body.convert(value(operand), to: .f32)
    }
    return FormulaWriter(shape: [], real: .f32, precision: .f32).apply(
      operation.name, given, &body, called: name)
  }

  /// A value repeated to a shape that has its axes, or that it is a scalar beside; numbers are written as such. Whole
  /// numbers become reals.
  mutating func spread(_ id: NodeID, to shape: Shape, isBatched: Bool) -> Value {
    if let number = numbers[id] { return body.constant(number, shape, real) }
    var value = value(id)
    if value.element == .i32 || value.element == .f32 { value = asReal(value) }
    let lead = isBatched ? 1 : 0
    if graph[id].isBatched {
      let axes = graph.isScalar(id) ? [0] : Array(shape.indices)
      return body.broadcast(value, to: shape, axes: axes)
    }
    return body.broadcast(value, to: shape, axes: value.shape.indices.map { $0 + lead })
  }
}
