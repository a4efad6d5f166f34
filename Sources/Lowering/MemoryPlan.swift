/// How an entry uses its workspace: which array lies where, and from which call to which.
public struct MemoryPlan: Sendable {
  /// One array in the workspace.
  public struct Array: Sendable, Hashable {
    /// What it holds, in the network's words where there are any.
    public var name: String
    /// The place of its first number.
    public var offset: Int
    /// How many numbers it holds, for all samples.
    public var count: Int
    /// The call that writes it first.
    public var firstCall: Int
    /// The call that uses it last.
    public var lastCall: Int

    /// Makes an array.
    public init(name: String, offset: Int, count: Int, firstCall: Int, lastCall: Int) {
      self.name = name
      self.offset = offset
      self.count = count
      self.firstCall = firstCall
      self.lastCall = lastCall
    }
  }

  /// The arrays, in the order in which they are first written.
  public var arrays: [Array]
  /// The numbers that the whole workspace holds.
  public var count: Int

  /// Makes a plan.
  public init(arrays: [Array] = [], count: Int = 0) {
    self.arrays = arrays
    self.count = count
  }
}
