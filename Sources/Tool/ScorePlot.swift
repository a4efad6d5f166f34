import NNC
import NNCPlotting
import NNCTraining

/// What `nnc evaluate --plot` draws: how the outputs for samples meet their targets.
struct ScorePlot {
  private let path: String
  private let network: String
  let metric: Metric
  let meaning: OutputMeaning
  /// The names of the outputs: of the classes, where they are some, else of the targets.
  let names: [String]
  /// The numbers of a sample.
  let width: Int
  private(set) var outputs: [Double] = []
  private(set) var targets: [Double] = []

  /// Of more outputs these are drawn; a figure of more curves is read by nobody.
  static let mostCurves = 10
  /// The most classes whose confusion is drawn.
  static let mostClasses = 40
  /// The most outputs whose clouds of points lie over each other.
  static let mostClouds = 4

  /// A plot that goes to a file, of scores that are still to be had.
  init(_ path: String, _ scoring: Scoring, _ data: Dataset, _ metric: Metric?) throws {
    guard let metric else {
      throw Failure.input(
        "the network has no target: there is nothing for `--plot` to compare with")
    }
    if data.vocabulary != nil {
      throw Failure.input("`--plot` draws classes and numbers of samples, not the steps of a text")
    }
    try checkWritable(path)
    self.path = path
    network = scoring.network.name
    self.metric = metric
    meaning = OutputMeaning(losses: scoring.lossNames)
    width = scoring.network.outputShape.reduce(1, *)
    let known = data.classes.isEmpty ? data.targetNames : data.classes
    let isPair = width == 1 && metric != .determination
    names = (0..<(isPair ? 2 : width)).map {
      $0 < known.count && !(isPair && data.classes.isEmpty)
        ? known[$0] : isPair ? "\($0)" : "y\($0 + 1)"
    }
  }

  /// Takes in the outputs and targets of some samples.
  mutating func add(_ outputs: [Double], _ targets: [Double]) {
    self.outputs += outputs
    self.targets += targets
  }

  /// The drawing.
  func file(_ scores: Scores) -> OutputFile {
    let panels =
      metric == .determination
      ? numberPanels : classPanels(scores)
    let subtitle = "\(counted(scores.count, "sample")): \(describe(scores, metric))"
    return OutputFile(
      path: path, text: Figure(title: network, subtitle: subtitle, panels: panels).svg)
  }
}
