import NNCGraph
import NNCLayers
import Testing

/// Blocks that `define` names, and parameters of one's own.
struct DefinedBlockTests {
  private func names(_ source: String) throws -> [String] {
    try network(source).parameters.map(\.name)
  }

  /// A block's layers are named under its label, else under its name and number.
  @Test func namesOfParameters() throws {
    #expect(
      try names("define f(n) { linear n bias=no }; input 2; a: f(3); f(4); b: f(5)") == [
        "a.linear1.weight", "f2.linear1.weight", "b.linear1.weight",
      ])
    #expect(
      try names("define f { linear 2 bias=no }; define g { f; last: f }; input 2; a: g; g") == [
        "a.f1.linear1.weight", "a.last.linear1.weight", "g2.f1.linear1.weight",
        "g2.last.linear1.weight",
      ])
    #expect(
      try names("define f { linear 2 bias=no }; input 2; repeat 2 { a: f }; f; linear 1 bias=no")
        == [
          "a1.linear1.weight", "a2.linear1.weight", "f3.linear1.weight", "linear1.weight",
        ])
  }

  /// Parameters of blocks hide those of the blocks around them, and constants of `let`, and mean the same again behind.
  @Test func parametersAreConstants() throws {
    let network = try network(
      """
      let n = 7
      define inner(n) { linear n bias=no }
      define outer(n) { inner(n + 1); repeat n { linear n bias=no } }
      input 2
      outer(2)
      linear n bias=no
      """)
    #expect(network.parameters.map(\.shape) == [[3, 2], [2, 3], [2, 2], [7, 2]])
  }

  /// Labels and parameters inside a block are its own, and those around it can be seen.
  @Test func labelsInside() throws {
    let network = try network(
      """
      define f { skip: linear 2 bias=no; tanh; add skip; = x + stem; linear 2 weight=skip.weight bias=no }
      input 2
      stem: linear 2 bias=no
      a: f
      b: f
      concat a.skip
      """)
    #expect(
      network.parameters.map(\.name) == ["stem.weight", "a.skip.weight", "b.skip.weight"])
    #expect(
      network.sharedNames.map { "\($0.name) \($0.parameter)" } == [
        "a.linear2.weight a.skip.weight", "b.linear2.weight b.skip.weight",
      ])
    #expect(network.graph.shape(network.output) == [4])
  }

  @Test(arguments: [
    ("define f(n) { linear n }; input 2; f(1, 2)", "N0221 `f` takes 1 number"),
    ("define f(n) { linear n }; input 2; f", "N0221 `f` takes 1 number"),
    ("define f { linear 2 }; input 2; f(1)", "N0221 `f` takes nothing"),
    ("define f { linear 2 }; input 2; f 3", "N0221 `f` takes nothing"),
    ("define f(n) { linear n }; input 2; f([1, 2])", "N0207 `n` of `f` cannot be this"),
    ("define f { tanh; f }; input 2; f", "N0221 `f` is made of itself"),
    ("define linear { tanh }; input 2; tanh", "N0320 `linear` is a layer already"),
    ("define f { tanh }; define f { sin }; input 2; f", "N0320 `f` is defined twice"),
    ("define f { loss mse }; input 2; f", "N0214 `loss` cannot stand in a block"),
    ("repeat 2 { define f { tanh } }; input 2; f", "N0214 `define` cannot stand in a block"),
    ("input 2; f(2); define f(n) { linear n }", "N0132 a layer is written without brackets"),
    ("input 2; param k 0; tanh", "N0204 0 cannot be a size of a parameter"),
    ("input 2; param k 3 value=[1, 2]; tanh", "N0208 the value of `k` is a list of 3"),
    ("input 2; param k 2 init=best; tanh", "N0209 there is no way `best` to begin"),
    ("input 2; param k 2 frozen=maybe; tanh", "N0207 `frozen` of `k` cannot be this"),
    ("input 2; param k 2 size=3; tanh", "N0206 `param` has no key `size`"),
    ("input 2; param k 2; k: tanh", "N0210 the label `k` is taken"),
    ("input 2; param x 2; tanh", "N0210 `x` cannot be a label"),
    ("= 2*x; linear 1", "N0203 the shape of the input is not known"),
    ("input 2; = x*[1, 2, 3]", "N0310 `*` does not fit a list of 2 and a list of 3"),
  ]) func mistakes(_ source: String, _ expected: String) {
    let diagnostics = problems(source)
    #expect(diagnostics.first.map { "\($0.code) \($0.message)" } == expected)
  }

  /// Blocks that double through each other end in a message, not in the machine's memory.
  @Test func doubling() {
    var source = "define f0 { tanh }\n"
    for round in 1...60 { source += "define f\(round) { f\(round - 1); f\(round - 1) }\n" }
    #expect(problems(source + "input 2; f60").map(\.code) == ["N0215"])
  }

  /// The layer behind `via` comes first, as it is written, and may say how wide the input is.
  @Test func viaComesFirst() throws {
    let network = try network(
      "residual via linear 2->3 bias=no { linear 3; tanh; linear 3 bias=no }")
    #expect(
      network.parameters.map { "\($0.name) \($0.shape)" } == [
        "linear1.weight [3, 2]", "linear2.weight [3, 2]", "linear2.bias [3]",
        "linear3.weight [3, 3]",
      ])
    #expect(problems("input 2; residual via linear 4 { linear 3 }").map(\.code) == ["N0212"])
  }

  /// A parameter of one's own begins as it says, and is trained or not.
  @Test func ownParameters() throws {
    let network = try network(
      "input 2; param a 2 value=[1, 2]; param b 2x2 value=3 frozen=yes; param c 2; = a + b@x + c; loss mse"
    )
    #expect(network.parameters.map(\.name) == ["a", "b", "c"])
    #expect(network.parameters.prefix(2).map(\.initial) == [.literal([1, 2]), .fill(3)])
    #expect(network.parameters.map(\.isFrozen) == [false, true, false])
  }
}
