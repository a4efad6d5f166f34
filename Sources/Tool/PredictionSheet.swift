import NNC
import NNCTraining

/// Predictions as CSV.
struct PredictionSheet {
  /// What is written of each sample.
  enum Content {
    /// The class, if there is one, and the outputs as the network gives them.
    case outputs
    /// The class and its probabilities.
    case probabilities
    /// The class alone.
    case classes
  }

  let metric: Metric?
  let content: Content
  /// What the network's outputs are.
  let meaning: OutputMeaning
  let classes: [String]
  let targets: [String]
  let width: Int
  /// What the numbers are called where the data does not say.
  let outputNames: [String]
  /// Whether numbers are binary32, so that fewer digits tell them.
  let isSingle: Bool
  /// The names of the columns of the data that stand before the predictions.
  var kept: [String] = []

  /// Whether the outputs tell a class.
  var tellsClass: Bool {
    metric == .argmax || metric != .determination && metric != nil && width == 1
  }

  /// The names of the columns; no two are the same.
  var names: [String] {
    var names = kept
    if tellsClass { names.append(targets.count == 1 ? targets[0] : "class") }
    if content != .classes {
      for output in 0..<width { names.append(name(of: output)) }
    }
    var seen: Set<String> = []
    return names.map { name in
      var free = name
      var number = 2
      while !seen.insert(free).inserted {
        free = "\(name)_\(number)"
        number += 1
      }
      return free
    }
  }

  private func name(of output: Int) -> String {
    guard tellsClass else {
      if targets.count == width { return targets[output] }
      return outputNames[output]
    }
    let what = content == .probabilities ? "probability" : meaning.rawValue
    // One output speaks for the second of two classes.
    let number = width == 1 ? 1 : output
    return "\(what)_\(number < classes.count ? classes[number] : "\(number)")"
  }

  /// The first line.
  var head: String { names.map { $0.escaped(for: .csv) }.joined(separator: ",") + "\n" }

  /// The line of one sample; of one that cannot be used only what is kept stands there.
  func line(of outputs: ArraySlice<Double>?, keeping texts: [String]) -> String {
    var cells = texts.map { $0.escaped(for: .csv) }
    if let outputs {
      if tellsClass, let metric, let number = metric.classNumber(outputs) {
        cells.append(
          (number < classes.count ? classes[number] : "\(number)").escaped(for: .csv))
      }
      let shown =
        content == .outputs ? Array(outputs) : content == .classes ? [] : meaning.shares(outputs)
      cells += shown.map { isSingle ? Float($0).description : shortest($0) }
    } else {
      cells += Array(repeating: "", count: names.count - kept.count)
    }
    return cells.joined(separator: ",") + "\n"
  }
}

extension Network {
  /// What each number of a sample's row of outputs is called: `y`, `y1`, or by the output that it belongs to.
  var outputNames: [String] {
    outputs.flatMap { port in
      port.count == 1 ? [port.name] : (0..<port.count).map { port.elements.name($0) }
    }
  }
}
