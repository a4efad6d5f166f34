import NNC
import NNCTraining

/// `nnc evaluate`.
let evaluateCommand = Command(
  name: "evaluate", summary: "score a trained network on data", operands: "FILE",
  operandCount: 1...1,
  examples: [
    .init(
      call: "nnc evaluate iris.nn --weights iris.safetensors --data test.csv --target species",
      purpose: "print the loss, the accuracy and who was taken for whom"),
    .init(
      call: "nnc evaluate iris.nn -w iris.safetensors -d iris.csv --held-out --plot iris.svg",
      purpose: "draw it for the samples that training left out"),
  ],
  details: [
    "Columns, classes and scaling are those of the training, which the weights file tells; options "
      + "take their place. For numbers in place of classes the score is R², the share of the "
      + "targets' variance that the outputs explain.",
    "`--plot` draws of two classes the ROC curve and precision over recall, of several their "
      + "confusion and the ROC curve of each against the others, of numbers the predictions and "
      + "what they are off. More than 2000 points are drawn as the cells of a grid, and curves by "
      + "at most four points a column, so that the file stays small.",
  ],
  options: dataOptions + scoringOptions + [
    .init(
      "held-out", nil,
      help: "score the very samples that `train --split` left out, of three parts the last"),
    .init(
      "plot", nil, .text("FILE.svg", .files(["svg"])),
      help: "draw how the outputs meet the targets: ROC, confusion, residuals"),
    .init("json", "j", help: "print the scores as one line of JSON"), dimOption, diagnosticsOption,
    helpOption,
  ],
  run: runEvaluate)

private func runEvaluate(_ call: Call, _ console: Console) throws -> ExitStatus {
  let scoring = try Scoring(call, console)
  guard scoring.network.loss != nil else {
    throw Failure.input("the network has no `loss`: nothing to score it by")
  }
  let data = try tellingColumnsFromMachines(call) {
    try openData(
      try dataRequest(call, for: scoring.network, known: scoring.description), call, console)
  }
  let samples = call.has("held-out") ? try heldOut(data, scoring) : Array(0..<data.count)
  let kind = scoring.metric(areClasses: !data.classes.isEmpty)
  var plot = try call.value("plot").map { try ScorePlot($0, scoring, data, kind) }
  let observe = { (outputs: [Double], targets: [Double]) in plot?.add(outputs, targets) ?? () }
  let scores =
    scoring.isSingle
    ? try scoring.scores(on: data, samples, Float.self, observe: observe)
    : try scoring.scores(on: data, samples, Double.self, observe: observe)
  if let file = plot?.file(scores) { try writeFiles([file]) }
  if call.has("json") {
    let members = jsonMembers(scores, kind) + scoreMembers(scores, classes: data.classes)
    try console.write(jsonObject(members))
    return .success
  }
  try console.write("\(counted(scores.count, "sample")): \(describe(scores, kind))\n")
  if let vocabulary = data.vocabulary, let loss = scores.loss {
    try console.write(
      "\(Digits.significant(4).text(loss / natsOfABit)) bits a \(vocabulary.kind.rawValue.dropLast())\n"
    )
  }
  if !scores.confusion.isEmpty, data.vocabulary == nil {
    try console.write("\n" + confusionTable(scores.confusion, classes: data.classes))
  }
  let details = scoreText(scores, classes: data.classes)
  if !details.isEmpty { try console.write("\n" + details) }
  return .success
}

/// The samples that training left out.
private func heldOut(_ data: Dataset, _ scoring: Scoring) throws -> [Int] {
  guard let split = scoring.description?.split else {
    throw Failure.input(
      "the weights say of no samples that were held out", hint: "train with `--split 0.8`")
  }
  if data.count != split.rows {
    throw Failure.input(
      "training divided \(counted(split.rows, "sample")), but `\(data.name)` has \(data.count): "
        + "which were held out cannot be told")
  }
  return split.parts(classes: split.isStratified ? try data.classNumbers() : nil).last!
}

/// ln 2: a bit of information in the unit of losses.
private let natsOfABit = 0.6931471805599453

/// How often each class (a row) was taken for each (a column).
private func confusionTable(_ counts: [[Int]], classes: [String]) -> String {
  let names = counts.indices.map { $0 < classes.count ? classes[$0] : "\($0)" }
  var rows = [["class \\ taken for"] + names]
  for (name, row) in zip(names, counts) { rows.append([name] + row.map { "\($0)" }) }
  return alignedTable(rows)
}
