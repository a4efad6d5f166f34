import NNC
import NNCTraining

/// What is known of a training before it begins.
struct TrainingFacts {
  /// The network's name.
  let network: String
  /// Its parameters.
  let parameters: Int
  /// What was done to the columns of the data, in lines.
  let columns: [String]
  /// How much each class counts in the loss; nil where all count the same.
  var classWeights: ClassWeights? = nil
  /// The samples that are trained with, and those that are held out.
  let samples: Int
  let heldOut: Int
  let epochs: Int
  /// The steps of all epochs, or those after which the training ends.
  let steps: Int
  let batch: Int
  /// The samples of a batch that are taken at once: all, or as many as memory is meant to hold.
  let block: Int
  let stepsPerEpoch: Int
  /// The metric that is measured.
  let metric: Metric?
  /// The machine whose instructions are used, and whether the call names it.
  let machine: String
  let namesMachine: Bool
  /// Whether the steps are native code.
  let isNative: Bool
  /// What was chosen to run them and why, where that was left open.
  let reason: String?
}

/// What is known of a training when it is over.
struct TrainingSummary {
  let end: TrainingEnd
  let progress: TrainingProgress
  /// The steps and samples of this run, without those before it went on from a checkpoint.
  let steps: Int
  let samples: Int
  let seconds: Double
  /// The scores of the samples held out, or where there are none of those trained with.
  let scores: Scores?
  /// Those of the samples that are scored in the end alone.
  let testScores: Scores?
}

/// Tells people, or programs, how a training goes.
protocol TrainingNews {
  /// It begins.
  mutating func begin(_ facts: TrainingFacts, _ progress: TrainingProgress) throws
  /// Something happened, so many seconds after the beginning.
  mutating func tell(_ event: TrainingEvent, seconds: Double) throws
  /// It was saved.
  mutating func tellSaved(_ path: String, step: Int) throws
  /// It is over.
  mutating func end(_ summary: TrainingSummary) throws
}

/// News that nobody hears.
struct QuietNews: TrainingNews {
  mutating func begin(_ facts: TrainingFacts, _ progress: TrainingProgress) {}
  mutating func tell(_ event: TrainingEvent, seconds: Double) {}
  mutating func tellSaved(_ path: String, step: Int) {}
  mutating func end(_ summary: TrainingSummary) {}
}
