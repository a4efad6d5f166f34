/// The extents of a tensor's axes, outermost first; a scalar has none.
public typealias Shape = [Int]

// Elements and their places: in row-major order the last axis runs fastest.
extension Shape {
  /// How many numbers a tensor of this shape holds.
  public var elementCount: Int { reduce(1, *) }

  /// The index along each axis of the element with this number.
  public func place(of number: Int) -> [Int] {
    var place = self
    var rest = number
    for axis in indices.reversed() {
      place[axis] = rest % self[axis]
      rest /= self[axis]
    }
    return place
  }

  /// The number of the element at these indices.
  public func number(of place: [Int]) -> Int { zip(self, place).reduce(0) { $0 * $1.0 + $1.1 } }

  /// How far one step along each axis moves.
  public var rowMajorSteps: [Int] {
    var steps = [Int](repeating: 1, count: count)
    for axis in indices.dropLast().reversed() { steps[axis] = steps[axis + 1] * self[axis + 1] }
    return steps
  }
}
