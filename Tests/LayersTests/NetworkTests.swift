import NNCGraph
import NNCLayers
import Testing

/// What a network is made of: shapes, names, parameters, initial values.
struct NetworkTests {
  @Test func parametersInOrder() throws {
    let network = try network("linear 3->4; stem: linear ->2 bias=no frozen=weight; layernorm")
    #expect(
      network.parameters.map(\.name) == [
        "linear1.weight", "linear1.bias", "stem.weight", "layernorm1.weight", "layernorm1.bias",
      ])
    #expect(network.parameters.map(\.shape) == [[4, 3], [4], [2, 4], [2], [2]])
    #expect(network.parameters.map(\.isFrozen) == [false, false, true, false, false])
    #expect(network.parameterCount == 12 + 4 + 8 + 4)
    #expect(network.trainedParameters.count == 4)
    #expect(network.layers.map(\.parameterCount) == [16, 8, 4])
    #expect(network.inputShape == [3])
    #expect(network.outputShape == [2])
    for parameter in network.parameters {
      let symbol = network.graph.symbol(parameter.node)
      #expect(symbol == Symbol(name: parameter.name, shape: parameter.shape, role: .parameter))
    }
  }

  @Test func labelledLayersCount() throws {
    let network = try network("stem: linear 2->3; linear 3->1; tanh")
    #expect(network.layers.map(\.name) == ["stem", "linear2", "tanh1"])
    let other = try Self.names("linear2: linear 2->3; linear 3->3; linear 3->1")
    #expect(other == ["linear2", "linear3", "linear4"])
  }

  @Test func labelsInRepeat() throws {
    #expect(
      try Self.names("input 2; repeat 2 { part: linear 2->2; tanh; residual { tanh } }") == [
        "part1", "tanh1", "tanh2", "residual1", "part2", "tanh3", "tanh4", "residual2",
      ])
    #expect(
      try Self.names("input 2; part2: tanh; repeat 2 { part: tanh }")[1...] == ["part1", "part3"])
    let joined = try network("input 2; repeat 2 { part: linear 2->2; tanh; add part }")
    #expect(nodeText(joined.output, joined.graph) == "add(tanh(part2), part2)")
  }

  private static func names(_ text: String) throws -> [String] {
    try network(text).layers.map(\.name)
  }

  @Test(arguments: [
    ("linear 2->2; sigmoid; linear 2->2; sigmoid", "net_h h net_y y"),
    ("linear 2->2; sigmoid; linear 2->2", "net_h h y"),
    ("linear 2->2; linear 2->2; linear 2->2; tanh", "h1 h2 net_y y"),
    ("linear 2->2; tanh; linear 2->2; tanh; linear 2->2; tanh", "net_h1 h1 net_h2 h2 net_y y"),
    ("linear 2->2; code: tanh; linear 2->2; tanh", "net_code code net_y y"),
    ("code: linear 2->2; tanh; linear 2->2; tanh", "code h net_y y"),
    ("input 2; tanh; linear 2->2; tanh; out: tanh", "net_y out"),
    ("input 2; tanh", "y"),
    ("input 2; h: tanh; linear 2->2; tanh; linear 2->2", "h net_h y"),
    ("linear 2->2; residual { linear 2->2; tanh }; linear 2->1", "h1 net_h2 h2 y"),
    ("input 1x4x4; conv 1->2 kernel=3; relu; flatten; linear 2", "net_h h y"),
    ("input 1x4x4; conv 1->2 kernel=3; relu; maxpool 2; flatten; linear 2", "net_a a h y"),
    ("input 1x4x4; conv 1->2 kernel=3; maxpool 2; relu; flatten; linear 2; tanh", "a h net_y y"),
    ("input 1x4x4; conv 1->2 kernel=3; on: relu; maxpool 2; flatten; linear 2", "net_on on h y"),
    ("input 1x4x4; conv 1->2 kernel=3; relu; maxpool 2", "net_a a y"),
    (
      "input 1x4x4; conv 1->2 kernel=3; relu; maxpool 2; conv 2->2 kernel=1; relu; avgpool 1; linear 2; tanh; linear 1",
      "net_a1 a1 h1 net_h2 h2 net_h3 h3 y"
    ),
    (
      "input 1x6x6; conv 1->2 kernel=3; relu; maxpool 2; conv 2->2 kernel=1; relu; avgpool 2",
      "net_a a h net_a2 a2 y"
    ),
  ])
  func hiddenValues(source: String, names: String) throws {
    let network = try network(source)
    let given = network.graph.names.sorted { $0.key < $1.key }
      .filter { network.graph.symbol($0.key) == nil }.map(\.value)
    #expect(given.joined(separator: " ") == names)
  }

  @Test(arguments: [
    ("", Initial.uniform(bound: 0.5), Initial.uniform(bound: 0.5)),
    ("init=pytorch", .uniform(bound: 0.5), .uniform(bound: 0.5)),
    ("init=he", .uniform(bound: 1.5.squareRoot()), .fill(0)),
    ("init=xavier", .uniform(bound: 0.6.squareRoot()), .fill(0)),
    ("init=lecun", .uniform(bound: 0.75.squareRoot()), .fill(0)),
    ("init=normal", .normal(deviation: 0.05), .fill(0)),
    ("init=uniform", .uniform(bound: 0.05), .fill(0)),
    ("init=zeros", .fill(0), .fill(0)),
    ("weight=0.25 bias=-1", .fill(0.25), .fill(-1)),
    ("init=he bias=yes", .uniform(bound: 1.5.squareRoot()), .fill(0)),
    ("bias=[1, 1/2, 2^-2, a, -a, 0]", .uniform(bound: 0.5), .literal([1, 0.5, 0.25, 3, -3, 0])),
  ])
  func initialValues(keys: String, weight: Initial, bias: Initial) throws {
    let network = try network("let a = sqrt(4) + abs(-1); linear 4->6 \(keys)")
    #expect(network.parameters.map(\.initial) == [weight, bias])
  }

  @Test func initialisersAreAllTested() {
    #expect(
      initialisers.map(\.name) == [
        "pytorch", "he", "xavier", "lecun", "normal", "uniform", "zeros",
      ]
    )
  }

  @Test func headers() throws {
    let network = try network("network digits; seed 18446744073709551615; linear 2->2")
    #expect(network.name == "digits")
    #expect(network.seed == .max)
    #expect(network.loss == nil && network.target == nil && network.training == nil)
  }

  @Test func dropoutIsRandomInTrainingOnly() throws {
    let network = try network("linear 2->3; dropout 0.25; linear 3->1; loss mse")
    let graph = network.graph
    #expect(network.output != network.trainingOutput)
    #expect(network.loss != network.trainingLoss)
    let training = graph.reachable(from: [network.trainingLoss!])
    let plain = graph.reachable(from: [network.loss!])
    let noise = try #require(graph.leaf(named: "dropout1.noise"))
    #expect(graph.symbol(noise)?.role == .noise)
    #expect(graph.symbol(noise)?.shape == [3])
    #expect(training[Int(noise.index)] && !plain[Int(noise.index)])
    let factor = "select(lt(dropout1.noise, 0.25), 0, \(1 / 0.75))"
    let dropped = graph.nodes.indices.map { nodeText(NodeID($0), graph) }
    #expect(dropped.contains("mul(i,j->i(linear1.weight, x), linear1.bias)") == false)
    #expect(dropped.contains { $0.hasSuffix(factor + ")") && $0.hasPrefix("mul(") })
  }

  @Test func withoutDropoutTrainingIsTheSame() throws {
    let network = try network("linear 2->3; dropout 0; linear 3->1; loss mse")
    #expect(network.output == network.trainingOutput)
    #expect(network.loss == network.trainingLoss)
  }
}
