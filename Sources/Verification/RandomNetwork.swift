import NNCAlgebra
import NNCLayers

/// The source of a small random network, of dense layers, half of them behind layers for images, signals, sequences or
/// tokens: equal seeds give equal texts.
public struct RandomNetwork: Sendable {
  var random: SplitMix
  var lines: [String] = []
  var width: Int
  private var labels: [(name: String, width: Int)] = []

  /// The source.
  public var text: String { lines.joined(separator: "\n") + "\n" }

  /// The operations that their rows offer, and two functions of the network's own.
  static let activations =
    Operation.all.compactMap { operation in
      operation.row.drawn.map { $0.isEmpty ? operation.name : "\(operation.name) \($0)" }
    } + drawnLayers + ["swish", "bump"]
  private static let losses = [
    "mse", "mse/2", "mae", "huber", "bce_logits", "cross_entropy", "sum((y - t)^2)/3",
    "smooth_l1(beta=0.4)", "quantile(q=0.3)", "poisson_nll", "poisson_nll(full=yes)",
    "poisson_nll(exp(y), t, log_input=no)", "gaussian_nll(y, t, y^2 + 0.1)",
    "bce_logits(pos_weight=3, weight=0.5)", "cross_entropy(smoothing=0.1, weight=2)",
    "kl_div(logsoftmax(y), softmax(t))", "kl_div(log_target=yes)", "multi_margin(p=2)",
    "multi_margin(margin=0.3, weight=2)", "multilabel_margin", "multilabel_soft_margin",
    "hinge", "hinge_embedding(y, sign(t), margin=0.7)", "soft_margin", "nll(logsoftmax(y), t)",
    "margin_ranking(y, 0.3*t, sign(t), margin=0.2)", "cosine_embedding(y, t + 0.1, 1)",
    "cosine_embedding(y, t + 0.1, -1, margin=-1)", "triplet_margin(y, t, 2*t - y, swap=yes)",
    "triplet_margin(y, t, sin(y), p=1)", "mse(weight=0.3)",
    "1 - cosine_similarity(y, t + 0.2)", "pairwise_distance(y, t)", "sum(prelu(y - t, 0.3))",
    "mean(softplus(y - t))", "sum(exp(-(y - t)^2))", "norm(y - t) + 0.01*sum(y^4)",
    "log(sum(exp(y))) - dot(t, y)", "mse + 0.1*sum(diff(sum(y), x)^2)",
    "mse + sum(batchmean(y)^2)", "mse + 0.3*dot(sin(y), batchmean(y)) + batchmean(norm(y))^2",
  ]
  /// The functions of tensors as their rows offer them, and what else is done to expressions.
  private static let expressions =
    drawnExpressions + [
      "x[::-1]", "x[-1]*x", "[x[0], x[-1]] @ [x, 2*x]", "e^(-x)*pi", "expand((x + 1)^2*x)",
      "substitute(x^2 + sin(x), x, 0.3*x)",
    ]
  /// The update rules as their rows offer them.
  private static let rules = updateRules.flatMap { rule in
    rule.drawn.map { $0.isEmpty ? rule.name : "\(rule.name) \($0)" }
  }

  /// Draws a network.
  public init(seed: UInt64, name: String) {
    random = SplitMix(state: seed)
    width = Int.random(in: 1...4, using: &random)
    lines = ["network \(name)", "input \(width)", "seed \(seed % 1000)"]
    lines.append("let swish(v) = v*sigmoid(1.5*v)")
    lines.append("let bump(v) = exp(-v^2) + v/(1 + abs(v))")
    let begins = lines.count
    switch Int.random(in: 0..<6, using: &random) {
    case 0, 1: addImages()
    case 2:
      if addSequence() {
        lines.append("train " + pick(Self.rules))
        return
      }
    default: break
    }
    let hasImages = lines.count > begins
    for _ in 0..<Int.random(in: 1...3, using: &random) { addBlock() }
    linear(to: Int.random(in: 1...3, using: &random))
    if Bool.random(using: &random) {
      lines.append(pick(["sigmoid", "tanh", "logsoftmax", "softmax"]))
    }
    let end = lines.count
    lines.append("loss " + pick(Self.losses))
    // Of what depends on the batch some losses ask for what there is not.
    if shapeOfOutput(lines) == nil { lines[end] = "loss mse" }
    lines.append("train " + pick(Self.rules))
    if Int.random(in: 0..<6, using: &random) == 0 { addOutput(at: end) }
    if !hasImages, Int.random(in: 0..<6, using: &random) == 0 { addInput() }
  }

  /// A second output beside the one that stands there.
  private mutating func addOutput(at end: Int) {
    let head = ["main: \(pick(Self.activations))", "side: linear \(width)->2", "output main side"]
    lines.insert(contentsOf: head, at: end)
  }

  /// A second input, which is added to the first as soon as it is as wide.
  private mutating func addInput() {
    let place = lines.firstIndex { $0.hasPrefix("input ") }!
    let width = lines[place].dropFirst("input ".count)
    let start = lines.firstIndex { $0.hasPrefix("let bump") }! + 1
    lines.insert(
      contentsOf: ["from right", "linear 2->\(width) bias=no", "add left"], at: start)
    lines.replaceSubrange(place...place, with: ["input left \(width)", "input right 2"])
  }

  mutating func pick(_ choices: [String]) -> String {
    choices.randomElement(using: &random)!
  }

  /// An expression that gives as many numbers as it takes, where there is one for so many.
  private mutating func addExpression() {
    let line = "= " + pick(Self.expressions)
    guard shapeOfOutput(lines + [line]) == [width] else { return }
    lines.append(line)
  }

  private mutating func linear(to next: Int) {
    let further = pick([
      "", "", "", " bias=no", " init=he", " init=normal", " frozen=weight", " frozen=bias",
    ])
    lines.append("linear \(width)->\(next)\(further)")
    width = next
  }

  private mutating func addBlock() {
    switch Int.random(in: 0..<11, using: &random) {
    case 10: addExpression()
    case 0:
      lines.append("residual { linear \(width)->\(width); \(pick(Self.activations)) }")
    case 1:
      lines.append("repeat 2 { linear \(width)->\(width); \(pick(Self.activations)) }")
    case 2: lines.append(pick(["layernorm", "softmax", "dropout 0.3", "flatten", "batchnorm"]))
    case 3 where !labels.isEmpty:
      let label = labels.randomElement(using: &random)!
      if label.width == width, Bool.random(using: &random) {
        lines.append("add \(label.name)")
      } else if label.width + width <= 5 {
        lines.append("concat \(label.name)")
        width += label.width
      }
    case 4:
      let name = "mark\(labels.count + 1)"
      let next = Int.random(in: 1...3, using: &random)
      lines.append("\(name): linear \(width)->\(next)")
      width = next
      labels.append((name, next))
      lines.append(pick(Self.activations))
    default:
      linear(to: Int.random(in: 1...3, using: &random))
      lines.append(pick(Self.activations))
    }
  }
}
