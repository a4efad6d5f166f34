import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// What names mean in expressions.
///
/// A network's scope has its input, output and target, parameters, labels and `let`s, and the
/// textbook's names of elements; any other name is an error. A scope without a network takes each
/// name that is not defined as a variable of its own.
public struct Scope: Sendable {
  /// Whether a name without a meaning is a variable and not an error.
  public let isOpen: Bool

  /// The functions and constants of `let`.
  var definitions: [String: Definition] = [:]
  /// Outputs of layers, by label or by kind and count, and hidden values.
  var values: [String: Flow] = [:]
  /// What the names of layers begin with inside the blocks that are being made, the innermost last: `stage1.`.
  var prefixes = [""]
  /// The parameters by name.
  var parameters: [String: NodeID] = [:]
  /// The parameters that training changes, in order.
  var trained: [(name: String, node: NodeID)] = []
  /// The parameters by the elements' names `w1`, `b1`.
  var elements = ElementNames()
  /// `x`, once it is known.
  var input: NodeID?
  /// `y`, once all layers are known.
  var output: Flow?
  /// How many classes there are, where the target is their numbers and not a number for each output.
  var targetClasses: Int?
  /// `loss`, once it is known.
  var loss: Flow?
  /// Names of what was wrong and has been reported.
  var faulty: Set<String> = []
  /// Whether parts of the source could not be read, so that names and numbers may be missing.
  var isIncomplete = false
  /// The shapes of variables that have been given a value; others are numbers.
  var shapes: [String: Shape] = [:]
  /// How many sources have been elaborated.
  var generation = 0

  /// A scope without a network: every name that is not defined is a variable.
  public init() { isOpen = true }

  init(isOpen: Bool) { self.isOpen = isOpen }
}

extension Scope {
  /// What names of layers begin with here.
  var prefix: String { prefixes[prefixes.count - 1] }

  /// The leaf `t` for an output of a shape: as many numbers, or one class for each row of them.
  func target(of shape: Shape) -> Symbol {
    let isWhole = targetClasses != nil
    return Symbol(
      name: "t", shape: isWhole ? Array(shape.dropLast()) : shape, role: .target, isWhole: isWhole)
  }

  /// What a table has under a name: that of the innermost block which has one.
  func find<Value>(_ name: String, in table: [String: Value]) -> (name: String, value: Value)? {
    for prefix in prefixes.reversed() {
      if let value = table[prefix + name] { return (prefix + name, value) }
    }
    return nil
  }
}

/// What flows out of a layer: outside training, where `dropout` is the identity, and in training.
public struct Flow: Sendable {
  /// Outside training.
  public var plain: NodeID
  /// In training.
  public var training: NodeID

  /// A value outside training and in training.
  public init(plain: NodeID, training: NodeID) {
    self.plain = plain
    self.training = training
  }

  subscript(isTraining: Bool) -> NodeID { isTraining ? training : plain }
}

/// A function or constant of `let`.
struct Definition: Sendable {
  /// Its name, where it is defined.
  var name: Identifier
  /// The parameters of a function; nil for a constant.
  var parameters: [Identifier]?
  /// The tree that holds the body.
  var tree: SyntaxTree
  /// What it is equal to.
  var body: ExpressionID
  /// Which source it stands in: spans of others mean nothing in messages about this one.
  var generation: Int
}
