/// The operands of a node: at most three.
public struct Operands: Hashable, Sendable, RandomAccessCollection {
  @usableFromInline var first: Int32 = -1
  @usableFromInline var second: Int32 = -1
  @usableFromInline var third: Int32 = -1

  /// No operands.
  @inlinable
  public init() {}

  /// No operands, or up to three.
  @inlinable
  public init(_ ids: some Sequence<NodeID>) {
    var place = 0
    for id in ids {
      self[place] = id
      place += 1
    }
  }

  /// One operand.
  @inlinable
  public init(_ a: NodeID) { first = a.index }

  /// Two operands.
  @inlinable
  public init(_ a: NodeID, _ b: NodeID) {
    first = a.index
    second = b.index
  }

  /// Three operands.
  @inlinable
  public init(_ a: NodeID, _ b: NodeID, _ c: NodeID) {
    first = a.index
    second = b.index
    third = c.index
  }

  /// The place of the first operand.
  @inlinable
  public var startIndex: Int { 0 }
  /// One past the place of the last operand.
  @inlinable
  public var endIndex: Int { first < 0 ? 0 : second < 0 ? 1 : third < 0 ? 2 : 3 }
  /// The operand at a place; what is set stands at one of the places, or just behind the last.
  @inlinable
  public subscript(position: Int) -> NodeID {
    get { NodeID(number: position == 0 ? first : position == 1 ? second : third) }
    set {
      switch position {
      case 0: first = newValue.index
      case 1: second = newValue.index
      case 2: third = newValue.index
      default: preconditionFailure("a node has at most three operands")
      }
    }
  }

  /// The operands' indices; -1 where there is none.
  var numbers: (Int32, Int32, Int32) { (first, second, third) }

  /// Two operands, the one that stands first in the graph first; others as they are.
  var ascending: Operands {
    second < 0 || first <= second ? self : Operands(self[1], self[0])
  }
}
