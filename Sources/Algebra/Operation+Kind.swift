extension Operation {
  /// Whether it compares two numbers, and gives 1 or 0.
  public var isComparison: Bool { ["lt", "le", "eq", "ne"].contains(name) }
}
