import Foundation
import NNCAlgebra
import NNCGraph
import NNCTestSupport
import Testing

@testable import NNC
@testable import NNCStableHLO

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// The text of networks as StableHLO. What it computes, `Tests/Interchange/stablehlo.py` compares in XLA and IREE.
@Suite struct StableModuleTests {
  private func text(
    _ source: String, _ functions: [Build.Function], batch: Int = 4, real: RealType = .f32
  ) throws -> String {
    let compilation = Compilation(SourceFile(name: "net.nn", text: source))
    return try compilation.stableHLO(
      StableOptions(batch: batch, real: real, functions: Set(functions)))
  }

  /// Networks whose text is read as a whole.
  private static let read: [(name: String, source: String, functions: [Build.Function])] = [
    (
      "dense", "input 4; linear 3; tanh; linear 2; loss cross_entropy; train adam",
      [.init(.train, many: false)]
    ),
    (
      "images",
      "input 2x8x8; conv 4 kernel=3 stride=2 pad=1; relu; maxpool 2; flatten; linear 2; loss mse",
      [.init(.gradient, many: false)]
    ),
    (
      "depthwise", "input 3x6x6; depthwise kernel=3 pad=1; avgpool 2; flatten; linear 2; loss mse",
      [.init(.gradient, many: false)]
    ),
    (
      "tokens", "input 5 of 7; embedding 7->3; flatten; linear 7; loss cross_entropy",
      [.init(.loss, many: false), .init(.gradient, many: false)]
    ),
    (
      "recurrent", "input 5x3; rnn 2; last; linear 1; loss mse", [.init(.gradient, many: true)]
    ),
    (
      "blocks",
      "input 4x6; repeat 3 { residual { layernorm; linear 6; tanh } }; loss mse; train adam",
      [.init(.train, many: false)]
    ),
    ("noise", "input 3; linear 3; dropout 0.5; loss mse; train sgd", [.init(.train, many: true)]),
    ("formulas", "input 3; gelu; softplus; silu", [.init(.predict, many: true)]),
  ]

  @Test(arguments: read.indices) func snapshot(_ index: Int) throws {
    let (name, source, functions) = Self.read[index]
    let text = try text(source, functions)
    #expect(problems(in: text) == [])
    try assertSnapshot(text, "Tests/Snapshots/StableHLO/\(name).mlir.txt")
  }

  @Test func oneFunctionIsMain() throws {
    let source = "linear 2->1; loss mse"
    let one = try text(source, [.init(.predict, many: false)])
    #expect(one.contains("func.func public @main("))
    let all = try text(source, Build.Function.all)
    #expect(all.contains("@predict(") && all.contains("@loss(") && all.contains("@gradient("))
    #expect(!all.contains("@main"))
  }

  @Test func whatIsUpdatedTakesTheMemoryOfWhatWasGiven() throws {
    let text = try text(
      "linear 2->1; batchnorm; loss mse; train sgd momentum=0.9", [.init(.train, many: false)])
    for line in ["%linear1.weight:", "%batchnorm1.running_mean:", "%linear1.bias.velocity:"] {
      let argument = text.split(separator: "\n").first { $0.contains(line) }
      #expect(argument?.contains("tf.aliasing_output") ?? false, "\(line)")
    }
    #expect(text.split(separator: "\n").first { $0.contains("%x:") }?.contains("{") == false)
  }

  @Test func singleNumbersOfTheStateAreF32InBf16() throws {
    // 0.999 is 1 in bf16: what begins with 1 and is multiplied by it would stay there.
    let source = "linear 2->1; loss mse; train adam"
    let text = try text(source, [.init(.train, many: false)], real: .bf16)
    #expect(text.contains("%beta2_power: tensor<f32>"))
    #expect(text.contains("tensor<f32> {jax.result_info = \"beta2_power\"}"))
    #expect(text.contains("%linear1.weight.square: tensor<1x2xbf16>"))
  }

  @Test func sumsInBf16AreMadeInF32() throws {
    // Of 4 · 64 ones in bf16 the sum is 256, and of more it is no more.
    let source = "input 8x8 of 7; embedding 7->3; avgpool 2; batchnorm; flatten; linear 2; loss mse"
    let text = try text(source, [.init(.gradient, many: false)], real: .bf16)
    for line in text.split(separator: "\n") where line.contains(" across dimensions") {
      #expect(line.contains("stablehlo.maximum") || !line.contains("bf16"), "\(line)")
    }
    #expect(
      text.contains("stablehlo.scatter")
        && !text.contains("%sum = stablehlo.add %a, %b : tensor<bf16>"))
  }

  @Test func equalUpdatesAreOneFunction() throws {
    let text = try text(
      "linear 3->3; tanh; linear 3; tanh; linear 3; loss mse; train adam",
      [.init(.train, many: false)])
    #expect(problems(in: text) == [])
    let functions = text.split(separator: "\n").filter { $0.contains("func.func private") }
    #expect(functions.count { $0.contains("@update_3x3(") } == 1)
    #expect(functions.count { $0.contains("@update_3(") } == 1)
    #expect(text.split(separator: "\n").count { $0.contains("call @update_3x3(") } == 3)
    #expect(text.split(separator: "sqrt").count - 1 <= 3)
    for name in ["linear1.weight", "linear3.bias.square"] {
      #expect(text.contains("%\(name): tensor<3") && text.contains("jax.result_info = \"\(name)\""))
    }
    #expect(text.split(separator: "tf.aliasing_output").count - 1 == 20)
  }

  @Test func equalBlocksAreOneFunction() throws {
    func lines(_ count: Int) throws -> Int {
      let source =
        "input 6x8; repeat \(count) { residual { layernorm; attention heads=2 } }; loss mse; train adam"
      let text = try text(source, Build.Function.all)
      #expect(problems(in: text) == [])
      return text.split(separator: "\n").count {
        $0.contains(" = stablehlo.") || $0.contains(" = call")
      }
    }
    // In all four functions together a block more is calls, and the ends of gradients, too short for functions: 51 lines
    // where 372 were written out.
    let (few, many) = (try lines(6), try lines(12))
    #expect(many - few <= 6 * 60, "\(few) \(many)")
  }

  @Test(arguments: ["images/resnet8", "sequences/chargpt", "images/unet", "sequences/lstm"])
  func valuesStandBeforeTheirUse(_ sample: String) throws {
    let data = try Data(contentsOf: root.appendingPathComponent("Samples/\(sample).nn"))
    let compilation = Compilation(SourceFile(name: "net.nn", bytes: Array(data)))
    for real in [RealType.f32, .bf16] {
      #expect(problems(in: try compilation.stableHLO(StableOptions(batch: 3, real: real))) == [])
    }
  }

  @Test func axesOfOnePlaceAreLeftOut() throws {
    let attention = try text(
      "input 5x8; attention heads=2 causal=yes; loss mse", [.init(.gradient, many: false)])
    #expect(!attention.contains("x1x"))
    let pool = try text("input 2x8x8; maxpool 2; loss mse", [.init(.gradient, many: false)])
    #expect(!pool.contains("reshape"))
  }

  @Test func factorsThatAreNumbersAreOne() throws {
    let text = try text("linear 2->3; loss mse; train sgd lr=0.5", [.init(.train, many: false)])
    // The rate by the number of samples, times the loss's own 2 of a mean over three.
    #expect(text.contains("dense<0.125> : tensor<3x2xf32>"))
    #expect(!text.contains("dense<0.5>"))
  }

  @Test func convolutionsGiveWhatIsAskedFor() throws {
    let source = "input 2x6x6; conv 4 kernel=3 pad=1; conv 4 kernel=3 pad=1; loss mse"
    let text = try text(source, [.init(.gradient, many: false)])
    #expect(!text.contains("slice"))
    #expect(!text.contains("tensor<4x4x8x8xf32>"))
  }

  @Test func severalInputsAreArguments() throws {
    let source =
      "input a 2; p: linear 4; tanh; input b 3; q: linear 4; tanh; output p q; loss mse"
    let text = try text(source, [.init(.loss, many: false)])
    #expect(text.contains("%a: tensor<4x2xf32>") && text.contains("%b: tensor<4x3xf32>"))
    #expect(text.contains("%t_p: tensor<4x4xf32>") && text.contains("%t_q: tensor<4x4xf32>"))
    #expect(!text.contains("%x:") && !text.contains("%t:"))
  }

  @Test(arguments: RealType.allCases) func everyOperationIsWritten(_ real: RealType) throws {
    for operation in Operation.all {
      var graph = Graph()
      let arguments = operation.row.arguments.map { argument in
        graph.symbol(Symbol(name: "_" + argument.name, shape: [3], role: .input))
      }
      let node = graph.map(operation, arguments)
      let module = StableModule(
        name: "op", graph: graph, batch: 2, real: real, seed: 0,
        functions: [
          StableFunction(name: "f", arguments: arguments, results: [("y", node, nil)])
        ])
      #expect(problems(in: module.text) == [], "\(operation.name)")
    }
  }

  @Test func textGrowsWithTheNetwork() throws {
    func size(_ count: Int) throws -> Int {
      let source = "input 4; repeat \(count) { linear 4; gelu }; loss mse; train adam"
      return try text(source, Build.Function.all).utf8.count
    }
    let (small, large) = (try size(10), try size(40))
    #expect(large < 5 * small)
  }
}

/// What is wrong with the names of a module: those that are given twice in a function, or asked for before they are given.
private func problems(in text: String) -> [String] {
  var result: [String] = []
  var given: Set<Substring> = []
  var outer: Set<Substring> = []
  for line in text.split(separator: "\n") {
    if line.contains("func.func") { given = [] }
    if line.hasPrefix("//") { continue }
    // A region's own values end with it.
    if line.contains("^bb0") || line.contains("%sum") { continue }
    let words = line.split { !($0.isLetter || $0.isNumber || $0 == "%" || $0 == "." || $0 == "_") }
      .filter { $0.first == "%" }
    // A loop gives its arguments to two regions, of which the second does not see the first.
    if line.contains("stablehlo.while(") {
      for (place, word) in words.dropFirst().enumerated() {
        if place % 2 == 1, !given.contains(word) { result.append("\(word) is not given") }
      }
      given.formUnion(words.dropFirst().enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
      given.insert(words[0])
      outer = given
      continue
    }
    if line.contains("} do {") { given = outer }
    let gives = line.contains(" = stablehlo.") || line.contains(" = call") || line.contains(" = \"")
    let isArgument = line.contains("func.func private") || line.hasSuffix(",")
    for (place, word) in words.enumerated() {
      if gives && place == 0 || isArgument && !gives
        || line.contains(": tensor<") && !gives
          && !line.contains("return")
      {
        if !given.insert(word).inserted { result.append("\(word) is given twice") }
      } else if !given.contains(word) {
        result.append("\(word) is not given")
      }
    }
  }
  return result
}
