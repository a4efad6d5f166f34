import NNC
import NNCTraining

/// What `nnc tune` says: a line for each candidate, then the best one and how to train it.
struct TuningNews {
  private let call: Call
  private let console: Console
  private let candidates: Candidates

  init(_ call: Call, _ console: Console, _ candidates: Candidates) {
    (self.call, self.console, self.candidates) = (call, console, candidates)
  }

  func begin(
    _ network: String, samples: Int, folds: [(training: [Int], heldOut: [Int])]
  ) throws {
    if call.has("quiet") || call.has("json") { return }
    let parts =
      folds.count == 1
      ? "\(folds[0].heldOut.count) of \(counted(samples, "sample")) held out"
      : "\(counted(samples, "sample")) in \(folds.count) folds"
    try console.write("\(network): \(counted(candidates.count, "candidate")), \(parts)\n")
  }

  func tell(_ values: [String], _ trial: Trial) throws {
    if call.has("quiet") { return }
    if call.has("json") { return try console.write(json("candidate", values, trial) + "\n") }
    try console.write("\(row(values))  \(trial.text)\n")
  }

  /// The best, and the call that trains it.
  ///
  /// - Parameters:
  ///   - count: how many trainings there were.
  ///   - seconds: how long they took.
  func end(
    _ values: [String], _ best: Trial, _ train: Call, count: Int, seconds: Double
  ) throws {
    if call.has("json") { return try console.write(json("best", values, best) + "\n") }
    var text = "\(counted(count, "training")) in \(duration(seconds))\n"
    text += "best: \(words(values)): \(best.text)\n"
    let inText = zip(candidates.axes, values).filter { !$0.0.isOption }
    var file = call.operands[0]
    if let path = call.value("output") {
      text += "`\(path)` holds that network"
      file = path
    } else if inText.isEmpty {
      text += "nothing of it stands in the network's text"
    } else {
      text += "put "
      text += inText.map { "`\($0.0.name)=\($0.1)`" }.joined(separator: " and ")
      text += " into the network's text, or let `-o FILE.nn` do it"
    }
    let stem = file.hasSuffix(".nn") ? String(file.dropLast(3)) : file
    let words =
      ["nnc", "train", file] + optionWords(of: train, best) + ["-o", stem + ".safetensors"]
    text += "; to train it with all samples:\n  "
    try console.write(text + words.map(quoted).joined(separator: " ") + "\n")
  }

  private func words(_ values: [String]) -> String {
    zip(candidates.axes, values).map { "\($0.name)=\($1)" }.joined(separator: " ")
  }

  /// The values in columns.
  private func row(_ values: [String]) -> String {
    zip(candidates.axes, values).map { axis, value in
      let width = axis.values.map(\.count).max()! + axis.name.count + 1
      return padded("\(axis.name)=\(value)", width)
    }.joined(separator: "  ")
  }

  private func json(_ event: String, _ values: [String], _ trial: Trial) -> String {
    let given = zip(candidates.axes, values).map { "\(jsonString($0.name)):\(jsonString($1))" }
    return "{\"event\":\(jsonString(event)),\"values\":{\(given.joined(separator: ","))},"
      + trial.jsonMembers + "}"
  }

  /// The options of a training with all samples: with as many epochs as were best in the middle one of the folds, where
  /// patience decided that.
  private func optionWords(of train: Call, _ best: Trial) -> [String] {
    var others: Set = ["folds", "split", "stratify", "quiet", "json"]
    var words: [String] = []
    if train.has("patience") {
      others.formUnion(["patience", "epochs"])
      let epochs = best.folds.map(\.epochs).sorted()
      words = ["--epochs", "\(max(1, epochs[epochs.count / 2]))"]
    }
    for option in trainCommand.options where !others.contains(option.name) {
      for value in train.values(option.name) {
        words += option.value == nil ? ["--\(option.name)"] : ["--\(option.name)", value]
      }
    }
    return words
  }
}

/// What `nnc train --folds` says: a line for each fold, then their mean.
struct FoldNews {
  private let call: Call
  private let console: Console

  init(_ call: Call, _ console: Console) { (self.call, self.console) = (call, console) }

  func tell(_ trial: Trial, _ folds: Folds, of network: String) throws {
    if call.has("quiet") { return }
    if call.has("json") {
      return try console.write("{\"event\":\"folds\",\(trial.jsonMembers)}\n")
    }
    var text = ""
    for (number, (fold, parts)) in zip(trial.folds, folds.parts).enumerated() {
      text += "fold \(number + 1) of \(trial.folds.count)  "
      text += "\(parts.training.count) trained with, \(parts.heldOut.count) held out: "
      text += (fold.scores.map { describe($0, trial.metric) } ?? "diverged") + "\n"
    }
    try console.write("\(text)\(network): \(trial.text)\n")
  }
}

extension Trial {
  /// `accuracy 96.67 % ± 2.11  loss 0.1012`.
  var text: String {
    guard let loss = mean(\.loss) else { return "diverged" }
    var text = ""
    if let metric, let value = mean(\.metric), let deviation = deviation(\.metric) {
      text += metric.text(value)
      if folds.count > 1 {
        text +=
          metric == .determination
          ? " ± \(Digits.significant(2).text(deviation))" : " ± \(percent(deviation).dropLast(2))"
      }
      text += "  "
    }
    return text + "loss \(Digits.significant(4).text(loss))"
  }

  /// The folds' scores, their mean and deviation, as members of a JSON object.
  var jsonMembers: String {
    func number(_ value: Double?) -> String {
      value.flatMap { $0.isFinite ? shortest($0) : nil } ?? "null"
    }
    let name = metric?.name ?? "metric"
    let each = folds.map { fold in
      var members = ["\"loss\":\(number(fold.scores?.loss))", "\"epochs\":\(fold.epochs)"]
      if metric != nil { members.insert("\"\(name)\":\(number(fold.scores?.metric))", at: 0) }
      return "{\(members.joined(separator: ","))}"
    }
    var members = [
      "\"folds\":[\(each.joined(separator: ","))]", "\"loss\":\(number(mean(\.loss)))",
      "\"seconds\":\(number(seconds))",
    ]
    if metric != nil {
      members.insert("\"\(name)\":\(number(mean(\.metric)))", at: 1)
      members.insert("\"deviation\":\(number(deviation(\.metric)))", at: 2)
    }
    return members.joined(separator: ",")
  }
}

/// A word as a shell takes it.
private func quoted(_ word: String) -> String {
  let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./=:,+-%@")
  if !word.isEmpty, word.allSatisfy(plain.contains) { return word }
  return "'" + word.replacing("'", with: "'\\''") + "'"
}
