import NNCLayers
import NNCSyntax
import Testing

/// Deep, long and absurd sources end in a network or a message, in time that is linear in them.
struct LimitTests {
  @Test func depthIsLinear() throws {
    let counts = try [1000, 2000, 3000].map { count in
      try network("repeat \(count) { linear 4->4; tanh }; loss mse").graph.nodes.count
    }
    #expect(counts[2] - counts[1] == counts[1] - counts[0])
    let deep = try network("repeat 10000 { linear 16->16; tanh }; loss mse; train adam")
    #expect(deep.layers.count == 20_000)
    #expect(deep.parameters.count == 20_000)
    #expect(deep.parameters.last?.name == "linear10000.bias")
    #expect(deep.graph.nodes.count < 60_000)
  }

  @Test func nestedBlocks() throws {
    let open = String(repeating: "residual { ", count: 1000)
    let network = try network("input 2; " + open + "tanh" + String(repeating: " }", count: 1000))
    #expect(network.layers.count == 1001)
  }

  @Test func longChainOfFunctions() throws {
    let chain = (1..<3000).map { "let f\($0)(v) = f\($0 - 1)(v) + 1\n" }.joined()
    let network = try network("let f0(v) = tanh(v)\n" + chain + "linear 2->1; f2999")
    #expect(network.graph.nodes.count < 3020)
  }

  /// A function's value for the same arguments is known, so doubling at each step stays linear.
  @Test func sharedCalls() throws {
    let chain = (1..<200).map { "let f\($0)(v) = f\($0 - 1)(v) + f\($0 - 1)(v)\n" }.joined()
    let network = try network("let f0(v) = tanh(v)\n" + chain + "linear 2->1; f199")
    #expect(network.graph.nodes.count < 220)
  }

  @Test func longCircle() {
    let circle = (0..<3000).map { "let f\($0)(v) = f\(($0 + 1) % 3000)(v)\n" }.joined()
    #expect(codes(circle + "linear 2->1; f7") == ["N0321"])
  }

  @Test func longLists() throws {
    let numbers = (0..<20_000).map(String.init).joined(separator: ",")
    let network = try network("linear 1->20000 bias=[\(numbers)]; loss sum(y*[\(numbers)])")
    guard case .literal(let values) = network.parameters[1].initial else { return }
    #expect(values.count == 20_000 && values[19_999] == 19_999)
    let terms = (0..<5000).map { "y[0]*\($0)" }.joined(separator: ",")
    _ = try Self.text("linear 1->1; loss sum([\(terms)])")
  }

  private static func text(_ source: String) throws -> Network { try network(source) }

  @Test(arguments: [
    "linear 0->2", "linear 2->0", "linear 99999999999->2", "linear 2->99999999999999999999999",
    "linear 2147483647->2147483647", "input 65536x65536; flatten", "input 1000000000000x1; tanh",
    "repeat 1000000000 { repeat 1000000000 { repeat 1000000000 { tanh } } }",
    "input 2; repeat 1000000000 { tanh }", "repeat 99999999999999999999 { linear 2->2 }",
    "linear 2->2 weight=\(String(repeating: "[", count: 500))1\(String(repeating: "]", count: 500))",
    "linear 2->2; loss \(String(repeating: "diff(", count: 60))y\(String(repeating: ", x)", count: 60))",
    "input 46341x46341; linear 46341->1", "linear 65536->32767; linear 32767->65536",
    "linear 100000->1; layernorm; linear 1->100000; loss sum(hessian(sum(y), linear1.weight))",
  ])
  func absurdSizes(source: String) {
    let found = codes(source)
    #expect(!found.isEmpty)
  }

  @Test func manyErrors() {
    let found = codes(String(repeating: "linaer 2->3; add a\n", count: 3000))
    #expect(found.count == 1001)
    #expect(found.last == "N0299")
  }
}
