import NNCEmission
import NNCProgram
import Testing

@testable import NNCLayers
@testable import NNC

/// What is frozen costs nothing: no operation, no memory and no line of code is there for its gradient.
@Suite struct FreezingTests {
  private func network(_ source: String) throws -> Network {
    try Compilation(SourceFile(name: "net.nn", text: source)).checkedNetwork()
  }

  private func build(_ network: Network, unroll: Int) -> Build {
    var options = CompilerOptions()
    options.unrollLimit = unroll
    options.maximumSamples = 8
    return Build(network, options)
  }

  /// A stack of layers of which only the last is trained.
  private func stack(_ depth: Int) throws -> Network {
    let inner = (0..<depth).map { _ in "linear 6->6 frozen=yes; tanh" }.joined(separator: "; ")
    return try network("\(inner); linear 6->2; loss mse; train adam")
  }

  /// Each further frozen layer costs training what it costs predicting, to the operation.
  @Test(arguments: [0, 1_000_000]) func frozenLayersOnlyPredict(_ unroll: Int) throws {
    let builds = try [2, 3, 4].map { build(try stack($0), unroll: unroll) }
    for many in [false, true] {
      func cost(_ kind: Entry.Kind, _ place: Int) throws -> [String: Int] {
        let program = builds[place].program
        let cost = program.cost(of: try #require(program.entry(kind, many: many)), samples: 5)
        return Dictionary(uniqueKeysWithValues: cost.expanded.map { ("\($0.key)", $0.value) })
      }
      for place in 1..<builds.count {
        let forward = try cost(.predict, place).merging(try cost(.predict, place - 1)) { $0 - $1 }
        for kind in [Entry.Kind.loss, .gradient, .train] {
          let added = try cost(kind, place).merging(try cost(kind, place - 1)) { $0 - $1 }
          #expect(added.filter { $0.value != 0 } == forward.filter { $0.value != 0 }, "\(kind)")
        }
      }
    }
  }

  /// Activations below the trained layer need not be kept: the workspace is that of a shallow network.
  @Test func frozenLayersKeepNothing() throws {
    let builds = try [2, 3, 6].map { build(try stack($0), unroll: 0) }
    for kind in [Entry.Kind.gradient, .train] {
      for many in [false, true] {
        let sizes = builds.map { $0.program.entry(kind, many: many)!.workspaceCount }
        #expect(Set(sizes).count == 1, "\(kind): \(sizes)")
      }
    }
    for build in builds {
      let names = build.program.state.map(\.name).filter { !$0.hasPrefix("beta") }
      let last = build.network.layers.last { $0.parameterCount > 0 }?.name ?? ""
      #expect(names.count == 4 && names.allSatisfy { $0.hasPrefix(last + ".") }, "\(names)")
    }
  }

  /// The emitted step writes nothing but the trained layer, and speaks of no derivative below it.
  @Test func emittedCodeHasNoTrace() throws {
    let program = build(try stack(2), unroll: 1_000_000).program
    let text = CEmitter(program).source
    let start = try #require(text.range(of: "double net_train("))
    let step = String(text[start.lowerBound...].prefix { $0 != "}" })
    for line in step.split(separator: "\n") where line.contains("p->") && line.contains("= ") {
      let target = line.split(separator: "=")[0]
      if target.contains("p->") { #expect(target.contains("p->linear3_"), "\(line)") }
    }
    #expect(step.contains("p->linear3_weight"))
    #expect(!step.contains("d_linear1") && !step.contains("d_linear2"))
  }

  @Test func theGradientOfWhatIsFrozenIsZero() throws {
    let model = try Model(build(try stack(2), unroll: 0))
    let input = [0.1, -0.2, 0.3, -0.4, 0.5, -0.6]
    let gradient = try model.gradient(input: input, target: [1, 0]).gradient
    for field in model.fields {
      let part = gradient[field.offset..<field.offset + field.shape.reduce(1, *)]
      #expect(part.contains { $0 != 0 } == field.name.hasPrefix("linear3."))
    }
    let before = model.parameters
    try model.step(input: input, target: [1, 0])
    let first = try #require(model.fields.first { $0.name == "linear3.weight" }).offset
    #expect(model.parameters[..<first] == before[..<first])
    #expect(model.parameters[first...] != before[first...])
  }

  @Test func parts() throws {
    let net = try network(
      "linear 2->3; relu; linear 3->3 bias=no; relu; linear 3->1 frozen=weight; loss mse; train sgd"
    )
    func trained(_ part: TrainedPart) -> [String] {
      net.training(only: part).trainedParameters.map(\.name)
    }
    #expect(trained(.all) == ["linear1.weight", "linear1.bias", "linear2.weight", "linear3.bias"])
    #expect(trained(.bias) == ["linear1.bias", "linear3.bias"])
    #expect(trained(.last) == ["linear3.bias"])
    let none = try network("linear 2->1 bias=no; loss mse; train sgd")
    #expect(none.training(only: .bias).trainedParameters.isEmpty)
  }

  @Test func footprints() throws {
    let net = try network("linear 4->16; relu; linear 16->3; loss cross_entropy; train adam")
    var options = CompilerOptions()
    options.precision = .f32
    options.unrollLimit = 4096
    let build = Build(net, options)
    let predict = try #require(build.footprint(training: false))
    let train = try #require(build.footprint(training: true))
    // x, y; and x, t, the parameters, two moments of each and two powers. Straight-line code has no workspace.
    #expect(predict.ram == (4 + 3) * 4)
    #expect(train.ram == (4 + 3 + 131 + 2 * 131 + 2) * 4)
    #expect(predict.flash > 131 * 4 && train.flash > predict.flash)
    #expect(train.operations > 2 * predict.operations)
    let rows = net.trainingChoices(options).split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(rows.map(\.first) == ["one", "predict", "train", "train", "train"])
    #expect(rows[2...].map { $0[1] + $0[2] } == ["last51", "bias19", "all131"])
    #expect(Int(rows[2][5])! < Int(rows[4][5])! && Int(rows[3][5])! < Int(rows[4][5])!)
    #expect(rows[4].suffix(3) == ["\(train.operations)", "\(train.flash)", "\(train.ram)"])
    let other = try network("linear 2->1")
    #expect(Build(other, options).footprint(training: true) == nil)
  }
}
