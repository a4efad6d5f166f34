/// A way to choose the first values of a layer's weight: a row of the table of initialisers.
public struct Initialiser: Sendable {
  /// Its name after `init=`.
  public let name: String
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
    _ name: String, bias: @escaping @Sendable (Double, Double) -> Initial = { _, _ in .fill(0) },
    weight: @escaping @Sendable (Double, Double) -> Initial
  ) {
    self.name = name
    self.weight = weight
    self.bias = bias
  }
}

/// The table of initialisers; the first is the default. But for PyTorch's own, biases begin as 0.
///
/// - `pytorch`: U(±1/√in), `torch.nn.Linear`'s own rule, for weight and bias alike.
/// - `he`: U(±√(6/in)), K. He et al., Delving Deep into Rectifiers (2015), as `kaiming_uniform_`.
/// - `xavier`: U(±√(6/(in + out))), X. Glorot and Y. Bengio, Understanding the Difficulty of
///   Training Deep Feedforward Neural Networks (2010), as `xavier_uniform_`.
/// - `lecun`: U(±√(3/in)), Y. LeCun et al., Efficient BackProp (1998).
/// - `normal`: N(0, 0.05²), and `uniform`: U(±0.05), Keras's `random_normal` and `random_uniform`.
public let initialisers: [Initialiser] = [
  Initialiser(
    "pytorch", bias: { fanIn, _ in .uniform(bound: 1 / fanIn.squareRoot()) },
    weight: { fanIn, _ in .uniform(bound: 1 / fanIn.squareRoot()) }),
  Initialiser("he") { fanIn, _ in .uniform(bound: (6 / fanIn).squareRoot()) },
  Initialiser("xavier") { fanIn, fanOut in .uniform(bound: (6 / (fanIn + fanOut)).squareRoot()) },
  Initialiser("lecun") { fanIn, _ in .uniform(bound: (3 / fanIn).squareRoot()) },
  Initialiser("normal") { _, _ in .normal(deviation: 0.05) },
  Initialiser("uniform") { _, _ in .uniform(bound: 0.05) },
  Initialiser("zeros") { _, _ in .fill(0) },
]
