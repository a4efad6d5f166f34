import NNCProgram

/// The calls that every form of a network makes, one after the other over one memory.
struct Course: Sendable {
  /// A call with some of the samples.
  struct Step: Sendable {
    let entry: Entry
    let samples: Range<Int>
    /// Which step of a sequence it takes, where it takes one.
    var turn: Int?

    /// `train_many, 3 samples`.
    var name: String {
      if let turn { return "step \(turn + 1)" }
      return entry.many
        ? "\(entry.name), \(samples.count) sample\(samples.count == 1 ? "" : "s")" : entry.name
    }
  }

  let steps: [Step]

  /// Asks for everything, trains a step with each of the samples and batches that it asked with, and asks again.
  ///
  /// - Parameters:
  ///   - samples: how many samples there are.
  ///   - counts: how many of them the functions for many samples take at once.
  init(_ program: Program, samples: Int, counts: [Int] = Course.counts) {
    let most = min(samples, program.maximumSamples)
    let batches = Set(counts.map { min($0, most) }).sorted()
    func calls(_ kinds: [Entry.Kind]) -> [Step] {
      program.entries.filter { kinds.contains($0.kind) }.flatMap { entry in
        entry.many
          ? batches.map { Step(entry: entry, samples: 0..<$0) }
          : (0..<min(2, samples)).map { Step(entry: entry, samples: $0..<$0 + 1) }
      }
    }
    var asking = calls([.predict, .loss, .gradient])
    let training = calls([.train])
    if let stepping = program.stepping, let entry = program.entry(.step, many: false) {
      asking += (0..<min(stepping.stepCount, Self.turns)).map {
        Step(entry: entry, samples: 0..<1, turn: $0)
      }
    }
    steps = asking + training + (training.isEmpty ? [] : asking)
  }

  /// One sample, a few, and more than the lanes of any vector.
  static let counts = [1, 3, 33]

  /// The most steps of a sequence that are taken one by one.
  static let turns = 64
}
