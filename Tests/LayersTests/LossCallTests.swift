import NNCGraph
import NNCLayers
import Testing

/// Losses by name and by call.
struct LossCallTests {
  /// Where only keys are given, a loss is of the network's output and target.
  @Test(arguments: [
    ("huber(delta=2)", "huber(y, t, delta=2)"), ("mse()", "mse"), ("mse", "mse(y, t)"),
    ("bce_logits(pos_weight=3)", "bce_logits(y, t, pos_weight=3)"),
    ("kl_div(log_target=yes)", "kl_div(y, t, log_target=1)"),
  ])
  func ofOutputAndTarget(_ short: String, _ long: String) throws {
    func text(_ loss: String) throws -> String {
      let network = try network("linear 2->3; loss \(loss)")
      return nodeText(try #require(network.loss), network.graph)
    }
    #expect(try text(short) == text(long))
  }

  /// What keys decide is not in the graph: plain losses are as they were written.
  @Test(arguments: [
    ("mse", "i->(square(sub(t, x)))"), ("cross_entropy(smoothing=0)", "neg(i->(weigh(t, sub("),
    ("smooth_l1(beta=0)", "i->(abs(sub(t, x)))"),
    ("bce_logits", "i->(sub(softplus(x), mul(t, x)))"),
    ("poisson_nll", "i->(sub(exp(x), mul(t, x)))"),
  ])
  func keysDecideFirst(_ loss: String, _ beginning: String) throws {
    let network = try network("input 3; flatten; loss \(loss)")
    let text = nodeText(try #require(network.loss), network.graph)
    #expect(text.hasPrefix(beginning), "\(text)")
  }

  /// Of class numbers weights and smoothing are PyTorch's, whose mean over the steps is by their number.
  @Test(arguments: [
    ("cross_entropy(weight=[1, 2, 3, 4], smoothing=0.1)", 2.607853513622126),
    ("nll(weight=[1, 2, 3, 4])", -1.0),
    ("cross_entropy(ignore=2)", 1.7436683806286792),
    ("cross_entropy(ignore=2, smoothing=0.1)", 1.7186683806286793), ("nll(ignore=1)", -0.5),
  ])
  func ofClassNumbers(_ loss: String, _ value: Double) throws {
    let network = try network("input 3 of 4; onehot; loss \(loss)")
    let evaluator = Evaluator(graph: network.graph, leaves: ["x": [0, 2, 3], "t": [1, 2, 0]])
    #expect(agree(evaluator.value(network.loss!), [value]))
  }

  /// A `let` may have the name of a loss or of an activation that is a formula.
  @Test func namesThatAreTaken() throws {
    let one = try network(
      "let normalize(v) = 2*v; let threshold = 3; let hinge(v) = sum(v); input 2; normalize; "
        + "loss hinge(y) + threshold")
    let other = try network("input 2; = 2*x; loss sum(y) + 3")
    #expect(
      nodeText(try #require(one.loss), one.graph) == nodeText(try #require(other.loss), other.graph)
    )
  }
}
