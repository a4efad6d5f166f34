import NNCAlgebra
import NNCEmission
import NNCProgram

/// What is wanted of the compiled code.
public struct CompilerOptions: Hashable, Sendable {
  /// The precision of every real.
  public var precision: Precision
  /// The kind of machine that the code is for.
  public var target: Target
  /// Networks whose train step takes at most so many scalar operations become straight-line code; larger ones loops.
  /// What is not set is as suits the target.
  public var unrollLimit: Int {
    get { chosenUnrollLimit ?? target.unrollLimit }
    set { chosenUnrollLimit = newValue }
  }
  private var chosenUnrollLimit: Int?
  /// The most samples that a function for many samples takes at once: its workspace is sized for it.
  public var maximumSamples: Int
  /// The most threads that share a call of a function; with any number the bits are the same.
  public var threads: Int
  /// The name that generated symbols carry; by default the network's.
  public var prefix: String?
  /// Whether the code brings a `main` that tests its gradient numerically.
  public var selfCheck: Bool
  /// Whether C is spelled in plain C99 also where the target has vectors: loops over lanes, with the same bits.
  public var plainC: Bool
  /// Where C has the initial parameters as a constant; nil where only a function sets them.
  public var weightsPlace: WeightsPlace?
  /// The functions to compile; nil for all that the network has.
  public var functions: Set<Build.Function>?

  /// The options, all with a default.
  public init(
    precision: Precision = .f64, target: Target = .generic, unrollLimit: Int? = nil,
    maximumSamples: Int = 256, threads: Int = 1,
    prefix: String? = nil, selfCheck: Bool = false, plainC: Bool = false,
    weightsPlace: WeightsPlace? = nil, functions: Set<Build.Function>? = nil
  ) {
    self.precision = precision
    self.target = target
    chosenUnrollLimit = unrollLimit
    self.maximumSamples = maximumSamples
    self.threads = threads
    self.prefix = prefix
    self.selfCheck = selfCheck
    self.plainC = plainC
    self.weightsPlace = weightsPlace
    self.functions = functions
  }
}
