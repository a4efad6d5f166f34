import NNCAlgebra

/// What differs between the languages in code over vectors; widths are powers of two, from 2.
protocol VectorDialect {
  /// The lanes of the widest vector.
  var widest: Int { get }
  /// What a vector type is called.
  func type(_ type: ScalarType, _ width: Int) -> String
  /// A vector with one value in all lanes.
  func broadcast(_ value: String, _ type: ScalarType, _ width: Int) -> String
  /// The vector that begins at an element.
  func load(_ element: String, _ width: Int) -> String
  /// The numbers of pairs that lie side by side, the first pair beginning at an element: the second one of each, or the
  /// first.
  func halves(_ element: String, second: Bool, _ width: Int) -> String
  /// The vector of these elements.
  func gather(_ elements: [String]) -> String
  /// A statement that writes a vector from an element on.
  func store(_ element: String, _ value: String, _ width: Int) -> String
  /// One lane.
  func lane(_ value: String, _ lane: Int) -> String
  /// All lanes combined by halves.
  func reduce(_ primitive: Primitive, _ value: String, _ width: Int) -> String
  /// The type of memory for so many vectors, that for one number of each, and the statement that combines the lanes of
  /// those in an array into the other one; nil where the lanes are combined as they are.
  func reduceInMemory(
    _ primitive: Primitive, _ count: Int, _ width: Int, from vectors: String, to results: String
  ) -> (vectors: String, results: String, statement: String)?
  /// Whether a truth holds in any lane.
  func any(_ value: String, _ width: Int) -> String
  /// The operation's spelling: `$0 $1 $2` stand for the operands.
  func pattern(_ primitive: Primitive, _ width: Int) -> String
  /// Whether that operand must be a vector where another one is.
  func needsVector(_ primitive: Primitive, _ operand: Int) -> Bool
  /// The name of a function's instance for vectors.
  func instance(_ function: String, _ width: Int) -> String
}
