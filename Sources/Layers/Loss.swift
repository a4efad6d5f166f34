import NNCAlgebra

/// A loss that has a name: a row of the table of losses.
public struct Loss: Sendable {
  /// Its name in `loss` and in expressions.
  public let name: String
  /// What it is a loss of: by default the output `y` and the target `t`.
  public let inputs: [Input]
  /// What it is for one sample. Its functions are those of the language, `logsoftmax` along the last axis; besides
  /// `given(k, a, b)` is a where the argument k is given, else b, `count(a)` how many numbers there are, `count(a, -1)` the
  /// extent of the last axis, `differences(a)` a matrix of all differences of two of its elements, `others(a, k)` of a's
  /// shape, 0 at place k of each row and else 1, `rowsums(a)` the sums of its rows, and `inTraining(a, b)` a in training,
  /// else b.
  public let value: Formula
  /// What it is where `t` is the number of a class for each row of `y`, of several the mean; nil where it has no such form.
  public let ofClasses: Formula?
  /// Its value as it is told: the formula, or where that is long, in fewer signs.
  public let text: String
  /// Further arguments, each with its value where none is given.
  public let arguments: [Argument]

  /// A tensor that it is a loss of.
  public struct Input: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Whether it is one number, and not of the shape of the first.
    public let isNumber: Bool
  }

  /// An argument besides the inputs.
  public struct Argument: Sendable, Hashable {
    /// Its name as a key.
    public let name: String
    /// What it is where it is not given.
    public let standard: Standard
  }

  /// What an argument is where it is not given.
  public enum Standard: Sendable, Hashable {
    /// This number; what is given is a number too.
    case number(Double)
    /// `yes` or `no`.
    case truth(Bool)
    /// Nothing; what is given goes with the inputs element by element.
    case nothing
  }

  /// The loss called `name`.
  public init?(_ name: String) {
    guard let row = losses.first(where: { $0.name == name }) else { return nil }
    self = row
  }

  init(
    _ name: String, of inputs: [Input] = [.init("y"), .init("t")], arguments: [Argument] = [],
    _ value: Formula, ofClasses: Formula? = nil, told text: String? = nil
  ) {
    self.ofClasses = ofClasses
    self.text = text ?? value.text
    self.name = name
    self.inputs = inputs
    self.value = value
    self.arguments = arguments
  }

  /// Whether its name alone is the loss of the network's output and target.
  var isOfOutput: Bool { inputs.map(\.name) == ["y", "t"] }
}

extension Loss.Input {
  init(_ name: String, isNumber: Bool = false) { self.init(name: name, isNumber: isNumber) }
}

extension Loss.Argument {
  /// A number.
  static func number(_ name: String, _ standard: Double) -> Self {
    Self(name: name, standard: .number(standard))
  }

  /// `yes` or `no`, by default `no`.
  static func truth(_ name: String, _ standard: Bool = false) -> Self {
    Self(name: name, standard: .truth(standard))
  }

  /// A tensor that may be left out.
  static func optional(_ name: String) -> Self { Self(name: name, standard: .nothing) }
}

/// Names under which losses are looked for, and their names here.
let lossesByOtherNames: [String: String] = [
  "l1": "mae", "l1_loss": "mae", "mse_loss": "mse", "l2": "mse", "smooth_l1_loss": "smooth_l1",
  "huber_loss": "huber", "kl": "kl_div", "kl_divergence": "kl_div", "nll_loss": "nll",
  "poisson_nll_loss": "poisson_nll", "gaussian_nll_loss": "gaussian_nll",
  "binary_cross_entropy": "bce", "binary_cross_entropy_with_logits": "bce_logits",
  "bce_with_logits": "bce_logits", "hinge_loss": "hinge",
  "hinge_embedding_loss": "hinge_embedding", "soft_margin_loss": "soft_margin",
  "multi_margin_loss": "multi_margin", "multilabel_margin_loss": "multilabel_margin",
  "multilabel_soft_margin_loss": "multilabel_soft_margin",
  "cosine": "cosine_embedding", "cosine_embedding_loss": "cosine_embedding",
  "triplet": "triplet_margin", "triplet_margin_loss": "triplet_margin",
  "margin_ranking_loss": "margin_ranking", "ranking": "margin_ranking", "pinball": "quantile",
  "quantile_loss": "quantile",
]
