import NNCGraph
import NNCLayers
import Testing

/// Several inputs and outputs.
struct PortTests {
  @Test func inputsArePartsOfOneRow() throws {
    let network = try network(
      """
      input left 3; input right 2x2
      from left; linear ->4; a: tanh
      from right; flatten; linear ->4; add a
      """)
    #expect(network.inputs.map(\.name) == ["left", "right"])
    #expect(network.inputs.map(\.offset) == [0, 3] && network.inputShape == [7])
    #expect(network.inputs.map(\.shape) == [[3], [2, 2]])
    #expect(nodeText(network.inputs[1].node, network.graph) == "reshape[2, 2](slice[3][4](x))")
    #expect(network.outputs.map(\.name) == ["y"])
  }

  @Test func outputsLieOneBehindTheOther() throws {
    let network = try network(
      """
      input 3; body: tanh; mean: linear ->2; from body; spread: linear ->1
      output mean spread
      loss sum((t_mean - mean)^2) + sum(exp(spread))
      """)
    #expect(network.outputs.map(\.name) == ["mean", "spread"])
    #expect(network.outputs.map(\.offset) == [0, 2] && network.outputShape == [3])
    #expect(nodeText(network.output, network.graph) == "concat0(mean, spread)")
    #expect(network.targets.map(\.name) == ["t_mean", "t_spread"])
    var copy = network
    for name in ["t_mean1", "spread1", "y3", "t3", "x2"] {
      #expect(try expression(name, of: &copy) != nil)
    }
  }

  /// Hidden values are named along each flow: what goes back to an input ends a unit.
  @Test func hiddenValuesOfBranches() throws {
    let network = try network(
      """
      input p 3; input q 2; from p; linear ->4; a: tanh; from q; sin; b: linear ->4; tanh; add a
      linear ->1
      """)
    let names = Set(network.graph.names.values)
    #expect(names.isSuperset(of: ["net_a", "a", "b", "h2", "y", "p", "q"]))
    #expect(network.graph.names[network.inputs[1].node] == "q")
  }

  /// One output may be any layer; without `output` it is the last.
  @Test func oneOutput() throws {
    let network = try network("linear 2->3; early: tanh; linear 3->1; output early")
    #expect(network.outputs.map(\.name) == ["y"] && network.outputShape == [3])
    #expect(network.graph.names[network.output] == "early")
  }

  @Test func aNameForASingleInput() throws {
    let network = try network("input wave 4; linear ->2; concat wave")
    #expect(network.inputShape == [4] && network.outputShape == [6])
  }

  @Test(arguments: [
    ("input 2; input 3; tanh", ["N0213"]), ("input a 2; input 3; tanh", ["N0213"]),
    ("input a 2; input a 3; tanh", ["N0210"]), ("input y 2; input a 3; tanh", ["N0210"]),
    ("input a 2; input b 3; a: tanh", ["N0210"]), ("let a = 2; input a 2; tanh", ["N0210"]),
    ("linear 2->2; input a 2; input b 2", ["N0214"]),
    ("input a 2; residual { input b 2; tanh }", ["N0214"]),
    ("input a 2; from b; tanh", ["N0211"]), ("input 2; from later; tanh; later: tanh", ["N0211"]),
    ("input 2; tanh; output none", ["N0211"]), ("input 2; a: tanh; output a a", ["N0213"]),
    ("input 2; a: tanh; output a; output a", ["N0213"]),
    ("input a 2147483647; input b 2; tanh", ["N0204"]),
    ("input a 2; input b 0; from b; linear 3->2", ["N0204"]),
  ])
  func mistakes(source: String, expected: [String]) {
    #expect(codes(source) == expected)
  }
}
