import NNC
import NNCProgram
import Testing

@testable import NNCTraining

/// A model trained from Swift, in one call.
@Suite struct ModelTrainingTests {
  private static let source =
    "linear 2->6; tanh; linear 6->1; loss mse/2; train adam lr=0.02; seed 3"
  private static let inputs = numbers(50 * 2, step: 29)
  private static let targets = numbers(50, step: 13)

  private static func numbers(_ count: Int, step: Int) -> [Double] {
    (0..<count).map { (place: Int) -> Double in Double((place * step) % 17) / 17 - 0.4 }
  }

  private func model(_ precision: Precision = .f64, _ source: String = Self.source) throws -> Model
  {
    try Compilation(SourceFile(name: "net.nn", text: source))
      .model(CompilerOptions(precision: precision))
  }

  /// Batches in order are the same bits as the model's own steps.
  @Test(arguments: [Precision.f64, .f32]) func asStepByStep(precision: Precision) throws {
    let (one, other) = (try model(precision), try model(precision))
    var losses: [Double] = []
    let result = try one.train(
      inputs: Self.inputs, targets: Self.targets, epochs: 3, batch: 16, shuffles: false,
      on: .interpreter
    ) { event in
      if case .step(let step) = event { losses.append(step.loss) }
      return true
    }
    var expected: [Double] = []
    for _ in 0..<3 {
      for start in stride(from: 0, to: 50, by: 16) {
        let end = min(50, start + 16)
        expected.append(
          try other.step(
            input: Array(Self.inputs[start * 2..<end * 2]),
            target: Array(Self.targets[start..<end])))
      }
    }
    #expect(losses == expected)
    #expect(one.parameters == other.parameters && one.state == other.state)
    #expect(result.end == .finished && result.epochs.map(\.epoch) == [1, 2, 3])
  }

  /// Cut in two it goes on where it was, by word of the observer and by cancellation of the task.
  @Test func endsEarly() async throws {
    let whole = try model()
    try whole.train(
      inputs: Self.inputs, targets: Self.targets, epochs: 2, batch: 50, on: .interpreter)
    let cut = try model()
    let first = try cut.train(
      inputs: Self.inputs, targets: Self.targets, epochs: 9, batch: 50, on: .interpreter
    ) { _ in false }
    #expect(first.end == .interrupted)
    try cut.train(
      inputs: Self.inputs, targets: Self.targets, epochs: 1, batch: 50, on: .interpreter)
    #expect(cut.parameters == whole.parameters && cut.state == whole.state)

    let task = Task {
      let model = try self.model()
      withUnsafeCurrentTask { $0?.cancel() }
      return try model.train(
        inputs: Self.inputs, targets: Self.targets, epochs: 9, batch: 25, on: .interpreter
      ).end
    }
    #expect(try await task.value == .interrupted)
  }

  /// A schedule is followed, and the rate is no part of the model's state.
  @Test func schedules() throws {
    let model = try model()
    var rates: [Double] = []
    let schedule = RateSchedule(rate: 0.1, curve: .step(epochs: 1, factor: 0.5))
    try model.train(
      inputs: Self.inputs, targets: Self.targets, epochs: 3, batch: 50, schedule: schedule,
      on: .interpreter
    ) { event in
      if case .step(let step) = event { rates.append(step.rate) }
      return true
    }
    #expect(rates == [0.1, 0.05, 0.025])
    #expect(model.state.count == model.build.program.stateCount)
  }

  /// What cannot be trained is told, and nothing changes.
  @Test func mistakes() throws {
    let model = try model()
    let before = model.parameters
    for (inputs, targets) in [
      ([0.1, 0.2, 0.3], [1.0]), ([0.1, 0.2], [1, 2]), ([], []), ([0.1, 0.2], []),
    ] {
      #expect(throws: SamplesError.self) {
        try model.train(inputs: inputs, targets: targets, epochs: 1)
      }
    }
    #expect(throws: TrainingError.self) {
      try model.train(
        inputs: Self.inputs.map { $0 * 1e300 }, targets: Self.targets.map { $0 * 1e300 }, epochs: 9)
    }
    #expect(model.parameters == before)
    let silent = try self.model(.f64, "linear 2->1")
    #expect(throws: SamplesError.self) { try silent.train(inputs: [1, 2], epochs: 1) }
  }
}
