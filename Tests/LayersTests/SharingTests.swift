import NNCGraph
import NNCLayers
import Testing

/// Parameters that several layers have.
struct SharingTests {
  @Test func oneParameterForTwoLayers() throws {
    let network = try network(
      "code: linear 3->3 bias=no; tanh; linear 3->3 weight=code.weight; loss mse; train sgd")
    #expect(network.parameters.map(\.name) == ["code.weight", "linear2.bias"])
    #expect(
      network.sharedNames.map { "\($0.name) = \($0.parameter)" } == ["linear2.weight = code.weight"]
    )
    #expect(network.layers.map(\.parameterCount) == [9, 0, 3])
    #expect(
      nodeText(network.output, network.graph) == "add(ij,j->i(code.weight, h), linear2.bias)")
    var copy = network
    for name in ["w9", "b3", "linear2.weight", "diff(loss, linear2.weight)"] {
      #expect(try expression(name, of: &copy) != nil)
    }
  }

  /// A share of a share belongs to the first owner; labels in a `repeat` are numbered.
  @Test func chains() throws {
    let network = try network(
      """
      linear 2->2; repeat 2 { part: linear 2->2 weight=linear1.weight }
      linear 2->2 weight=part1.weight bias=no
      """)
    #expect(
      network.parameters.map(\.name) == [
        "linear1.weight", "linear1.bias", "part1.bias", "part2.bias",
      ])
    #expect(Set(network.sharedNames.map(\.parameter)) == ["linear1.weight"])
  }

  @Test(arguments: [
    ("linear 2->3; linear 3->3 weight=linear1.weight", "N0219"),
    ("linear 3->3 weight=linear2.weight; linear 3->3", "N0219"),
    ("linear 3->3 weight=later.weight; later: linear 3->3", "N0219"),
    ("linear 3->3; linear 3->3 weight=linear1.wieght", "N0219"),
    ("linear 3->3; linear 3->3 weight=linear1.weight frozen=weight", "N0219"),
    ("linear 3->3; linear 3->3 bias=linear1.weight", "N0219"),
  ])
  func mistakes(source: String, code: String) {
    #expect(codes(source) == [code])
  }
}
