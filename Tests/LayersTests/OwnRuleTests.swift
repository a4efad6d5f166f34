import NNCGraph
import NNCLayers
import Testing

/// Update rules of the user's own.
struct OwnRuleTests {
  private let layers = "linear 2->3; tanh; linear 3->1; loss mse/2; train "

  /// A rule written out is the rule of the table, to the bit.
  @Test(arguments: [
    (
      "rule mine(lr=0.1, mu=0.9) { v = mu*v + g; w = w - lr*v }", "mine lr=0.2",
      "sgd lr=0.2 momentum=0.9"
    ),
    (
      """
      rule mine(lr=0.01, alpha=0.9, eps=1e-8) {
        s = alpha*s + (1 - alpha)*(g*g)
        root = sqrt(s) + eps
        w = w - lr*g/root
      }
      """, "mine", "rmsprop lr=0.01 alpha=0.9"
    ),
    (
      "rule mine(lr=0.1) { t = sum_of(g); w = w - lr*t }; let sum_of(a) = a", "mine clip_norm=0.1",
      "sgd lr=0.1 clip_norm=0.1"
    ),
    (
      """
      rule mine(lr=0.1, gain=0.5) {
        last = where(step < 2, g, 0.5*last + gain*g)
        w = w - lr*last
      }
      """, "mine ema=0.9", "sgd lr=0.1 momentum=0.5 dampening=0.5 ema=0.9"
    ),
  ])
  func isTheTables(_ rule: String, _ own: String, _ table: String) throws {
    let mine = try steps(network("\(rule)\n\(layers)\(own)"))
    let other = try steps(network(layers + table))
    for (one, other) in zip(mine, other) {
      for (name, values) in other where name.hasPrefix("linear") && !name.hasSuffix("velocity") {
        guard name.hasSuffix("weight") || name.hasSuffix("bias") || name.hasSuffix("average")
        else { continue }
        #expect(one[name] == values, "\(own): \(name)")
      }
    }
  }

  /// What is read before it is assigned is kept, of the parameter's shape; what is not is no state.
  @Test func state() throws {
    let network = try network(
      """
      rule mine(lr=0.1) {
        length = sqrt(sum(g*g))
        m = 0.9*m + g/(length + 1e-8)
        n = length + n
        w = w - lr*m - 0*n
      }
      \(layers)mine
      """)
    let rule = try #require(network.training)
    #expect(
      rule.state(for: network.parameters).map(\.name) == [
        "linear1.weight.m", "linear1.weight.n", "linear1.bias.m", "linear1.bias.n",
        "linear2.weight.m", "linear2.weight.n", "linear2.bias.m", "linear2.bias.n",
      ])
    let runs = try steps(network)
    #expect(Set(runs[0]["linear1.weight.n"]!).count == 1 && runs[0]["linear1.weight.n"]!.count == 6)
  }

  /// Parameters and state after each of five steps, of gradients that are made up.
  private func steps(_ network: Network) throws -> [[String: [Double]]] {
    let rule = try #require(network.training)
    let (graph, assignments) = try network.madeUpStep()
    var leaves: [String: [Double]] = [:]
    for field in rule.state(for: network.parameters) {
      leaves[field.name] = Array(repeating: field.initial, count: field.shape.elementCount)
    }
    for parameter in network.parameters {
      leaves[parameter.name] = (0..<parameter.count).map { 0.3 - 0.1 * Double($0) }
    }
    var result: [[String: [Double]]] = []
    for step in 0..<5 {
      for parameter in network.parameters {
        leaves["gradient of \(parameter.name)"] = (0..<parameter.count).map {
          Double(($0 * 7 + step * 3) % 11) / 7 - 0.6
        }
      }
      let evaluator = Evaluator(graph: graph, leaves: leaves)
      for assignment in assignments {
        leaves[assignment.name] = evaluator.value(assignment.node)
      }
      result.append(leaves)
    }
    return result
  }
}
