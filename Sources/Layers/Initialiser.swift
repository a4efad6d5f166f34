/// A way to choose the first values of a layer's weight: a row of the table of initialisers.
public struct Initialiser: Sendable {
  /// Its name after `init=`.
  public let name: String
  /// The distribution of the weight, and where it comes from.
  public let summary: String
  /// The weight's first values, by the numbers of inputs and outputs of one unit.
  public let weight: @Sendable (_ fanIn: Double, _ fanOut: Double) -> Initial
  /// The bias's first values, likewise.
  public let bias: @Sendable (_ fanIn: Double, _ fanOut: Double) -> Initial

  /// The initialiser called `name`.
  public init?(_ name: String) {
    guard let row = initialisers.first(where: { $0.name == name }) else { return nil }
    self = row
  }

  init(
    _ name: String, _ summary: String,
    bias: @escaping @Sendable (Double, Double) -> Initial = { _, _ in .fill(0) },
    weight: @escaping @Sendable (Double, Double) -> Initial
  ) {
    self.name = name
    self.summary = summary
    self.weight = weight
    self.bias = bias
  }
}

/// The table of initialisers; the first is the default. But for PyTorch's own, biases begin as 0.
///
/// `he`: K. He et al., Delving Deep into Rectifiers (2015). `xavier`: X. Glorot and Y. Bengio, Understanding the
/// Difficulty of Training Deep Feedforward Neural Networks (2010). `lecun`: Y. LeCun et al., Efficient BackProp (1998).
public let initialisers: [Initialiser] = [
  Initialiser(
    "pytorch", "U(±1/√in), the rule of `torch.nn.Linear`, for weight and bias alike",
    bias: { fanIn, _ in .uniform(bound: 1 / fanIn.squareRoot()) },
    weight: { fanIn, _ in .uniform(bound: 1 / fanIn.squareRoot()) }),
  Initialiser("he", "U(±√(6/in)), PyTorch's `kaiming_uniform_`: for relu") { fanIn, _ in
    .uniform(bound: (6 / fanIn).squareRoot())
  },
  Initialiser("xavier", "U(±√(6/(in + out))), PyTorch's `xavier_uniform_`: for tanh and sigmoid") {
    fanIn, fanOut in .uniform(bound: (6 / (fanIn + fanOut)).squareRoot())
  },
  Initialiser("lecun", "U(±√(3/in)): for selu") { fanIn, _ in
    .uniform(bound: (3 / fanIn).squareRoot())
  },
  Initialiser("normal", "N(0, 0.05²), Keras's `random_normal`") { _, _ in .normal(deviation: 0.05)
  },
  Initialiser("uniform", "U(±0.05), Keras's `random_uniform`") { _, _ in .uniform(bound: 0.05) },
  Initialiser("zeros", "0") { _, _ in .fill(0) },
]
