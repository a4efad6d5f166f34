/// Named arrays with texts beside them: what a file of weights holds.
public struct TensorFile: Sendable {
  /// The file's name.
  public let name: String
  /// The arrays, in the order in which they lie in the file.
  public let arrays: [StoredArray]
  /// Texts by name.
  public let metadata: [String: String]

  /// A file of its parts.
  public init(name: String, arrays: [StoredArray], metadata: [String: String] = [:]) {
    self.name = name
    self.arrays = arrays
    self.metadata = metadata
  }

  /// The array of that name.
  public func array(_ name: String) -> StoredArray? { arrays.first { $0.name == name } }
}

/// An array to be written to a file of weights.
public struct NamedArray: Sendable {
  /// Its name.
  public var name: String
  /// The extents of its axes, outermost first.
  public var shape: [Int]
  /// Its numbers in row-major order.
  public var values: [Double]

  /// An array of its parts; there must be as many numbers as the shape says.
  public init(name: String, shape: [Int], values: [Double]) {
    precondition(shape.reduce(1, *) == values.count)
    self.name = name
    self.shape = shape
    self.values = values
  }
}
