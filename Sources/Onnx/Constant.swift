import NNCAlgebra
import NNCDiagnostics
import NNCFormats

/// Numbers that are known when a model is read.
struct Constant {
  var type: OnnxType
  var shape: [Int]
  /// Where the numbers come from; they are read only where something asks for them.
  var tensor: OnnxTensor
  /// Of which constant of the file they are all the numbers, and whether its two axes are exchanged.
  var origin: Origin?
  /// The places of numbers that are multiples of the number of samples, which is read as 1.
  var batched: Set<Int> = []

  struct Origin: Hashable {
    var name: String
    var isTurned = false
  }

  var count: Int { shape.reduce(1, *) }

  /// A constant of the file.
  init(_ tensor: OnnxTensor) {
    type = tensor.type
    shape = tensor.shape
    self.tensor = tensor
    if !tensor.name.isEmpty { origin = Origin(name: tensor.name) }
  }

  /// Numbers that were computed.
  init(_ numbers: [Double], _ shape: [Int], _ type: OnnxType) {
    self.type = type
    self.shape = shape
    tensor = OnnxTensor(type: type, shape: shape, content: .numbers(numbers))
  }

  /// The numbers in row-major order.
  func numbers() throws(ImportProblem) -> [Double] {
    do throws(FileFailure) { return try tensor.numbers() } catch { throw .file(error) }
  }

  /// The numbers as whole ones: shapes, axes and places.
  func wholes() throws(ImportProblem) -> [Int] {
    guard type.isWhole || type.isTruth else { throw .wrong("whole numbers are of \(type.name)") }
    var result: [Int] = []
    for number in try numbers() {
      // A place beyond every axis, as `Slice` has it, needs not be exact.
      result.append(Int(exactly: number) ?? (number < 0 ? -Int(Int32.max) : Int(Int32.max)))
    }
    return result
  }
}

extension Constant {
  /// The elements at other places: element i of the result is element `places[i]`.
  func moved(_ places: [Int], to shape: [Int]) throws(ImportProblem) -> Constant {
    let numbers = try numbers()
    var result = Constant(places.map { numbers[$0] }, shape, type)
    if !batched.isEmpty {
      result.batched = Set(places.indices.filter { batched.contains(places[$0]) })
    }
    return result
  }

  /// The same numbers under another shape.
  func reshaped(_ shape: [Int]) -> Constant {
    var result = self
    result.shape = shape
    if shape.filter({ $0 != 1 }) != self.shape.filter({ $0 != 1 }) { result.origin = nil }
    return result
  }

  /// The axes in another order.
  func permuted(_ axes: [Int]) throws(ImportProblem) -> Constant {
    let strides = Self.strides(shape)
    let extents = axes.map { shape[$0] }
    var result = try moved(
      Self.places(extents, axes.map { strides[$0] }), to: extents)
    if axes == [1, 0], let origin {
      result.origin = Origin(name: origin.name, isTurned: !origin.isTurned)
    }
    return result
  }

  /// Every number twice as wide as needs be: repeated to a shape with which its own goes together.
  func spread(to target: [Int]) throws(ImportProblem) -> Constant {
    if shape == target { return self }
    let own = Array(repeating: 1, count: target.count - shape.count) + shape
    var strides = Self.strides(own)
    for (axis, extent) in own.enumerated() where extent == 1 { strides[axis] = 0 }
    return try moved(Self.places(target, strides), to: target)
  }

  /// How far one step along each axis moves.
  static func strides(_ shape: [Int]) -> [Int] {
    var strides = shape.map { _ in 1 }
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    return strides
  }

  /// The places that indices over a shape mean, by steps along each axis, in row-major order.
  static func places(_ shape: [Int], _ strides: [Int], offset: Int = 0) -> [Int] {
    var places = [offset]
    for (extent, stride) in zip(shape, strides) {
      places = places.flatMap { place in (0..<extent).map { place + $0 * stride } }
    }
    return places
  }
}

extension Operation {
  /// The operation on each element of constants whose shapes go together.
  func fold(_ operands: [Constant], _ shape: [Int], _ type: OnnxType) throws(ImportProblem)
    -> Constant
  {
    var numbers: [[Double]] = []
    for operand in operands { numbers.append(try operand.spread(to: shape).numbers()) }
    let count = shape.reduce(1, *)
    var arguments = operands.map { _ in 0.0 }
    let result = (0..<count).map { index -> Double in
      for (place, list) in numbers.enumerated() { arguments[place] = list[index] }
      return evaluate(arguments)
    }
    return Constant(result, shape, type)
  }
}
