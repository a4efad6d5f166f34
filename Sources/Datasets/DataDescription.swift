/// What must be known of the data that a network was trained with, to give it more of the kind.
public struct DataDescription: Hashable, Sendable {
  /// The names of the input columns; empty where they had none.
  public var inputs: [String]
  /// The names of the target columns; empty where they had none.
  public var targets: [String]
  /// The names of the classes, in the order of the network's outputs; empty where the target is numbers.
  public var classes: [String]
  /// How the texts of the input columns become numbers; empty where all of them are numbers.
  public var columns: [ColumnFormat] = []
  /// How numbers are written.
  public var style = NumberStyle()
  /// In which order a date with slashes has day and month.
  public var dateOrder: DateOrder?
  /// What the whole numbers of a text stand for; nil where the samples were no text.
  public var vocabulary: Vocabulary?
  /// How much each class counted in the loss of the training; empty where all counted the same.
  public var classWeights: [Double] = []
  /// How the samples were divided; nil where all of them were trained with.
  public var split: DataSplit?
  /// What is done to the inputs first.
  public var transform: ColumnTransform?

  /// A description of its parts.
  public init(
    inputs: [String] = [], targets: [String] = [], classes: [String] = [],
    columns: [ColumnFormat] = [], style: NumberStyle = NumberStyle(), dateOrder: DateOrder? = nil,
    transform: ColumnTransform? = nil
  ) {
    self.inputs = inputs
    self.targets = targets
    self.classes = classes
    self.columns = columns
    self.style = style
    self.dateOrder = dateOrder
    self.transform = transform
  }
}
