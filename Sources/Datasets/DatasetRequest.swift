import NNCFormats

/// What is wanted of a file of data.
public struct DatasetRequest: Sendable {
  /// The file; `-` is standard input.
  public var path: String
  /// A file of its own for the targets.
  public var labelsPath: String?
  /// The columns, or in an `.npz` the array, of the inputs; nil for all that are not the target's.
  public var inputs: ColumnChoice?
  /// The columns, or in an `.npz` the array, of the target.
  public var target: ColumnChoice?
  /// Whether the first record of a delimited text names the columns; nil to find out.
  public var hasHeader: Bool?
  /// The byte between fields of a delimited text; nil to find out.
  public var delimiter: UInt8?
  /// How many numbers the network takes as its input.
  public var inputWidth: Int
  /// The shape of the network's input, for pictures.
  public var inputShape: [Int]
  /// How many numbers the network takes as its target, as many as it has outputs; 0 where no target is wanted.
  public var targetWidth: Int
  /// What a token is where the file is a text; nil where it is none.
  public var tokens: Vocabulary.Kind?
  /// How many whole numbers the network tells apart, where it takes such.
  public var tokenCount = 0
  /// How many classes the network tells apart where its target is their numbers; nil where it is no such.
  public var classCount: Int?
  /// What is known from the data that the network was trained with.
  public var description: DataDescription?
  /// Data of at most so many bytes, as binary64 or where the file has bytes as bytes, is kept in memory; more is read as
  /// it is needed.
  public var memoryLimit: Int
  /// What is said of the columns of a table.
  public var columns = ColumnOptions()
  /// Whether rows of a table that cannot be used are kept, as such, and do not end the reading.
  public var keepsUnusable = false
  /// Is told how far the reading is; nil for nobody.
  public var progress: ReadingProgress?

  /// A request of its parts.
  public init(
    path: String, labelsPath: String? = nil, inputs: ColumnChoice? = nil,
    target: ColumnChoice? = nil, hasHeader: Bool? = nil, delimiter: UInt8? = nil,
    inputWidth: Int, targetWidth: Int, description: DataDescription? = nil,
    memoryLimit: Int = 1 << 29
  ) {
    self.path = path
    self.labelsPath = labelsPath
    self.inputs = inputs
    self.target = target
    self.hasHeader = hasHeader
    self.delimiter = delimiter
    self.inputWidth = inputWidth
    inputShape = [inputWidth]
    self.targetWidth = targetWidth
    self.description = description
    self.memoryLimit = memoryLimit
  }
}
