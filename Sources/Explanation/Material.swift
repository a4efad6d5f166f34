/// What the compiled network adds to an explanation, besides the worksheet.
public struct Material: Sendable {
  /// The source of the network.
  public var source = ""
  /// Rows of layers: name, kind, shape, number of parameters.
  public var layers: [[String]] = []
  /// Derivatives beside their finite differences, by parameter.
  public var differences: [(name: String, derivative: Double, difference: Double, agrees: Bool)] =
    []
  /// Steps of training, the state before the first included.
  public var history: [Moment] = []
  /// The three regimes of gradient descent, where there are several samples.
  public var regimes: [Regime] = []
  /// How many samples were given; the explanation is about the first.
  public var sampleCount = 1
  /// A script for PyTorch that reproduces the numbers; nil where there is none for this network.
  public var script: String?
  /// Where the numbers of the sample and of the parameters come from, in sentences; empty where nothing is to be said.
  public var origin = ""
  /// Whether training draws random numbers, which the explanation leaves out.
  public var drawsNoise = false
  /// Whether a sample's loss, in training or outside, depends on the other samples of its batch.
  public var dependsOnBatch = false
  /// What the update rule is called, with its keys.
  public var rule = ""

  /// The most updates of a regime that are told one by one.
  public static let mostUpdates = 24

  /// Nothing yet.
  public init() {}

  /// The network at one moment of training.
  public struct Moment: Sendable {
    /// How many steps have been taken.
    public var step: Int
    /// The loss.
    public var loss: Double
    /// The output for the first sample.
    public var output: [Double]
    /// The parameters, one after the other.
    public var parameters: [Double]

    /// A moment.
    public init(step: Int, loss: Double, output: [Double], parameters: [Double]) {
      self.step = step
      self.loss = loss
      self.output = output
      self.parameters = parameters
    }
  }

  /// Gradient descent by batches of one size over the data, once.
  public struct Regime: Sendable {
    /// Its name and its batch size.
    public var name: String
    /// How many samples an update uses.
    public var batch: Int
    /// Its updates, in their order.
    public var updates: [Update]
    /// The mean loss over all samples in the end.
    public var loss: Double

    /// A regime.
    public init(name: String, batch: Int, updates: [Update], loss: Double) {
      self.name = name
      self.batch = batch
      self.updates = updates
      self.loss = loss
    }
  }

  /// One update of a regime.
  public struct Update: Sendable {
    /// The samples that it uses, from 0.
    public var samples: Range<Int>
    /// Their mean loss before it.
    public var before: Double
    /// The mean loss over all samples after it; nil where that was not worked out.
    public var after: Double?

    /// An update.
    public init(samples: Range<Int>, before: Double, after: Double?) {
      self.samples = samples
      self.before = before
      self.after = after
    }
  }
}
