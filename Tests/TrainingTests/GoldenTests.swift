import Foundation
import NNC
import NNCLayers
import NNCProgram
import Testing

@testable import NNCTraining

/// One epoch of real data gives PyTorch's parameters, for every update rule.
@Suite struct GoldenTests {
  struct Parameter: Decodable {
    let at: [Int]
    let values: [Double]
    let sum: Double
    let norm1: Double
  }
  struct Entry: Decodable {
    let sample: String
    let batch: Int
    let divisor: Double
    let train: String
    let loss: Double
    let parameters: [String: Parameter]
  }
  struct File: Decodable {
    let seed: UInt64
    let entries: [Entry]
  }

  private static let file: File = {
    let path = root.appendingPathComponent("Tests/Golden/training.json")
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: path))
  }()

  @Test func everyRuleIsCompared() {
    let names = Set(Self.file.entries.map { String($0.train.prefix { $0 != " " }) })
    #expect(names == Set(updateRules.map(\.name)))
  }

  @Test(arguments: file.entries.indices) func oneEpoch(_ number: Int) throws {
    let entry = Self.file.entries[number]
    let url = root.appendingPathComponent("Samples/\(entry.sample).nn")
    let source = try String(contentsOf: url, encoding: .utf8)
      .replacing(#/(?m)^train .*$/#, with: "train \(entry.train)")
    let network = try network(source)
    let schedule = RateSchedule(rate: try #require(Build.rate(of: network)))
    var compiler = CompilerOptions()
    compiler.maximumSamples = entry.batch
    let build = Build(training: network, schedule, compiler)
    let (executor, _) = try ExecutorChoice.native.executor(
      for: build, operations: 0, as: Double.self)
    let memory = NetworkMemory<Double>(build.program)
    _ = memory[.parameters].update(from: Self.ruledParameters(network))
    var request = DatasetRequest(
      path: root.appendingPathComponent("Samples/data/\(entry.sample).csv").path,
      inputWidth: build.program.inputCount, targetWidth: build.program.targetCount)
    request.target = ColumnChoice("\(build.program.inputCount + 1)")
    var data = try Dataset.open(request)
    data.transform = ColumnTransform(dividingBy: entry.divisor, columns: data.inputWidth)
    let options = TrainingOptions(
      epochs: 1, batch: entry.batch, schedule: schedule, seed: Self.file.seed)
    let trainer = Trainer(
      executor, memory, options, samples: Array(0..<data.count), of: data)
    #expect(try trainer.run() == .finished)
    let loss = trainer.progress.history[0].loss
    #expect(abs(loss - entry.loss) <= 1e-9 * entry.loss, "\(entry.sample), \(entry.train)")
    for field in build.program.parameters {
      let golden = try #require(entry.parameters[field.name])
      let part = memory[.parameters][field.offset..<(field.offset + field.count)].map { $0 }
      let scale = part.map(\.magnitude).max()!
      let what = "\(entry.sample), \(entry.train), \(field.name)"
      for (place, value) in zip(golden.at, golden.values) {
        #expect(abs(part[place] - value) <= 1e-9 * scale, "\(what)[\(place)]")
      }
      #expect(abs(part.reduce(0, +) - golden.sum) <= 1e-9 * golden.norm1, "\(what): sum")
      let norm = part.reduce(0) { $0 + $1.magnitude }
      #expect(abs(norm - golden.norm1) <= 1e-9 * golden.norm1, "\(what): norm")
    }
  }

  /// The parameters by the goldens' rule.
  static func ruledParameters(_ network: Network) -> [Double] {
    var fan = 1.0
    return network.parameters.enumerated().flatMap { j, parameter in
      if parameter.name.hasSuffix(".weight") { fan = Double(parameter.shape[1]) }
      return (0..<parameter.count).map { k in
        let n = ((k + 1) * 7919 + (j + 1) * 104_729) % 1_000_003
        return (2 * (Double(n * n * n % 1_000_003) / 1_000_003) - 1) / fan.squareRoot()
      }
    }
  }
}
