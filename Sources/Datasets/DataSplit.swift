/// How samples were divided: into those trained with and those held out, perhaps some for a last test.
public struct DataSplit: Hashable, Sendable {
  /// How many samples there were.
  public var rows: Int
  /// The shares of the parts, whose sum is 1: training, held out, perhaps test.
  public var shares: [Double]
  /// The seed of the order in which they were dealt out.
  public var seed: UInt64
  /// Whether every part has its share of every class.
  public var isStratified: Bool

  /// A split of its parts.
  public init(rows: Int, shares: [Double], seed: UInt64, isStratified: Bool) {
    self.rows = rows
    self.shares = shares
    self.seed = seed
    self.isStratified = isStratified
  }
}
