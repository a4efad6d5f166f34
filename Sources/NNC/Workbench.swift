import NNCAlgebra
import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCProgram
import NNCRewriting
import NNCSyntax

/// A place where expressions are worked out: about a network, with values for its input, target and parameters, or
/// about variables of the user's own.
public struct Workbench {
  /// The network, its update rule with the keys as they are now; nil where every name is a variable.
  public internal(set) var network: Network?
  /// What a network was compiled for.
  public let options: CompilerOptions

  /// The graph that all expressions so far stand in, and what names mean there.
  var graph: Graph
  var scope: Scope
  /// The layout of the parameters.
  var fields: NetworkFields?
  /// The parameters, one after the other.
  public internal(set) var parameters: [Double] = []
  /// What the update rule keeps.
  public internal(set) var state: [Double] = []
  /// The values of variables, and of `x` and `t` where they are known.
  public internal(set) var values: [String: Tensor] = [:]
  /// The numbers that parts of `x` and `t` have been given, where these have several.
  var givenParts: [String: [String: [Double]]] = [:]
  /// The names of the user's own `let`s.
  var defined: Set<String> = []
  /// The keys of the update rule that are names here, since nothing else is called so: `lr`.
  var ruleKeys: Set<String> = []
  /// The network compiled, once it has been trained.
  var trained: Model?

  /// A workbench without a network: every name is a variable.
  public init() {
    network = nil
    options = CompilerOptions()
    graph = Graph()
    scope = Scope()
    fields = nil
  }

  /// A workbench about a network, with its initial parameters.
  public init(_ network: Network, _ options: CompilerOptions = CompilerOptions()) {
    self.network = network
    self.options = options
    graph = network.graph
    graph.nameElements(of: network)
    scope = network.scope
    fields = NetworkFields(network)
    reset()
    nameRuleKeys()
  }

  /// Takes the initial parameters and state again.
  public mutating func reset() {
    guard let fields else { return }
    parameters = fields.parameters.flatMap { rounded($0.initialValues) }
    state = fields.state.flatMap { rounded($0.initialValues) }
  }

  /// How many samples `x` and `t` hold.
  public var sampleCount: Int {
    guard let network else { return 1 }
    let sizes = [("x", network.inputShape), ("t", targetShape)]
    for (name, shape) in sizes {
      guard let value = values[name], let shape else { continue }
      return max(1, value.values.count / max(1, shape.elementCount))
    }
    return 1
  }

  /// The shape of one sample's target.
  public var targetShape: [Int]? { network.map { $0.targetShape } }

  private func rounded(_ numbers: [Double]) -> [Double] {
    options.precision == .f32 ? numbers.map { Double(Float($0)) } : numbers
  }
}

/// What an expression came to.
public struct Evaluation: Sendable {
  /// The expression as it was written.
  public let expression: String
  /// The parameter by which the derivative is taken, where `grad` was asked for.
  public let by: String?
  /// What it is, simplified.
  public let formula: String
  /// What the longer parts of the formula are called.
  public let definitions: [String]
  /// Its value, where everything in it is known.
  public let value: Tensor?
  /// The names that have no value yet.
  public let unknown: [String]
}

/// What came of one item that was entered.
public enum Outcome: Sendable {
  /// An expression, which may have several values (`grad`).
  case values([Evaluation])
  /// A name and its new value.
  case assigned(String, Tensor)
  /// A `let`.
  case defined(String)
}
