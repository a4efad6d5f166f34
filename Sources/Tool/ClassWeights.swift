import NNC
import NNCTraining

/// How much each class counts in the loss of a training: `--class-weight`.
struct ClassWeights {
  /// The names of the classes, in the order of the data.
  let names: [String]
  /// Their weights.
  let values: [Double]

  /// The weights that a call names; nil where it names none.
  ///
  /// `balanced` is n / (k · nᵢ), with n the samples that are trained with, k the classes and nᵢ the samples of each, as
  /// scikit-learn's `compute_class_weight` has it; then nᵢ times the weight is the same for every class.
  init?(_ call: Call, _ data: TrainingData) throws {
    guard let text = call.value("class-weight") else { return nil }
    names = data.data.classes
    guard let numbers = try data.data.classNumbers() else {
      throw Failure.input("`--class-weight` needs classes, but the target is numbers")
    }
    if text == "balanced" {
      var counts = Array(repeating: 0, count: names.count)
      for sample in data.samples { counts[numbers[sample]] += 1 }
      if let empty = counts.firstIndex(of: 0) {
        throw Failure.input(
          "`--class-weight balanced` divides by how many samples a class has, and of \(inQuotes(names[empty])) "
            + "there is none to train with",
          hint: "`--stratify` gives each part of a split its share, or name the weights: "
            + "`--class-weight NAME=W,…`")
      }
      let (count, classes) = (Double(data.samples.count), Double(names.count))
      values = counts.map { count / (classes * Double($0)) }
    } else {
      values = try Self.values(text, names)
    }
  }

  /// The weights of `NAME=W,…`; those that are not named are 1. A name may hold commas and signs of equality.
  private static func values(_ text: String, _ names: [String]) throws(Failure) -> [Double] {
    var values = Array(repeating: 1.0, count: names.count)
    var seen: Set<Int> = []
    var rest = text[...]
    while true {
      // The longest name that stands here.
      let place = names.indices.filter { rest.hasPrefix(names[$0] + "=") }
        .max { names[$0].count < names[$1].count }
      guard let place else {
        let name = rest.prefix { $0 != "=" }
        if !rest.contains("=") {
          throw .call(
            "`--class-weight` takes `balanced` or `NAME=W,…`, not \(inQuotes(text))")
        }
        let like = suggestion(for: String(name), among: names).map { "did you mean `\($0)`?" }
        throw .input(
          "`--class-weight`: there is no class \(inQuotes(String(name)))",
          hint: like ?? "the classes are \(names.prefix(12).map(inQuotes).joined(separator: ", "))")
      }
      if !seen.insert(place).inserted {
        throw .call("`--class-weight` names \(inQuotes(names[place])) twice")
      }
      rest = rest.dropFirst(names[place].count + 1)
      let number = rest.prefix { $0 != "," }
      guard let value = Double(number), value.isFinite, value >= 0 else {
        throw .call(
          "`--class-weight`: the weight of \(inQuotes(names[place])) is a number from 0 on, not "
            + inQuotes(String(number)))
      }
      values[place] = value
      if number.endIndex == rest.endIndex { break }
      rest = rest[rest.index(after: number.endIndex)...]
    }
    if values.allSatisfy({ $0 == 0 }) { throw .call("`--class-weight`: all weights are 0") }
    return values
  }

  /// The network with each class as heavy in its loss.
  func weighing(_ network: Network, _ compilation: Compilation) throws -> Network {
    switch compilation.weighingClasses(values) {
    case .success(let weighted): return network.taking(lossesOf: weighted)
    case .failure(let problem): throw Failure.input(problem.text, hint: problem.hint)
    }
  }

  /// The weights in a line.
  var text: String {
    let parts = zip(names, values).map { "\($0) \(Digits.significant(4).text($1))" }
    return "weights of the classes: "
      + (parts.count > 12 ? parts.prefix(12) + ["…"] : parts).joined(separator: ", ")
  }

  /// The weights as they decide the course of a training.
  var course: String { values.map { shortest($0) }.joined(separator: ",") }
}

/// A name as it stands in messages.
private func inQuotes(_ name: String) -> String { "`\(name)`" }
