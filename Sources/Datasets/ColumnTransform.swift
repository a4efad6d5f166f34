/// What is done to each column of the inputs before a network sees it: (x − mean) / scale.
///
/// The terms are scikit-learn's `StandardScaler`'s: `mean_` and `scale_`.
public struct ColumnTransform: Hashable, Sendable {
  /// What is subtracted from each column.
  public let mean: [Double]
  /// What each column is then divided by; never 0.
  public let scale: [Double]

  /// A transform of its parts, which have one number for each column.
  public init(mean: [Double], scale: [Double]) {
    precondition(mean.count == scale.count && scale.allSatisfy { $0 != 0 && $0.isFinite })
    self.mean = mean
    self.scale = scale
  }

  /// All columns divided by one number.
  public init(dividingBy scale: Double, columns: Int) {
    self.init(
      mean: Array(repeating: 0, count: columns), scale: Array(repeating: scale, count: columns))
  }

  /// How many columns it is for.
  public var columnCount: Int { mean.count }

  /// The mean of all columns, where they have the same.
  var commonMean: Double? { mean.allSatisfy { $0 == mean[0] } ? mean.first : nil }

  /// What all columns are divided by, where it is the same.
  var commonScale: Double? { scale.allSatisfy { $0 == scale[0] } ? scale.first : nil }
}
