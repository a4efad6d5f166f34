import NNC
import NNCTraining

/// The parts of a cross-validation: each is held out once, while the others are trained with.
struct Folds {
  /// The samples of each training, in the order of the file.
  let parts: [(training: [Int], heldOut: [Int])]

  /// The parts that a call asks for by `--folds` or `--split`; where it says nothing, five.
  ///
  /// The samples are dealt out as by `--split`, in an order that the seed gives; with `--stratify` each class for itself.
  init(_ call: Call, _ settings: TrainingSettings, _ data: Dataset) throws {
    let count = call.number("folds") ?? Self.usual
    let shares = settings.shares ?? Array(repeating: 1 / Double(count), count: count)
    let split = DataSplit(
      rows: data.count, shares: shares, seed: settings.seed, isStratified: call.has("stratify"))
    let classes = split.isStratified ? try data.classNumbers() : nil
    if split.isStratified, classes == nil {
      throw Failure.input("`--stratify` needs classes, but the target is numbers")
    }
    let parts = split.parts(classes: classes)
    if parts.contains(where: \.isEmpty) {
      throw Failure.input(
        "\(counted(data.count, "sample")) of `\(data.name)` do not fill \(parts.count) parts",
        hint: "take fewer: `--folds \(max(2, min(data.count, Self.usual)))`")
    }
    if settings.shares != nil {
      self.parts = [(parts[0], parts[1])]
    } else {
      self.parts = parts.indices.map { held in
        (parts.indices.filter { $0 != held }.flatMap { parts[$0] }.sorted(), parts[held])
      }
    }
  }

  /// How many there are where nothing else is said, as in scikit-learn.
  static let usual = 5
}
