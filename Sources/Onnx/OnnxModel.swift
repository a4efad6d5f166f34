import NNCFormats

/// What an ONNX file says: a graph of operators, and the versions of the sets that they come from.
///
/// Source: onnx/onnx, `onnx.proto`. Fields that say nothing of what is computed are left out.
struct OnnxModel: Sendable {
  /// The file's name.
  var name = ""
  /// The program that wrote the file.
  var producer = ""
  /// The version of each set of operators, by its domain; the standard set has the empty one.
  var versions: [String: Int] = [:]
  /// What is computed.
  var graph = OnnxGraph()
  /// Functions of the file's own, by domain and name.
  var functions: [OnnxFunction] = []

  /// The version of the standard operators.
  var version: Int { versions[""] ?? versions["ai.onnx"] ?? 1 }
}

/// Nodes in an order in which they can be computed, and what they begin with.
struct OnnxGraph: Sendable {
  var name = ""
  var nodes: [OnnxNode] = []
  var constants: [OnnxTensor] = []
  var inputs: [OnnxPort] = []
  var outputs: [OnnxPort] = []
}

/// An operator with what it takes and gives, by name.
struct OnnxNode: Sendable {
  var name = ""
  var kind = ""
  var domain = ""
  /// Names of values; empty for what is left out.
  var inputs: [String] = []
  var outputs: [String] = []
  var attributes: [OnnxAttribute] = []
}

/// A setting of a node.
struct OnnxAttribute: Sendable {
  var name = ""
  var value = Value.none

  enum Value: Sendable {
    case none
    case real(Double)
    case whole(Int)
    case text(String)
    case tensor(OnnxTensor)
    case graph(OnnxGraph)
    case reals([Double])
    case wholes([Int])
    case texts([String])
    /// A setting of the function around it, by its name there.
    case outer(String)
    /// What no operator of networks has: sparse tensors, types, lists of tensors or of graphs.
    case other(String)
  }
}

/// An operator that the file defines by others.
struct OnnxFunction: Sendable {
  var name = ""
  var domain = ""
  var inputs: [String] = []
  var outputs: [String] = []
  var nodes: [OnnxNode] = []
}

/// An input or an output of a graph.
struct OnnxPort: Sendable {
  var name = ""
  /// Nil where the file does not say, or where it is no tensor.
  var type: OnnxType?
  /// Nil where the file says nothing of its shape.
  var shape: [Extent]?
  /// What it is where it is no tensor: `sequence`, `optional`.
  var otherKind: String?

  /// How far an axis reaches.
  enum Extent: Hashable, Sendable {
    case known(Int)
    /// A name; empty where there is none.
    case open(String)
  }
}

/// Constant numbers, which are read from the file when they are needed.
struct OnnxTensor: Sendable {
  var name = ""
  var type = OnnxType.f32
  var shape: [Int] = []
  var content = Content.numbers([])

  enum Content: Sendable {
    /// Where they lie, one after the other.
    case stored(StoredArray)
    /// A list of whole numbers, each of one to ten bytes.
    case packed(ByteSource, Range<Int>)
    /// The numbers.
    case numbers([Double])
    /// Texts.
    case texts([String])
  }

  /// How many numbers there are.
  var count: Int { shape.reduce(1, *) }
}
