import NNCDiagnostics
import NNCGraph

/// Something that a layer is given, and where it stands where there is a source.
public struct Given<Value: Sendable>: Sendable {
  /// What it is.
  public var value: Value
  /// Where it stands.
  public var span: SourceSpan?

  /// A value and its place.
  public init(_ value: Value, _ span: SourceSpan? = nil) {
    self.value = value
    self.span = span
  }
}

/// What a layer is called, and where it stands where there is a source.
public struct LayerHead: Sendable {
  /// The kind, which also names the layer where it has no label.
  public var kind: Given<String>
  /// The label.
  public var label: String?
  /// Whether the label gets a number, as those in a `repeat` do.
  public var isNumbered: Bool
  /// The whole layer.
  public var span: SourceSpan?

  /// A head of these parts.
  public init(
    _ kind: Given<String>, label: String? = nil, isNumbered: Bool = false, span: SourceSpan? = nil
  ) {
    self.kind = kind
    self.label = label
    self.isNumbered = isNumbered
    self.span = span
  }
}

/// A layer to be made, as values.
public struct LayerRequest: Sendable {
  /// What it is called.
  public var head: LayerHead
  /// Its kind.
  public var row: LayerRow
  /// What it is given without a key.
  public var operand: Operand
  /// What it is given by key: a parameter's beginning, `init`, `frozen`, or a key of the row's own.
  public var keys: [String: Given<Value>]
  /// Whether all that it was given could be read; a layer that is not sound only hands a shape on.
  public var isSound = true

  /// What a layer is given without a key.
  public enum Operand: Sendable {
    /// Nothing.
    case none
    /// The widths of what flows in, where it is stated, and out.
    case widths(from: Given<Int>?, to: Given<Int>)
    /// A number.
    case number(Given<Double>)
    /// Whole numbers, one or several.
    case sizes(Given<[Int]>)
    /// A word.
    case word(Given<String>)
    /// An earlier layer's output.
    case layer(Given<Flow>)
    /// What was wrong and has been reported; the width of what flows out, where it is known all the same.
    case invalid(width: Int?)
  }

  /// What a key is given.
  public enum Value: Sendable {
    /// A number; for a parameter, everywhere.
    case number(Double)
    /// Whole numbers, one for each axis or side.
    case sizes([Int])
    /// Numbers in row-major order.
    case tensor([Double], Shape)
    /// A word: `yes`, `no`, an initialiser, a parameter of the row.
    case word(String)
    /// The earlier parameter of that name, to be shared.
    case parameter(String)
    /// A value of the network's.
    case flow(Flow)
    /// What was wrong and has been reported.
    case invalid
  }

  /// A request of these parts.
  public init(
    _ head: LayerHead, _ row: LayerRow, operand: Operand = .none,
    keys: [String: Given<Value>] = [:]
  ) {
    self.head = head
    self.row = row
    self.operand = operand
    self.keys = keys
  }
}
