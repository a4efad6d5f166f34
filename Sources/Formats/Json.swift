/// A value of JSON.
public enum Json: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number as it is written.
  case number(String)
  /// A text.
  case string(String)
  /// Values in their order.
  case array([Json])
  /// Members in the order in which they are written; no name stands twice.
  case object([Member])

  /// A name and its value.
  public struct Member: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value.
    public let value: Json
  }

  /// The text, if it is one.
  public var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The elements, if it is an array.
  public var elements: [Json]? { if case .array(let list) = self { list } else { nil } }

  /// The members, if it is an object.
  public var members: [Member]? { if case .object(let list) = self { list } else { nil } }

  /// The whole number from 0 on, if it is one that an `Int` holds.
  public var count: Int? {
    guard case .number(let text) = self, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }

  /// The number, if it is one that is finite.
  public var finite: Double? {
    guard case .number(let text) = self, case .finite(let value) = DecimalNumber(text) else {
      return nil
    }
    return value
  }
}
