/// How the texts of one column of inputs become numbers.
///
/// Each text has one raw number: itself, 0 or 1, the place of its category, or the days since 1970. NaN stands for a
/// missing value. What a network sees of a raw number is one number or several.
public struct ColumnFormat: Hashable, Sendable {
  /// What the texts are.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Numbers.
    case number
    /// Two words, such as yes and no.
    case boolean
    /// Names of categories.
    case category
    /// Days, perhaps with a time.
    case date
  }

  /// What is done where a value is missing.
  public enum Missing: String, Hashable, Sendable, CaseIterable {
    /// It is an error.
    case error
    /// The row is left out.
    case drop
    /// The mean, the median or the commonest of the values trained with takes its place; of categories always the
    /// commonest.
    case mean, median, most
  }

  /// What is done with a category that training did not see.
  public enum Unknown: String, Hashable, Sendable, CaseIterable {
    /// It is an error.
    case error
    /// It is none of the categories: all its numbers are 0.
    case zero
  }

  /// What the texts are.
  public var kind = Kind.number
  /// The names of the categories in order: numbers by value, others as texts.
  public var categories: [String] = []
  /// What a date is taken apart into.
  public var parts: [DatePart] = []
  /// What is done where a value is missing.
  public var missing = Missing.error
  /// The raw number that takes the place of missing ones; nil until samples have been measured.
  public var fill: Double?
  /// What is done with a category that training did not see.
  public var unknown = Unknown.error

  /// A column of numbers, of which none is missing.
  public init() {}

  /// A column of a kind.
  public init(_ kind: Kind) {
    self.kind = kind
    if kind == .date { parts = DatePart.usual }
  }

  /// How many numbers a network sees.
  public var width: Int {
    switch kind {
    case .number, .boolean: 1
    case .category: categories.count
    case .date: parts.count
    }
  }

  /// Whether a text stands for its number and nothing else.
  var isPlain: Bool { kind == .number && missing == .error }

  /// Writes what a network sees of a raw number.
  func write(_ raw: Double, to numbers: UnsafeMutablePointer<Double>) {
    let value = raw.isNaN ? fill ?? raw : raw
    switch kind {
    case .number, .boolean: numbers[0] = value
    case .category:
      for place in categories.indices { numbers[place] = 0 }
      if value >= 0, value < Double(categories.count) { numbers[Int(value)] = 1 }
    case .date:
      let date = CalendarDate(days: value.isNaN ? 0 : value)
      for (place, part) in parts.enumerated() { numbers[place] = date.value(of: part) }
    }
  }

  /// What the network's numbers are called.
  func names(of column: String) -> [String] {
    switch kind {
    case .number, .boolean: [column]
    case .category: categories.map { "\(column)=\($0)" }
    case .date: parts.map { "\(column).\($0.rawValue)" }
    }
  }
}
