import NNC
import NNCTraining

/// News as lines: some epochs, evenly spread, and a summary.
struct PlainNews: TrainingNews {
  /// About how many epochs get a line.
  static let lines = 20

  private let console: Console
  private var facts: TrainingFacts?

  init(_ console: Console) { self.console = console }

  mutating func begin(_ facts: TrainingFacts, _ progress: TrainingProgress) throws {
    self.facts = facts
    try console.write(opening(facts, progress))
  }

  mutating func tell(_ event: TrainingEvent, seconds: Double) throws {
    guard case .epoch(let record) = event, let facts else { return }
    let stride = max(1, facts.epochs / Self.lines)
    if record.epoch == 1 || record.epoch == facts.epochs || record.epoch % stride == 0 {
      try console.write(line(of: record, facts) + "\n")
    }
  }

  mutating func tellSaved(_ path: String, step: Int) {}

  mutating func end(_ summary: TrainingSummary) throws {
    if let facts { try console.write(closing(summary, facts)) }
  }
}

/// What a training begins with: `iris: 131 parameters, 120 samples in batches of 16, 30 held out`.
func opening(_ facts: TrainingFacts, _ progress: TrainingProgress) -> String {
  var text = "\(facts.network): \(counted(facts.parameters, "parameter")), "
  text += counted(facts.samples, "sample")
  if facts.batch < facts.samples { text += " in batches of \(facts.batch)" }
  if facts.block < facts.batch {
    text += facts.batch < facts.samples ? "," : " in one batch,"
    text += " added up in blocks of \(facts.block)"
  }
  if facts.heldOut > 0 { text += ", \(facts.heldOut) held out" }
  text += "\n"
  for line in facts.columns { text += "\(line)\n" }
  if let weights = facts.classWeights { text += "\(weights.text)\n" }
  if let reason = facts.reason { text += "\(reason)\n" }
  if !facts.namesMachine {
    text += "as suits this machine; `--machine generic` gives the same bits on every one\n"
  }
  if progress.step > 0 { text += "going on after step \(progress.step)\n" }
  return text
}

/// An epoch: `epoch  10  loss 0.0934  held out 0.1012  accuracy 96.7 %`.
func line(of record: EpochRecord, _ facts: TrainingFacts) -> String {
  let width = "\(facts.epochs)".count
  let number = "\(record.epoch)"
  var text = "epoch \(String(repeating: " ", count: width - number.count))\(number)"
  text += "  loss \(padded(Digits.significant(4).text(record.loss), 9))"
  if let loss = record.heldOutLoss {
    text += "  held out \(padded(Digits.significant(4).text(loss), 9))"
  }
  if let value = record.heldOutMetric, let metric = facts.metric {
    text += "  \(metric.text(value))"
  }
  while text.last == " " { text.removeLast() }
  return text
}

/// What came of a training.
func closing(_ summary: TrainingSummary, _ facts: TrainingFacts) -> String {
  let history = summary.progress.history
  var text = ""
  if summary.end == .outOfPatience {
    text += "no better for \(summary.progress.epoch - summary.progress.bestEpoch) epochs: ends "
    text += "with the parameters of epoch \(summary.progress.bestEpoch)\n"
  }
  if history.count > 1 {
    let losses = history.map(\.judgedLoss)
    let what = facts.heldOut > 0 ? "held out" : "loss"
    text += "\(what) \(sparkline(losses, columns: 40)) "
    text += "\(Digits.significant(4).text(losses[0])) to "
    text += "\(Digits.significant(4).text(losses[losses.count - 1]))\n"
  }
  // Of an epoch that was cut short the steps tell.
  if summary.progress.position == 0 { text += "\(counted(summary.progress.epoch, "epoch")), " }
  text += counted(summary.progress.step, "step")
  if summary.steps < summary.progress.step { text += " (\(summary.steps) of them now)" }
  text += " in \(duration(summary.seconds))"
  if summary.samples > 0, summary.seconds > 0 {
    let rate = Double(summary.samples) / summary.seconds
    text += ", \(roundedRate(rate)) samples a second"
  }
  text += facts.isNative ? ", native code\n" : ", interpreted\n"
  if let scores = summary.scores {
    let whose = facts.heldOut > 0 ? "held out" : "training samples"
    text += "\(whose): \(describe(scores, facts.metric))\n"
  }
  if let scores = summary.testScores { text += "test: \(describe(scores, facts.metric))\n" }
  return text
}

/// Scores in words: `loss 0.1012, accuracy 96.67 % (29 of 30)`.
func describe(_ scores: Scores, _ metric: Metric?) -> String {
  var parts: [String] = []
  if let loss = scores.loss { parts.append("loss \(Digits.significant(4).text(loss))") }
  if let metric, let value = scores.metric {
    var text = metric.text(value)
    if metric != .determination, !scores.confusion.isEmpty {
      let right = scores.confusion.indices.reduce(0) { $0 + scores.confusion[$1][$1] }
      let all = scores.confusion.reduce(0) { $0 + $1.reduce(0, +) }
      text += " (\(right) of \(all))"
    }
    parts.append(text)
  }
  return parts.joined(separator: ", ")
}

extension Metric {
  /// A value as people write it: `accuracy 96.67 %`, `R² 0.871`.
  func text(_ value: Double) -> String {
    switch self {
    case .determination: "R² \(Digits.significant(4).text(value))"
    default: "accuracy \(percent(value))"
    }
  }
}

/// A share as a percentage with at most two decimals.
func percent(_ share: Double) -> String {
  let hundredths = Int((share * 10_000).rounded())
  let (whole, rest) = (hundredths / 100, hundredths % 100)
  let decimals =
    rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : ".\(rest < 10 ? "0" : "")\(rest)"
  return "\(whole)\(decimals) %"
}

/// A time as people read it: `0.21 s`, `12 s`, `3:05`, `1:02:03`.
func duration(_ seconds: Double) -> String {
  guard seconds.isFinite else { return "?" }
  if seconds < 10 {
    let hundredths = Int((seconds * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  }
  let whole = Int(min(seconds, 1e12).rounded())
  if whole < 60 { return "\(whole) s" }
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  if whole < 3600 { return "\(whole / 60):\(two(whole % 60))" }
  return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
}

/// A rate to three digits, in groups: `114,000`.
func roundedRate(_ rate: Double) -> String {
  guard rate.isFinite, rate < 1e15 else { return "?" }
  var unit = 1.0
  while rate / unit >= 1000 { unit *= 10 }
  let digits = "\(Int(((rate / unit).rounded() * unit)))"
  var text = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}
