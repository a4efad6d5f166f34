import Layers
import Program

extension Build {
  /// One of the functions that a network is compiled to.
  public struct Function: Hashable, Sendable {
    /// What it does.
    public var kind: Entry.Kind
    /// Whether it takes many samples at once.
    public var many: Bool

    /// A function.
    public init(_ kind: Entry.Kind, many: Bool) {
      self.kind = kind
      self.many = many
    }
  }

  /// Compiles the functions of a network that are wanted, of those that it has.
  public init(_ network: Network, _ options: CompilerOptions, only wanted: Set<Function>) {
    self.init(network, options) { wanted.contains(Function($0, many: $1)) }
  }
}
