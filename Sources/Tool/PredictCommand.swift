import NNC
import NNCText
import NNCTraining

/// `nnc predict`.
let predictCommand = Command(
  name: "predict", summary: "give a trained network's outputs for data", operands: "FILE",
  operandCount: 1...1,
  examples: [
    .init(
      call: "nnc predict iris.nn --weights iris.safetensors --data new.csv -o predictions.csv",
      purpose: "write a line for each sample")
  ],
  details: [
    "A line holds the outputs of one sample, as CSV; of a classifier first the class, that of the "
      + "greatest output. Where the loss takes the softmax or the sigmoid itself (`cross_entropy`, "
      + "`bce_logits`), the outputs are logits. Columns, classes and scaling are those of the "
      + "training, which the weights file tells."
  ],
  options: dataOptions.filter { !["labels", "target"].contains($0.name) } + scoringOptions + [
    .init("output", "o", .text("FILE", .files([])), help: "write there"), diagnosticsOption,
    helpOption,
  ],
  run: runPredict)

private func runPredict(_ call: Call, _ console: Console) throws -> ExitStatus {
  let scoring = try Scoring(call, console)
  let data = try openData(
    try dataRequest(call, for: scoring.network, known: scoring.description, wantsTarget: false),
    call, console)
  let classes = scoring.description?.classes ?? []
  let metric = scoring.metric(areClasses: !classes.isEmpty)
  let sheet = PredictionSheet(
    metric: metric, classes: classes, targets: scoring.description?.targets ?? [],
    width: scoring.network.outputShape.reduce(1, *), isSingle: scoring.isSingle)
  guard let path = call.value("output") else {
    try write(sheet, of: data, by: scoring) { try console.write(file: $0) }
    return .success
  }
  var file = try PendingFile(path)
  try write(sheet, of: data, by: scoring) { try file.write($0) }
  try file.commit()
  return .success
}

/// Writes a sheet batch by batch, so that it may be larger than memory.
private func write(
  _ sheet: PredictionSheet, of data: Dataset, by scoring: Scoring,
  to output: (String) throws -> Void
) throws {
  try output(sheet.head)
  if scoring.isSingle {
    try scoring.predictions(on: data, Float.self) { try output(sheet.lines(of: $0)) }
  } else {
    try scoring.predictions(on: data, Double.self) { try output(sheet.lines(of: $0)) }
  }
}

/// Predictions as CSV.
struct PredictionSheet {
  let metric: Metric?
  let classes: [String]
  let targets: [String]
  let width: Int
  /// Whether numbers are binary32, so that fewer digits tell them.
  let isSingle: Bool

  /// Whether the outputs tell a class.
  private var tellsClass: Bool {
    metric == .argmax || metric != .determination && metric != nil && width == 1
  }

  /// The names of the columns.
  var head: String {
    var names: [String] = []
    if tellsClass { names.append(targets.count == 1 ? targets[0] : "class") }
    for output in 0..<width {
      if metric == .argmax, output < classes.count {
        names.append(classes[output])
      } else if !tellsClass, targets.count == width {
        names.append(targets[output])
      } else {
        names.append(width == 1 ? "y" : "y\(output + 1)")
      }
    }
    return names.map { $0.escaped(for: .csv) }.joined(separator: ",") + "\n"
  }

  /// The lines of a batch's outputs.
  func lines(of outputs: [Double]) -> String {
    var text = ""
    for start in stride(from: 0, to: outputs.count, by: width) {
      let sample = outputs[start..<(start + width)]
      var cells: [String] = []
      if tellsClass, let metric, let number = metric.classNumber(sample) {
        cells.append(number < classes.count ? classes[number].escaped(for: .csv) : "\(number)")
      }
      cells += sample.map { isSingle ? Float($0).description : shortest($0) }
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }
}
