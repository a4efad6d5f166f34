import Foundation
import Testing

@testable import NNC

/// Networks with several inputs and outputs, and with shared parameters, through the stages.
@Suite struct PortTests {
  static let heads = """
    input left 3; input right 2
    from left; linear ->4; first: tanh
    from right; linear ->4; add first; body: sigmoid
    mean: linear ->2
    from body; linear ->2 weight=mean.weight bias=no; spread: softplus
    output mean spread
    loss sum((t_mean - mean)^2/spread + log(spread)) + 0.1*sum(diff(sum(mean), left)^2)
    train adam lr=0.01
    """

  /// As straight-line code and as loops, for one sample and for many.
  @Test(arguments: [0, 2000], ["generic", "x86-64-v3"])
  func derivatives(unroll: Int, target: String) throws {
    let options = CompilerOptions(
      target: try #require(Target(named: target)), unrollLimit: unroll, maximumSamples: 40)
    let model = try Model(compiled(Self.heads).build(options))
    #expect(model.counts.input == 5 && model.counts.output == 4 && model.counts.target == 4)
    let rows = try model.checkGradient(
      input: model.sampleData().input, target: model.sampleData().target)
    #expect(rows.filter { !$0.agrees } == [])
    let inputs = Self.numbers(37 * 5, step: 7)
    let targets = Self.numbers(37 * 4, step: 5)
    let many = try model.predict(inputs)
    var total = 0.0
    for sample in 0..<37 {
      let x = Array(inputs[sample * 5..<sample * 5 + 5])
      expectClose(
        Array(many[sample * 4..<sample * 4 + 4]), try model.predict(x), "sample \(sample)")
      total += try model.loss(input: x, target: Array(targets[sample * 4..<sample * 4 + 4]))
    }
    expectClose([try model.loss(input: inputs, target: targets)], [total / 37], "loss")
  }

  /// Numbers on [-0.5, 0.5) that differ.
  private static func numbers(_ count: Int, step: Int) -> [Double] {
    (0..<count).map { (place: Int) -> Double in Double((place * step) % 11) / 11 - 0.5 }
  }

  /// The outputs are what the expressions say of the named parts.
  @Test func partsByName() throws {
    let network = try compiled(Self.heads).checkedNetwork()
    var workbench = Workbench(network)
    _ = try workbench.enter("left = [0.1, 0.2, 0.3]")
    // Nothing of `mean` is known until `right` is.
    guard case .values(let unknown)? = try workbench.enter("mean").first else { return }
    #expect(unknown.map(\.unknown) == [["right"]])
    _ = try workbench.enter("right = [0.4, 0.5]")
    let packed = try workbench.tensor("x").values
    #expect(packed == [0.1, 0.2, 0.3, 0.4, 0.5])
    let y = try workbench.tensor("y").values
    let (mean, spread) = (try workbench.tensor("mean"), try workbench.tensor("spread"))
    #expect(mean.values + spread.values == y)
    let model = try Model(Build(network, CompilerOptions()))
    expectClose(try model.predict(packed), y, "y")
    _ = try workbench.enter("right = [[0.4, 0.5], [1, 2]]; left = [[0.1, 0.2, 0.3], [1, 2, 3]]")
    #expect(workbench.sampleCount == 2)
    #expect(try workbench.tensor("x").values == packed + [1, 2, 3, 1, 2])
  }

  /// Emitted code says where each part lies.
  @Test func placesInCode() throws {
    let build = try compiled("network two; " + Self.heads.replacing("\n", with: "; ")).build()
    let header = try #require(build.emit(.c).first { $0.name == "two.h" }).text
    for line in [
      "TWO_INPUT_LEFT 0", "TWO_INPUT_RIGHT 3", "TWO_OUTPUT_SPREAD 2", "TWO_TARGET_MEAN 0",
    ] {
      #expect(header.contains("#define \(line) "))
    }
    let swift = build.emit(.swift)[0].text
    #expect(swift.contains("let inputRight = 3..<5") && swift.contains("let outputSpread = 2..<4"))
  }

  /// A shared parameter has the sum of its uses' derivatives, and lies in a file under both names.
  @Test func sharedParameters() throws {
    let compilation = try compiled(
      "linear 3->3; tanh; linear 3->3 weight=linear1.weight; loss mse; train sgd lr=0.1")
    let network = try compilation.checkedNetwork()
    let model = try compilation.model()
    let data = model.sampleData()
    let rows = try model.checkGradient(input: data.input, target: data.target)
    #expect(rows.count == 15 && rows.filter { !$0.agrees } == [])
    let values = (0..<network.parameterCount).map { Double($0) / 8 }
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/w.safetensors"
    try network.writeWeights(values, to: path)
    let listing = try WeightsListing(path)
    #expect(
      listing.rows.map(\.name).sorted() == [
        "linear1.bias", "linear1.weight", "linear2.bias", "linear2.weight",
      ])
    let read = try network.readWeights(path)
    #expect(read.parameters == values)
  }
}
