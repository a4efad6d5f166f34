/// A function that a user calls: a list of kernel calls over the caller's arrays and a workspace.
public struct Entry: Hashable, Sendable {
  /// What the function does.
  public var kind: Kind
  /// Whether it takes any number of samples (up to the Program's maximum) or one.
  public var many: Bool
  /// The arrays the caller gives, in order.
  public var arguments: [Argument]
  /// What it does.
  public var calls: [Call]
  /// The reals of scratch memory it needs.
  public var workspaceCount: Int
  /// The fewest samples with which a call is shared by threads; nil where one thread does everything.
  public var sharedFrom: Int?

  /// What a function of a network does.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The output for an input.
    case predict
    /// The loss for an input and a target; the mean over many samples.
    case loss
    /// The loss, and its gradient by every trained parameter.
    case gradient
    /// The loss, and the parameters after one step of the update rule.
    case train
    /// The output at one step of a sequence, given what is kept of the steps before.
    case step

    /// Those that take whole samples, one or many.
    public static let ofSamples: [Kind] = [.predict, .loss, .gradient, .train]
  }

  /// Whether it gives back the loss; if not, what it computes is in its arrays.
  public var returnsLoss: Bool { kind != .predict && kind != .step }

  /// What an array of the caller holds.
  public enum Argument: String, Hashable, Sendable {
    /// The parameter block; read, and written by `train`.
    case parameters
    /// The optimiser's state; read and written by `train`.
    case state
    /// The inputs, one sample after the other.
    case input
    /// The targets, one sample after the other.
    case target
    /// The outputs, written.
    case output
    /// The loss, one number, written.
    case loss
    /// The gradient, laid out as the parameter block, written; frozen parameters get 0.
    case gradient
    /// What is kept from step to step; read and written by `step`.
    case stream
    /// One step of an input.
    case frame
    /// The output at one step, written.
    case answer
  }

  /// One call of a kernel.
  public struct Call: Hashable, Sendable {
    /// The kernel's place in the Program.
    public var kernel: Int
    /// An array for each of the kernel's parameters.
    public var arrays: [ArrayReference]
    /// What the call does in the network's words, for a comment; may be empty.
    public var comment: String
    /// What is in the arrays in the network's words; empty, or for each array a text, which may be empty.
    public var contents: [String] = []
    /// Whether it begins only when all threads are done with the calls before it.
    public var waits: Bool

    /// Makes a call.
    public init(kernel: Int, arrays: [ArrayReference], comment: String, waits: Bool = false) {
      self.kernel = kernel
      self.arrays = arrays
      self.comment = comment
      self.waits = waits
    }
  }

  /// Where an array that a kernel is given begins.
  public struct ArrayReference: Hashable, Sendable {
    /// The memory it lies in.
    public var base: Base
    /// The place of its first number there.
    public var offset: Int

    /// A piece of memory.
    public enum Base: Hashable, Sendable {
      /// An array of the caller.
      case argument(Argument)
      /// The entry's scratch memory.
      case workspace
      /// A constant table of the Program.
      case table(Int)
    }

    /// Makes a reference.
    public init(base: Base, offset: Int) {
      self.base = base
      self.offset = offset
    }
  }

  /// Makes an entry.
  public init(
    kind: Kind, many: Bool, arguments: [Argument], calls: [Call], workspaceCount: Int,
    sharedFrom: Int? = nil
  ) {
    self.kind = kind
    self.many = many
    self.arguments = arguments
    self.calls = calls
    self.workspaceCount = workspaceCount
    self.sharedFrom = sharedFrom
  }
}
