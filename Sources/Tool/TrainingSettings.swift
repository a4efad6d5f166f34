import NNC
import NNCTraining

/// How a call of `nnc train` wants a network to be trained, as far as its words alone say.
struct TrainingSettings {
  let epochs: Int
  /// The steps after which the training ends; nil for those of the epochs.
  let steps: Int?
  /// The samples of a step; nil for all.
  let batch: Int?
  let schedule: RateSchedule
  let clip: GradientClip?
  let patience: Int?
  let seed: UInt64
  /// The shares of the samples that are trained with, held out, and perhaps kept for the end; nil for all.
  let shares: [Double]?
  /// What all inputs are divided by; nil for nothing.
  let divisor: Double?
  let choice: ExecutorChoice
  /// The machine whose abilities the arithmetic uses.
  let machine: Target
  /// The most threads that share a step.
  let threads: Int

  /// Reads a call about a network whose rule states this rate.
  init(_ call: Call, rate: Double, seed: UInt64) throws(Failure) {
    steps = call.number("steps")
    // As many epochs as there may be, each of a step or more.
    epochs = call.number("epochs") ?? steps ?? 10
    if steps != nil, call.has("schedule") || call.has("warm-up"), !call.has("epochs") {
      throw .call("`--schedule` and `--warm-up` count epochs: say how many there are by `--epochs`")
    }
    switch call.value("batch") {
    case nil: batch = 32
    case "full": batch = nil
    case let text?:
      guard let number = Int(text), number >= 1 else {
        throw .call("`--batch` takes `full` or a whole number from 1 on, not `\(text)`")
      }
      batch = number
    }
    var schedule = RateSchedule(rate: try Self.number(call.value("lr"), "--lr") ?? rate)
    if let text = call.value("schedule") { schedule.curve = try rateCurve(text) }
    schedule.warmUp = try Self.number(call.value("warm-up"), "--warm-up") ?? 0
    if schedule.warmUp > Double(epochs) {
      throw .call("`--warm-up` takes at most the \(epochs) epochs of the training")
    }
    self.schedule = schedule
    let norm = try Self.number(call.value("clip-norm"), "--clip-norm")
    let value = try Self.number(call.value("clip-value"), "--clip-value")
    if norm != nil, value != nil {
      throw .call("`--clip-norm` and `--clip-value` exclude each other")
    }
    clip = norm.map { .norm($0) } ?? value.map { .value($0) }
    patience = call.number("patience")
    self.seed = call.number("seed").map { UInt64($0) } ?? seed
    shares = try Self.shares(call.value("split"))
    if shares?.count == 3, call.has("test") {
      throw .call("`--split` with three parts and `--test` exclude each other")
    }
    if call.has("folds"), shares != nil {
      throw .call("`--folds` and `--split` exclude each other")
    }
    if call.has("stratify"), shares == nil, !call.has("folds") {
      throw .call("`--stratify` goes with `--split` or `--folds`")
    }
    if call.has("test-labels"), !call.has("test") {
      throw .call("`--test-labels` goes with `--test`")
    }
    divisor = try Self.divisor(call)
    machine = try NNCTool.machine(call)
    choice = ExecutorChoice(rawValue: call.value("run") ?? "auto")!
    threads = call.number("threads") ?? 1
    if threads > 1, choice == .interpreter {
      throw .call("`--threads` goes with native code: the interpreter runs in one thread")
    }
    if call.has("every") || call.has("resume"), !call.has("checkpoint") {
      throw .call("`--every` and `--resume` go with `--checkpoint`")
    }
    if call.has("quiet"), call.has("json") {
      throw .call("`--quiet` and `--json` exclude each other")
    }
  }

  /// The parts that `--split` makes.
  private static func shares(_ text: String?) throws(Failure) -> [Double]? {
    guard let text else { return nil }
    var shares: [Double] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let isPercent = word.last == "%"
      guard let number = Double(isPercent ? word.dropLast() : word) else {
        shares = []
        break
      }
      shares.append(isPercent ? number / 100 : number)
    }
    let sum = shares.reduce(0, +)
    let isWhole = shares.count == 1 || abs(sum - 1) < 1e-9
    guard (1...3).contains(shares.count), shares.allSatisfy({ $0 > 0 && $0 < 1 }), isWhole else {
      throw .call(
        "`--split` takes a share between 0 and 1, such as 0.8 or 80%, or two or three whose sum is 1, "
          + "such as 0.7,0.15,0.15, not `\(text)`")
    }
    return shares.count == 1 ? [shares[0], 1 - shares[0]] : shares
  }

  /// A number from 0 on.
  private static func number(_ text: String?, _ option: String) throws(Failure) -> Double? {
    guard let text else { return nil }
    guard let number = Double(text), number.isFinite, number >= 0 else {
      throw .call("`\(option)` takes a number from 0 on, not `\(text)`")
    }
    return number
  }

  /// What `--scale` divides by: of `1/255` exactly 255.
  private static func divisor(_ call: Call) throws(Failure) -> Double? {
    guard let text = call.value("scale") else { return nil }
    if call.has("standardise") { throw .call("`--scale` and `--standardise` exclude each other") }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }
    let divisor = numbers.count == 2 ? numbers[1] / numbers[0] : 1 / (numbers.first ?? 0)
    guard numbers.count == parts.count, parts.count <= 2, divisor.isFinite, divisor != 0 else {
      throw .call(
        "`--scale` takes a number other than 0, or a fraction such as `1/255`, not `\(text)`")
    }
    return divisor
  }
}
