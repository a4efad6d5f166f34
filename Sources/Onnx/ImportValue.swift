/// A value of a model while it is read: a tensor for one sample, its first axis among the others where it has one.
struct ImportValue {
  var type: OnnxType
  /// Its shape in the model, of one sample.
  var shape: [Int]
  /// The axis that has an extent for each sample, or a multiple of it; nil where there is none.
  var batch: Int?
  var content: Content

  enum Content {
    /// Numbers that are known.
    case constant(Constant)
    /// An expression, and the shape that it has in the network: as many numbers in the same order, so that a change of
    /// shape is only made where it matters.
    case flow(ImportExpression, [Int])
    /// What is left out.
    case missing
  }

  /// A constant.
  init(_ constant: Constant) {
    type = constant.type
    shape = constant.shape
    content = .constant(constant)
  }

  init(_ type: OnnxType, _ shape: [Int], batch: Int? = nil, _ content: Content) {
    self.type = type
    self.shape = shape
    self.batch = batch
    self.content = content
  }

  static var missing: ImportValue { ImportValue(.f32, [], .missing) }

  var constant: Constant? { if case .constant(let constant) = content { constant } else { nil } }
  var isMissing: Bool { if case .missing = content { true } else { false } }
  var count: Int { shape.reduce(1, *) }

  /// Its shape in the network as its statements have it by default: without a first axis of extent 1.
  var ownForm: [Int] { Self.form(of: shape) }

  static func form(of shape: [Int]) -> [Int] {
    if shape.isEmpty { return [1] }
    return shape.count > 1 && shape[0] == 1 ? Array(shape.dropFirst()) : shape
  }

  /// An axis counted from 0, from one that may be counted from the end.
  func axis(_ axis: Int) throws(ImportProblem) -> Int {
    let result = axis < 0 ? axis + shape.count : axis
    guard result >= 0, result < shape.count else {
      throw .wrong("axis \(axis) of \(shape.count) axes")
    }
    return result
  }
}

/// The shape to which shapes are repeated where they meet, counted from the last axis; nil where they do not go together.
func commonShape(_ shapes: [[Int]]) -> [Int]? {
  let rank = shapes.map(\.count).max() ?? 0
  var result = Array(repeating: 1, count: rank)
  for shape in shapes {
    for (axis, extent) in shape.enumerated() {
      let place = axis + rank - shape.count
      if result[place] == 1 {
        result[place] = extent
      } else if extent != 1, extent != result[place] {
        return nil
      }
    }
  }
  return result
}
