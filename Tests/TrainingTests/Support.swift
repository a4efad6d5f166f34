import Foundation
import NNCLayers
import NNC
import NNCExecution
import NNCProgram

@testable import NNCTraining

/// The repository's root.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// A sample network, read.
func sample(_ name: String) throws -> Compilation {
  let data = try Data(contentsOf: root.appendingPathComponent("Samples/\(name).nn"))
  return Compilation(SourceFile(name: "Samples/\(name).nn", bytes: Array(data)))
}

/// The sample networks, by file name without the ending.
let sampleNames: [String] = {
  let folder = root.appendingPathComponent("Samples").path
  let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return files.filter { $0.hasSuffix(".nn") }.map { String($0.dropLast(3)) }.sorted()
}()

/// A network of a text.
func network(_ text: String) throws -> Network {
  try Compilation(SourceFile(name: "net.nn", text: text)).checkedNetwork()
}

/// Samples made by a rule: inputs on [−1, 1), targets on [0, 1), or one-hot where a loss takes classes.
struct MadeSamples: SampleSource {
  var count: Int
  var inputWidth: Int
  var targetWidth: Int
  var areClasses = false

  func read(
    _ samples: ArraySlice<Int>, input: UnsafeMutableBufferPointer<Double>,
    target: UnsafeMutableBufferPointer<Double>
  ) {
    let generator = UniformGenerator(seed: 99, stream: 5)
    for (place, sample) in samples.enumerated() {
      for column in 0..<inputWidth {
        input[place * inputWidth + column] = generator.value(
          at: sample * inputWidth + column, bound: 1)
      }
      for column in 0..<targetWidth {
        let value =
          areClasses
          ? (sample % targetWidth == column ? 1 : 0)
          : Double((sample * 7 + column * 3) % 11) / 11
        target[place * targetWidth + column] = value
      }
    }
  }
}

/// Trains a network on made samples, and answers where it stands.
func trained<Real: ProgramReal>(
  _ network: Network, _ options: TrainingOptions, clip: GradientClip? = nil,
  by choice: ExecutorChoice, block: Int? = nil, count: Int = 23, heldOut: Int = 0, threads: Int = 1,
  as _: Real.Type,
  from snapshot: TrainingSnapshot<Real>? = nil,
  keep: (TrainingSnapshot<Real>) throws -> Void = { _ in }, shouldStop: () -> Bool = { false }
) throws -> TrainingSnapshot<Real> {
  var compiler = CompilerOptions(precision: Real.precision)
  compiler.threads = threads
  compiler.maximumSamples = block ?? max(options.batch, 8)
  let build = Build(
    training: network, options.schedule, clip: clip, takesBlocks: block != nil, compiler)
  let (executor, _) = try choice.executor(for: build, operations: 0, as: Real.self)
  let memory = NetworkMemory<Real>(build.program)
  let source = MadeSamples(
    count: count, inputWidth: build.program.inputCount, targetWidth: build.program.targetCount)
  let trainer = Trainer(
    executor, memory, options, samples: Array(heldOut..<count), of: source,
    heldOut: heldOut > 0 ? (source, Array(0..<heldOut)) : nil, metric: .determination)
  if let snapshot { trainer.restore(snapshot) }
  _ = try trainer.run(keep: keep, shouldStop: shouldStop)
  return trainer.snapshot
}
