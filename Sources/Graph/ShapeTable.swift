/// The shapes that occur in a graph, numbered; number 0 is the scalar.
struct ShapeTable: Sendable {
  private(set) var shapes: [Shape] = [[]]
  private(set) var elementCounts: [Int] = [1]
  private var numbers: [Shape: Int32] = [:]

  mutating func number(of shape: Shape) -> Int32 {
    if shape.isEmpty { return 0 }
    if let known = numbers[shape] { return known }
    let next = Int32(shapes.count)
    numbers[shape] = next
    shapes.append(shape)
    elementCounts.append(shape.elementCount)
    return next
  }
}
