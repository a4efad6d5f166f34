import NNC
import NNCTerminal
import NNCTraining

/// News as one line that is drawn again and again on a terminal, with a summary below it in the end.
struct LiveNews: TrainingNews {
  /// The least time between two drawings, in seconds.
  static let pause = 0.1

  private let console: Console
  private let terminal: Terminal
  private var facts: TrainingFacts?
  private var metric: Double?
  private var drawnAt = -1.0
  /// The samples that had been seen before this run, and how many have been since.
  private var isDrawn = false
  private var seen = 0
  private var stepsBefore = 0

  /// News whose line is drawn on a terminal by way of the console's messages.
  init(_ console: Console, on terminal: Terminal) {
    self.console = console
    self.terminal = terminal
  }

  mutating func begin(_ facts: TrainingFacts, _ progress: TrainingProgress) throws {
    self.facts = facts
    stepsBefore = progress.step
    metric = progress.history.last?.heldOutMetric
    try console.write(opening(facts, progress))
  }

  mutating func tell(_ event: TrainingEvent, seconds: Double) {
    switch event {
    case .epoch(let record): metric = record.heldOutMetric ?? metric
    case .step(let report):
      seen += report.samples
      guard let facts, seconds - drawnAt >= Self.pause else { return }
      drawnAt = seconds
      let line = LiveLine(
        facts: facts, report: report, metric: metric, seconds: seconds, seen: seen,
        steps: report.step - stepsBefore)
      // The last cell stays empty: some terminals wrap when it is filled.
      console.report(styled: "\r" + line.text(columns: terminal.size.columns - 1) + "\u{1B}[K")
      isDrawn = true
    }
  }

  mutating func tellSaved(_ path: String, step: Int) {}

  mutating func end(_ summary: TrainingSummary) throws {
    if isDrawn { console.report(styled: "\r\u{1B}[K") }
    if let facts { try console.write(closing(summary, facts)) }
  }
}

/// The line that shows how far a training is.
struct LiveLine {
  let facts: TrainingFacts
  let report: StepReport
  /// The metric of the samples held out after the last epoch.
  let metric: Double?
  /// Since the beginning of this run: the time, the samples, the steps.
  let seconds: Double
  let seen: Int
  let steps: Int

  /// The line in at most so many cells; what matters least is left out first.
  func text(columns: Int) -> String {
    let batch = (report.position + facts.batch - 1) / facts.batch
    let left =
      Double(facts.steps - report.step) * seconds / Double(max(1, steps))
    let rate = seconds > 0 ? Double(seen) / seconds : 0
    var parts: [(text: String, rank: Int)] = [
      ("epoch \(report.epoch)/\(facts.epochs)", 0),
      ("batch \(batch)/\(facts.stepsPerEpoch)", 4),
      ("loss \(Digits.significant(4).text(report.meanLoss))", 1),
    ]
    if let metric, let kind = facts.metric { parts.append((kind.text(metric), 3)) }
    parts.append(("\(roundedRate(rate)) samples/s", 5))
    parts.append(("\(duration(left)) left", 2))
    while true {
      let text = parts.map(\.text).joined(separator: "  ")
      if displayWidth(text) <= columns { return text }
      guard parts.count > 1, let least = parts.indices.max(by: { parts[$0].rank < parts[$1].rank })
      else { return String(text.prefix(max(0, columns))) }
      parts.remove(at: least)
    }
  }
}
