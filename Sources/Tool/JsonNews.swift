import NNC
import NNCTraining

/// News as lines of JSON, an object for each event.
struct JsonNews: TrainingNews {
  private let console: Console
  private var metric: Metric?

  init(_ console: Console) { self.console = console }

  mutating func begin(_ facts: TrainingFacts, _ progress: TrainingProgress) throws {
    metric = facts.metric
    var members = [
      ("event", jsonString("begin")), ("network", jsonString(facts.network)),
      ("parameters", "\(facts.parameters)"), ("samples", "\(facts.samples)"),
      ("held_out", "\(facts.heldOut)"), ("epochs", "\(facts.epochs)"),
      ("batch", "\(facts.batch)"), ("block", "\(facts.block)"),
      ("steps_per_epoch", "\(facts.stepsPerEpoch)"),
      ("columns", "[\(facts.columns.map(jsonString).joined(separator: ","))]"),
      ("machine", jsonString(facts.machine)),
      ("run", jsonString(facts.isNative ? "native" : "interpreter")),
      ("step", "\(progress.step)"),
    ]
    if let weights = facts.classWeights {
      let pairs = zip(weights.names, weights.values).map { (jsonString($0), jsonNumber($1)) }
      let text = pairs.map { "\($0):\($1)" }.joined(separator: ",")
      members.append(("class_weights", "{\(text)}"))
    }
    try write(members)
  }

  mutating func tell(_ event: TrainingEvent, seconds: Double) throws {
    guard case .epoch(let record) = event else { return }
    var members = [
      ("event", jsonString("epoch")), ("epoch", "\(record.epoch)"), ("step", "\(record.step)"),
      ("lr", number(record.rate)), ("loss", number(record.loss)),
    ]
    if let loss = record.heldOutLoss { members.append(("held_out_loss", number(loss))) }
    if let metric, let value = record.heldOutMetric { members.append((metric.name, number(value))) }
    members.append(("seconds", number(seconds)))
    try write(members)
  }

  mutating func tellSaved(_ path: String, step: Int) throws {
    try write([
      ("event", jsonString("checkpoint")), ("path", jsonString(path)), ("step", "\(step)"),
    ])
  }

  mutating func end(_ summary: TrainingSummary) throws {
    let reason =
      switch summary.end {
      case .finished: "finished"
      case .outOfPatience: "out_of_patience"
      case .interrupted: "interrupted"
      }
    var members = [
      ("event", jsonString("end")), ("reason", jsonString(reason)),
      ("epochs", "\(summary.progress.epoch)"), ("steps", "\(summary.progress.step)"),
      ("best_epoch", "\(summary.progress.bestEpoch)"), ("seconds", number(summary.seconds)),
    ]
    if let scores = summary.scores { members += jsonMembers(scores, metric) }
    if let scores = summary.testScores {
      members += jsonMembers(scores, metric).map { ("test_\($0.0)", $0.1) }
    }
    try write(members)
  }

  private func write(_ members: [(String, String)]) throws {
    try console.write(jsonObject(members))
  }

  private func number(_ value: Double) -> String { jsonNumber(value) }
}

/// An object on a line of its own.
func jsonObject(_ members: [(String, String)]) -> String {
  "{" + members.map { "\(jsonString($0.0)):\($0.1)" }.joined(separator: ",") + "}\n"
}

/// A number that reads back exactly; null for what JSON has not.
func jsonNumber(_ value: Double) -> String { value.isFinite ? shortest(value) : "null" }

/// Scores as members of an object.
func jsonMembers(_ scores: Scores, _ metric: Metric?) -> [(String, String)] {
  var members = [("scored", "\(scores.count)")]
  if let loss = scores.loss { members.append(("loss", jsonNumber(loss))) }
  if let metric, let value = scores.metric { members.append((metric.name, jsonNumber(value))) }
  if !scores.confusion.isEmpty {
    let rows = scores.confusion.map { "[\($0.map { "\($0)" }.joined(separator: ","))]" }
    members.append(("confusion", "[\(rows.joined(separator: ","))]"))
  }
  return members
}
