import NNCGraph
import NNCSyntax
import Testing

@testable import NNCLayers

/// Networks made from values, without a source.
struct NetworkBuilderTests {
  private func row(_ name: String) throws -> LayerRow { try #require(LayerRow(name)) }

  /// The worked example by calls is what its text is.
  @Test func asTheLanguageMakesIt() throws {
    let builder = NetworkBuilder(name: "network")
    for (weight, bias) in [([0.15, 0.20, 0.25, 0.30], 0.35), ([0.40, 0.45, 0.50, 0.55], 0.60)] {
      builder.layer(
        LayerRequest(
          LayerHead(Given("linear")), try row("linear"),
          operand: .widths(from: Given(2), to: Given(2)),
          keys: ["weight": Given(.tensor(weight, [2, 2])), "bias": Given(.number(bias))]))
      builder.layer(LayerRequest(LayerHead(Given("sigmoid")), try row("sigmoid")))
    }
    builder.finishLayers()
    let made = try #require(builder.network())
    let read = try network(
      """
      linear 2->2 weight=[[0.15, 0.20], [0.25, 0.30]] bias=0.35; sigmoid
      linear 2->2 weight=[[0.40, 0.45], [0.50, 0.55]] bias=0.60; sigmoid
      """)
    #expect(nodeText(made.output, made.graph) == nodeText(read.output, read.graph))
    #expect(made.parameters.map(\.name) == read.parameters.map(\.name))
    #expect(made.parameters.map(\.initial) == read.parameters.map(\.initial))
    #expect(made.layers.map(\.name) == read.layers.map(\.name))
    #expect(made.graph.names.values.sorted() == read.graph.names.values.sorted())
  }

  /// What is wrong is told without a place, and there is no network.
  @Test func mistakesWithoutASource() throws {
    let cases: [(LayerRequest.Operand, [String: Given<LayerRequest.Value>], String)] = [
      (.none, [:], "N0205"), (.number(Given(2)), [:], "N0205"),
      (.widths(from: Given(4), to: Given(2)), [:], "N0202"),
      (.widths(from: nil, to: Given(2)), ["weight": Given(.tensor([1, 2], [2]))], "N0208"),
      (.widths(from: nil, to: Given(2)), ["weight": Given(.parameter("none.weight"))], "N0219"),
      (.widths(from: nil, to: Given(2)), ["init": Given(.word("best"))], "N0209"),
      (.widths(from: nil, to: Given(2)), ["frozen": Given(.word("all"))], "N0207"),
      (.widths(from: nil, to: Given(Int(Int32.max))), [:], "N0215"),
    ]
    for (operand, keys, code) in cases {
      let builder = NetworkBuilder(name: "network")
      builder.input([3])
      builder.layer(
        LayerRequest(LayerHead(Given("linear")), try row("linear"), operand: operand, keys: keys))
      builder.finishLayers()
      #expect(builder.network() == nil)
      #expect(builder.diagnostics.map(\.code) == [code])
      #expect(builder.diagnostics.allSatisfy { $0.primary.span == nil && $0.fixes.isEmpty })
    }
  }

  /// A value that is made of nodes is a layer too.
  @Test func layersOfNodes() throws {
    let builder = NetworkBuilder(name: "network")
    builder.input([2])
    let x = try #require(builder.output(of: "x"))
    let doubled = builder.graph.map(.add, x.plain, x.plain)
    builder.layer(LayerHead(Given("double"))) { Flow(plain: doubled, training: doubled) }
    builder.finishLayers()
    let made = try #require(builder.network())
    #expect(made.layers.map(\.name) == ["double1"])
    #expect(nodeText(made.output, made.graph) == "add(x, x)")
  }
}
