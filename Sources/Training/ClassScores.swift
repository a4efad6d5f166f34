/// How well a network tells classes apart, beyond its accuracy; as scikit-learn defines each.
///
/// With TP, FP and FN the samples that were rightly, wrongly and wrongly not taken for a class:
///
///     precision = TP/(TP + FP),   recall = TP/(TP + FN),   F1 = 2·TP/(2·TP + FP + FN)
///
/// and 0 where nothing is divided by nothing.
public struct ClassScores: Hashable, Sendable {
  /// Precision, recall, F1, and how many samples are of the class, or of all.
  public struct Row: Hashable, Sendable {
    /// TP/(TP + FP).
    public let precision: Double
    /// TP/(TP + FN).
    public let recall: Double
    /// 2·TP/(2·TP + FP + FN).
    public let f1: Double
    /// How many samples are of the class, or of all.
    public let count: Int
  }

  /// The rows of the classes.
  public let classes: [Row]
  /// The mean over the classes.
  public let macro: Row
  /// The mean over the classes, each as heavy as its samples are many.
  public let weighted: Row
  /// What the probabilities are worth; nil where the outputs are none.
  public let probabilities: ProbabilityScores?

  /// The scores of a table of how often a class (row) was taken for another (column).
  init(confusion: [[Int]], probabilities: ProbabilityScores?) {
    self.probabilities = probabilities
    let rows = confusion.indices.map { place in
      let right = confusion[place][place]
      let count = confusion[place].reduce(0, +)
      let taken = confusion.reduce(0) { $0 + $1[place] }
      return Row(
        precision: Self.ratio(right, taken), recall: Self.ratio(right, count),
        f1: Self.ratio(2 * right, taken + count), count: count)
    }
    let total = rows.reduce(0) { $0 + $1.count }
    // A class that occurs neither way is no class of these samples.
    let present = rows.indices.filter { place in
      rows[place].count > 0 || confusion.contains { $0[place] > 0 }
    }.map { rows[$0] }
    func mean(_ weight: (Row) -> Double) -> Row {
      let sum = present.reduce(0) { $0 + weight($1) }
      func mean(_ value: (Row) -> Double) -> Double {
        sum > 0 ? present.reduce(0) { $0 + weight($1) * value($1) } / sum : 0
      }
      return Row(
        precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1), count: total)
    }
    classes = rows
    macro = mean { _ in 1 }
    weighted = mean { Double($0.count) }
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole > 0 ? Double(part) / Double(whole) : 0
  }
}
