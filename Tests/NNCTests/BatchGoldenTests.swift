import NNCAlgebra
import NNCGraph
import NNCLayers
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNC

/// Values of the whole batch against PyTorch in float64: `batchnorm` in both modes, its buffers, and losses that depend on
/// the batch, as straight-line code and as loops, scalar and for vectors.
@Suite struct BatchGoldenTests {
  static let goldens = Json(file: "Tests/Golden/batches.json")["entries"]!.list

  /// How far off numbers may be, relative to the largest of their tensor.
  private let bound = 1e-11

  /// The forms in which each network is compiled.
  private static let forms: [CompilerOptions] = Target.all.prefix(3).flatMap { target in
    [0, 100_000].map { limit in
      var options = CompilerOptions()
      options.target = target
      options.unrollLimit = limit
      return options
    }
  }

  @Test(arguments: goldens.indices) func modes(_ index: Int) throws {
    let golden = Self.goldens[index]
    for options in Self.forms {
      let model = try model(golden, options)
      let (x, t) = data(golden, model)
      let network = model.build.network
      let what = network.target == nil ? "contrast" : golden["source"]!.text
      let leaves = leaves(golden)
      let values = GraphEvaluator(
        network.graph, samples: golden["x"]!.list.count, leaves: leaves)
      for (mode, output) in [("eval", network.output), ("train", network.trainingOutput)] {
        expectClose(
          values[output].flatMap { $0 }, golden[mode]!["output"]!.flat, "\(what): \(mode), y",
          within: bound)
      }
      expectClose(
        try model.predict(x), golden["eval"]!["output"]!.flat, "\(what): y", within: bound)
      let (loss, gradient) = try model.gradient(input: x, target: t)
      expectClose([loss], golden["eval"]!["loss"]!.flat, "\(what): loss", within: bound)
      expectClose(
        [try model.loss(input: x, target: t)], golden["eval"]!["loss"]!.flat, "\(what): loss",
        within: bound)
      for (name, values) in golden["eval"]!["gradient"]!.members {
        expectClose(
          model.part(gradient, name), values.flat, "\(what): by \(name)", within: bound)
      }
      // A step of gradient descent with rate 1 goes along the gradient.
      let before = model.parameters
      let trained = try model.step(input: x, target: t)
      expectClose(
        [trained], golden["train"]!["loss"]!.flat, "\(what): loss in training", within: bound)
      let step = zip(before, model.parameters).map { $0 - $1 }
      for (name, values) in golden["train"]!["gradient"]!.members {
        expectClose(
          model.part(step, name), values.flat, "\(what): by \(name) in training", within: bound,
          slack: 1e-14)
      }
    }
  }

  @Test(arguments: goldens.indices) func steps(_ index: Int) throws {
    let golden = Self.goldens[index]
    for options in Self.forms {
      for course in golden["steps"]!.list {
        let rule = course["train"]!.text
        let count = Int(course["count"]!.number)
        let model = try model(golden, options, rule: rule)
        let (x, t) = data(golden, model, first: count)
        var losses: [Double] = []
        for after in course["after"]!.list {
          losses.append(try model.step(input: x, target: t))
          for (name, values) in after.members {
            expectClose(
              model.part(model.parameters, name), values.flat,
              "\(golden["source"]!.text), \(rule), \(count): \(name) after \(losses.count)",
              within: bound, slack: 1e-14)
          }
        }
        expectClose(losses, course["losses"]!.flat, "\(rule): losses", within: bound)
      }
    }
  }

  /// What PyTorch calls the buffers, and nothing else, lies beside the parameters, and no gradient is taken by it.
  @Test func buffersAreParametersWithoutGradient() throws {
    let network = try compiled("linear 2->3; batchnorm; loss mse; train adam").checkedNetwork()
    #expect(
      network.parameters.map(\.name) == [
        "linear1.weight", "linear1.bias", "batchnorm1.weight", "batchnorm1.bias",
        "batchnorm1.running_mean", "batchnorm1.running_var", "batchnorm1.num_batches_tracked",
      ])
    #expect(network.assignments.map(\.name) == network.parameters.suffix(3).map(\.name))
    #expect(network.trainedParameters.count == 4)
    #expect(!network.dependsOnBatch && network.trainingDependsOnBatch)
    let build = Build(network, CompilerOptions())
    #expect(!build.program.state.contains { $0.name.contains("running") })
    #expect(build.summary.description.contains("22 parameters (15 trained, 7 in buffers)"))
  }

  /// A batch of one sample has no variance: it is what it is without one, and no number becomes NaN.
  @Test func oneSampleAlone() throws {
    let build = try compiled("input 2; batchnorm bias=[1, 2]; loss mse; train sgd lr=1").build()
    let model = try Model(build)
    #expect(try model.step(input: [3, 4], target: [0, 0]) == 5)
    #expect(model.part(model.parameters, "batchnorm1.running_mean") == [0.1 * 3, 0.1 * 4])
    #expect(model.part(model.parameters, "batchnorm1.running_var") == [0.9, 0.9])
    #expect(model.part(model.parameters, "batchnorm1.bias") == [-1, -2])
  }

  private func model(
    _ golden: Json, _ options: CompilerOptions, rule: String = "sgd lr=1"
  ) throws -> Model {
    let build = try compiled(golden["source"]!.text + "; train \(rule)").build(options)
    let model = try Model(build)
    #expect(model.fields.map(\.name).sorted() == golden["start"]!.members.map(\.0).sorted())
    for (name, values) in golden["start"]!.members { model.set(name, values.flat) }
    return model
  }

  private func data(
    _ golden: Json, _ model: Model, first count: Int = .max
  ) -> (x: [Double], t: [Double]) {
    func rows(_ name: String) -> [Double] { golden[name]!.list.prefix(count).flatMap(\.flat) }
    return (rows("x"), model.counts.target == 0 ? [] : rows("t"))
  }

  private func leaves(_ golden: Json) -> [String: [Double]] {
    var leaves = ["x": golden["x"]!.flat, "t": golden["t"]!.flat]
    for (name, values) in golden["start"]!.members { leaves[name] = values.flat }
    return leaves
  }
}
