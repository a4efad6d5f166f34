import NNCGraph
import NNCText

/// A function of a module: what it is given, and what it gives.
public struct StableFunction: Sendable {
  /// Its name.
  public var name: String
  /// The leaves that it is given, in order.
  public var arguments: [NodeID]
  /// What it gives: a name, a value, and the place of the argument whose memory it may take.
  public var results: [(name: String, node: NodeID, replaces: Int?)]
  /// The leaf of the state that counts steps, on which noise depends; nil where it is given none, and there is none.
  public var counter: NodeID?

  /// Makes a function.
  public init(
    name: String, arguments: [NodeID],
    results: [(name: String, node: NodeID, replaces: Int?)], counter: NodeID? = nil
  ) {
    self.name = name
    self.arguments = arguments
    self.results = results
    self.counter = counter
  }
}

/// Functions of a network as a module of StableHLO, for batches of one size.
///
/// What differs between samples has the batch as its first axis; sums over samples are sums over it. Whole numbers are of
/// type `i32`, everything else of one real type. Source: the StableHLO specification, openxla.org/stablehlo/spec.
public struct StableModule: Sendable {
  /// Its name.
  public var name: String
  /// The graph of all functions.
  public var graph: Graph
  /// How many samples a batch has.
  public var batch: Int
  /// The type of reals.
  public var real: RealType
  /// The seed of noise.
  public var seed: UInt64
  /// The functions. A single one is called `main`, as engines want it.
  public var functions: [StableFunction]
  /// Lines for the comment at the head.
  public var remarks: [String]

  /// Makes a module.
  public init(
    name: String, graph: Graph, batch: Int, real: RealType, seed: UInt64,
    functions: [StableFunction], remarks: [String] = []
  ) {
    self.name = name
    self.graph = graph
    self.batch = batch
    self.real = real
    self.seed = seed
    self.functions = functions
    self.remarks = remarks
  }

  /// The type of a leaf's elements. A single number of the state, which counts steps or is multiplied from step to step,
  /// is f32 in bf16 too, which holds neither 257 nor 0.999.
  func element(of leaf: NodeID) -> Element {
    guard let symbol = graph.symbol(leaf) else { return real.element }
    if symbol.isWhole { return .i32 }
    let isCounted = symbol.role == .state && symbol.shape.isEmpty
    return isCounted && real == .bf16 ? .f32 : real.element
  }

  /// The module's text.
  public var text: String {
    let names = functions.count == 1 ? ["main"] : functions.map(\.name)
    var library = Library(reserved: names)
    var lines = remarks.map { $0.isEmpty ? "//" : "// " + $0 }
    lines.append("module @\(identifier(name)) {")
    for (index, function) in functions.enumerated() {
      if index > 0 { lines.append("") }
      var writer = FunctionWriter(self, function, library)
      lines += writer.written(as: names[index]).map { $0.isEmpty ? "" : "  " + $0 }
      library = writer.body.library
    }
    for function in library.functions {
      lines.append("")
      lines += function.map { "  " + $0 }
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }
}
