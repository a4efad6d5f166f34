/// What must be known of the data that a network was trained with, to give it more of the kind.
public struct DataDescription: Hashable, Sendable {
  /// The names of the input columns; empty where they had none.
  public var inputs: [String]
  /// The names of the target columns; empty where they had none.
  public var targets: [String]
  /// The names of the classes, in the order of the network's outputs; empty where the target is numbers.
  public var classes: [String]
  /// What is done to the inputs first.
  public var transform: ColumnTransform?

  /// A description of its parts.
  public init(
    inputs: [String] = [], targets: [String] = [], classes: [String] = [],
    transform: ColumnTransform? = nil
  ) {
    self.inputs = inputs
    self.targets = targets
    self.classes = classes
    self.transform = transform
  }
}
