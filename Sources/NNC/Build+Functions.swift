import NNCLayers
import NNCProgram

extension Build {
  /// One of the functions that a network is compiled to.
  public struct Function: Hashable, Sendable {
    /// What it does.
    public var kind: Entry.Kind
    /// Whether it takes many samples at once.
    public var many: Bool

    /// Its name, such as `train_many`.
    public var name: String { kind.rawValue + (many ? "_many" : "") }

    /// Every function that a network may have.
    public static let all =
      Entry.Kind.ofSamples.flatMap {
        [Function($0, many: false), Function($0, many: true)]
      } + [Function(.step, many: false)]

    /// A function.
    public init(_ kind: Entry.Kind, many: Bool) {
      self.kind = kind
      self.many = many
    }
  }

  /// Compiles the functions of a network that are wanted, of those that it has.
  public init(_ network: Network, _ options: CompilerOptions, only wanted: Set<Function>) {
    var options = options
    options.functions = options.functions?.intersection(wanted) ?? wanted
    self.init(network, options)
  }
}
