import NNCTraining

/// A form of `--schedule`: its words, what it is, and how its numbers make a curve.
struct RateCurve {
  /// Its name, which stands before the first colon.
  let name: String
  /// What may follow, each behind a colon; in brackets what may be left out.
  let parts: [String]
  /// What it does, in a few words.
  let help: String
  /// The curve of the texts behind the colons; nil where they do not fit.
  let make: @Sendable ([String]) -> RateSchedule.Curve?

  /// How it is written: `step:N:FACTOR`.
  var usage: String {
    name + parts.map { $0.first == "[" ? "[:\($0.dropFirst())" : ":\($0)" }.joined()
  }
}

/// The forms of `--schedule`.
let rateCurves: [RateCurve] = [
  RateCurve(name: "constant", parts: [], help: "the rate throughout") { _ in .constant },
  RateCurve(name: "step", parts: ["N", "FACTOR"], help: "times FACTOR every N epochs") {
    guard let epochs = count($0[0]), let factor = number($0[1]) else { return nil }
    return .step(epochs: epochs, factor: factor)
  },
  RateCurve(name: "multistep", parts: ["N,N", "FACTOR"], help: "times FACTOR after these epochs") {
    let epochs = $0[0].split(separator: ",", omittingEmptySubsequences: false).map {
      count(String($0))
    }
    guard !epochs.contains(nil), let factor = number($0[1]) else { return nil }
    return .multistep(epochs: epochs.compactMap { $0 }, factor: factor)
  },
  RateCurve(name: "exponential", parts: ["FACTOR"], help: "times FACTOR every epoch") {
    number($0[0]).map { .exponential(factor: $0) }
  },
  RateCurve(name: "polynomial", parts: ["[POWER]"], help: "a power (1) of what is left") {
    number($0.first ?? "1").map { .polynomial(power: $0) }
  },
  RateCurve(name: "cosine", parts: ["[FLOOR]"], help: "half a cosine down to FLOOR (0)") {
    number($0.first ?? "0").map { .cosine(floor: $0) }
  },
  RateCurve(
    name: "restarts", parts: ["N", "[TIMES]", "[FLOOR]"],
    help: "cosines of N epochs, each TIMES (1) as long as the one before"
  ) {
    guard let epochs = count($0[0]), let growth = count($0.count > 1 ? $0[1] : "1"),
      let floor = number($0.count > 2 ? $0[2] : "0")
    else { return nil }
    return .restarts(epochs: epochs, growth: growth, floor: floor)
  },
  RateCurve(name: "onecycle", parts: [], help: "up to the rate and down to almost 0") { _ in
    .onecycle
  },
  RateCurve(
    name: "plateau", parts: ["[FACTOR]", "[EPOCHS]"],
    help: "times FACTOR (0.1) after EPOCHS (10) without a lesser loss"
  ) {
    guard let factor = number($0.first ?? "0.1"), factor < 1,
      let patience = Int($0.count > 1 ? $0[1] : "10"), patience >= 0
    else { return nil }
    return .plateau(factor: factor, patience: patience)
  },
]

/// The curve that a text such as `step:30:0.1` names.
func rateCurve(_ text: String) throws(Failure) -> RateSchedule.Curve {
  let words = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
  let given = Array(words.dropFirst())
  guard let form = rateCurves.first(where: { $0.name == words[0] }) else {
    throw .call(
      "`--schedule` takes \(rateCurves.dropLast().map { "`\($0.usage)`" }.joined(separator: ", ")) "
        + "or `\(rateCurves.last!.usage)`, not `\(text)`",
      hint: didYouMean(words[0], rateCurves.map(\.name)))
  }
  let least = form.parts.count { $0.first != "[" }
  guard (least...form.parts.count).contains(given.count), let curve = form.make(given) else {
    throw .call(
      "`--schedule` takes `\(form.usage)`, not `\(text)`", hint: "it is \(form.help)")
  }
  return curve
}

/// A whole number from 1 on.
private func count(_ text: String) -> Int? { Int(text).flatMap { $0 >= 1 ? $0 : nil } }

/// A finite number from 0 on.
private func number(_ text: String) -> Double? {
  Double(text).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
}
