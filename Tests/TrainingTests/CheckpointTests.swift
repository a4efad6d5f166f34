import Foundation
import NNCLayers
import NNC
import NNCProgram
import Testing

@testable import NNCTraining

@Suite struct CheckpointTests {
  private let text = """
    linear 3->6; tanh; dropout 0.2; linear 6->2; loss mse
    train adam lr=0.05; seed 3
    """

  private func options(every: Int?) -> TrainingOptions {
    TrainingOptions(
      epochs: 3, batch: 4, schedule: RateSchedule(rate: 0.05, curve: .cosine(floor: 0)),
      seed: 11, patience: 2, stepsBetweenSnapshots: every)
  }

  private func withCheckpoint<R>(
    _ course: [String: String] = ["--lr": "0.05", "data": "1"], _ body: (Checkpoint) throws -> R
  ) throws -> R {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nnc-checkpoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(Checkpoint(folder: folder.path, course: course))
  }

  private func build() throws -> Build {
    Build(training: try network(text), options(every: 1).schedule, CompilerOptions())
  }

  /// Cut after any step, written, read and continued, a training ends with the same bits.
  @Test func everyStepCanBeTheCut() throws {
    let network = try network(text)
    let program = try build().program
    let whole = try trained(
      network, options(every: nil), by: .interpreter, heldOut: 5, as: Double.self)
    #expect(whole.progress.step == 15)
    for cut in 1...14 {
      try withCheckpoint { checkpoint in
        var steps = 0
        _ = try trained(
          network, options(every: 1), by: .interpreter, heldOut: 5, as: Double.self,
          keep: { try checkpoint.write($0, of: program) },
          shouldStop: {
            steps += 1
            return steps == cut
          })
        let snapshot = try checkpoint.read(of: program, as: Double.self)
        #expect(snapshot.progress.step == cut)
        let rest = try trained(
          network, options(every: 1), by: .interpreter, heldOut: 5, as: Double.self,
          from: snapshot)
        #expect(rest.parameters.map(\.bitPattern) == whole.parameters.map(\.bitPattern))
        #expect(rest.state.map(\.bitPattern) == whole.state.map(\.bitPattern))
        #expect(rest.progress == whole.progress, "cut after step \(cut)")
        #expect(rest.bestParameters == whole.bestParameters)
      }
    }
  }

  @Test func singlePrecisionIsKeptExactly() throws {
    try withCheckpoint { checkpoint in
      let program = try build().program
      let state = (0..<program.stateCount).map { Float($0) / 3 }
      var progress = TrainingProgress()
      progress.lossSum = 0.1 + 0.2
      let snapshot = TrainingSnapshot(
        progress: progress, parameters: (0..<program.parameterCount).map { Float($0).squareRoot() },
        state: state, bestParameters: [])
      try checkpoint.write(snapshot, of: program)
      #expect(try checkpoint.read(of: program, as: Float.self) == snapshot)
    }
  }

  @Test func anotherCourseIsRefused() throws {
    try withCheckpoint { checkpoint in
      let program = try build().program
      let snapshot = TrainingSnapshot<Double>(
        progress: TrainingProgress(),
        parameters: .init(repeating: 0, count: program.parameterCount),
        state: .init(repeating: 0, count: program.stateCount), bestParameters: [])
      try checkpoint.write(snapshot, of: program)
      let folder = String(checkpoint.path.dropLast(Checkpoint.name.count))
      let other = Checkpoint(folder: folder, course: ["--lr": "0.1", "--seed": "4", "data": "2"])
      let failure = try #require(throws: FileFailure.self) {
        try other.read(of: program, as: Double.self)
      }
      #expect(failure.message.contains("--lr was 0.05, now it is 0.1"))
      #expect(failure.message.contains("--seed was not given, now it is 4"))
      #expect(failure.message.contains("its data is another"))
    }
  }

  /// A checkpoint cut short or changed anywhere is refused or read as it is, never a crash.
  @Test func damageIsTold() throws {
    try withCheckpoint { checkpoint in
      let program = try build().program
      #expect(throws: FileFailure.self) { try checkpoint.read(of: program, as: Double.self) }
      _ = try trained(
        network(text), options(every: 1), by: .interpreter, heldOut: 5, as: Double.self,
        keep: { try checkpoint.write($0, of: program) })
      let bytes = try Data(contentsOf: URL(fileURLWithPath: checkpoint.path))
      for length in stride(from: 0, to: bytes.count, by: 37) {
        try bytes.prefix(length).write(to: URL(fileURLWithPath: checkpoint.path))
        #expect(throws: FileFailure.self) { try checkpoint.read(of: program, as: Double.self) }
      }
      for place in stride(from: 0, to: min(bytes.count, 1500), by: 11) {
        var changed = bytes
        changed[place] ^= 0x15
        try changed.write(to: URL(fileURLWithPath: checkpoint.path))
        _ = try? checkpoint.read(of: program, as: Double.self)
      }
    }
  }

  /// A place or a step that no training could have come to is told, however sound the file is.
  @Test func impossiblePlacesAreTold() throws {
    let build = try build()
    var snapshots: [TrainingSnapshot<Double>] = []
    _ = try trained(
      network(text), options(every: 1), by: .interpreter, heldOut: 5, as: Double.self,
      keep: { snapshots.append($0) })
    let memory = NetworkMemory<Double>(build.program)
    let source = MadeSamples(count: 23, inputWidth: 3, targetWidth: 2)
    let (executor, _) = try ExecutorChoice.interpreter.executor(
      for: build, operations: 0, as: Double.self)
    let trainer = Trainer(
      executor, memory, options(every: 1), samples: Array(5..<23), of: source)
    #expect(snapshots.allSatisfy { trainer.problem(in: $0) == nil })
    for change: (inout TrainingProgress) -> Void in [
      { $0.position = .max }, { $0.position = -1 }, { $0.position += 1 }, { $0.step = .max },
      { $0.step += 1 }, { $0.epoch = .max }, { $0.position = 1 << 40 },
    ] {
      let one = snapshots[0]
      var progress = one.progress
      change(&progress)
      let changed = TrainingSnapshot(
        progress: progress, parameters: one.parameters, state: one.state,
        bestParameters: one.bestParameters)
      #expect(trainer.problem(in: changed) != nil, "\(progress)")
    }
  }

  @Test func leftoversOfAKilledWriterGo() throws {
    try withCheckpoint { checkpoint in
      let folder = String(checkpoint.path.dropLast(Checkpoint.name.count))
      for name in ["checkpoint.safetensors.123.tmp", "mine.tmp"] {
        try "x".write(toFile: folder + name, atomically: false, encoding: .utf8)
      }
      checkpoint.removeLeftovers()
      #expect(namesInFolder(folder) == ["mine.tmp"])
    }
  }
}
