import Foundation
import NNC
import NNCLayers
import NNCProgram
import Testing

@testable import NNCTraining

/// Weights of classes in the loss: PyTorch's losses with `weight`, the mean over the samples.
@Suite struct ClassWeightTests {
  struct Training: Decodable {
    let loss: String
    let network: String
    let rows: [Int]
    let batch: Int
    let weights: [Double]
    let meanLoss: Double
    let parameters: [String: GoldenTests.Parameter]
  }
  struct File: Decodable {
    let seed: UInt64
    let trainings: [Training]
  }

  private static let file: File = {
    let path = root.appendingPathComponent("Tests/Golden/weights.json")
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: path))
  }()

  @Test(arguments: file.trainings.indices) func oneEpoch(_ number: Int) throws {
    let entry = Self.file.trainings[number]
    let compilation = Compilation(SourceFile(name: "net.nn", text: entry.network))
    let network = try compilation.weighingClasses(entry.weights).get()
    let schedule = RateSchedule(rate: try #require(Build.rate(of: network)))
    var compiler = CompilerOptions()
    compiler.maximumSamples = entry.batch
    let build = Build(training: network, schedule, compiler)
    let (executor, _) = try ExecutorChoice.interpreter.executor(
      for: build, operations: 0, as: Double.self)
    let memory = NetworkMemory<Double>(build.program)
    _ = memory[.parameters].update(from: GoldenTests.ruledParameters(network))
    let path = try temporaryTable(of: entry)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var request = DatasetRequest(
      path: path, inputWidth: build.program.inputCount, targetWidth: build.program.targetCount)
    request.target = ColumnChoice("5")
    let data = try Dataset.open(request)
    #expect(data.count == entry.rows.count && data.classes.count == entry.weights.count)
    let options = TrainingOptions(
      epochs: 1, batch: entry.batch, schedule: schedule, seed: Self.file.seed)
    let trainer = Trainer(
      executor, memory, options, samples: Array(0..<data.count), of: data)
    #expect(try trainer.run() == .finished)
    let loss = trainer.progress.history[0].loss
    #expect(abs(loss - entry.meanLoss) <= 1e-12 * entry.meanLoss, "\(loss)")
    for field in build.program.parameters {
      let golden = try #require(entry.parameters[field.name])
      let part = memory[.parameters][field.offset..<(field.offset + field.count)].map { $0 }
      let scale = part.map(\.magnitude).max()!
      for (place, value) in zip(golden.at, golden.values) {
        #expect(abs(part[place] - value) <= 1e-11 * scale, "\(entry.loss), \(field.name)[\(place)]")
      }
    }
  }

  /// The rows of the irises that a training takes.
  private func temporaryTable(of entry: Training) throws -> String {
    let whole = try String(
      contentsOf: root.appendingPathComponent("Samples/data/iris.csv"), encoding: .utf8)
    let lines = whole.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let text = ([lines[0]] + entry.rows.map { lines[$0 + 1] }).joined(separator: "\n") + "\n"
    let path = NSTemporaryDirectory() + "nnc-\(UUID().uuidString).csv"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  private func weighing(_ loss: String, _ weights: [Double] = [1, 2]) -> (Network?, String) {
    let text = "linear 2->2; \(loss); train sgd"
    switch Compilation(SourceFile(name: "net.nn", text: text)).weighingClasses(weights) {
    case .success(let network): return (network, "")
    case .failure(let problem): return (nil, "\(problem.text); \(problem.hint ?? "")")
    }
  }

  @Test func lossesAreWeighedWhereverTheyStand() {
    for loss in [
      "loss cross_entropy", "loss cross_entropy()", "loss cross_entropy(smoothing=0.1)",
      "loss cross_entropy(y, t)", "loss 0.5 * cross_entropy(y, t) + 0.01 * sum(linear1.weight ^ 2)",
      "loss multilabel_soft_margin", "loss bce_logits", "loss mse + cross_entropy",
    ] {
      #expect(weighing(loss).0 != nil, "\(loss): \(weighing(loss).1)")
    }
  }

  @Test func otherLossesAreRefused() {
    #expect(weighing("loss kl_div").1.contains("the loss `kl_div` has no key `weight`"))
    #expect(weighing("loss kl_div").1.contains("`cross_entropy`"))
    #expect(weighing("loss sum((y - t)^2)").1.contains("names none whose classes"))
    #expect(
      weighing("loss cross_entropy(weight=[1, 3])").1.contains("has weights of its own"))
  }
}
