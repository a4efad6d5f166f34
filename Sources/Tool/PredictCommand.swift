import NNC
import NNCTraining

/// `nnc predict`.
let predictCommand = Command(
  name: "predict", summary: "give a trained network's outputs for data", operands: "FILE",
  operandCount: 1...1,
  examples: [
    .init(
      call: "nnc predict iris.nn --weights iris.safetensors --data new.csv -o predictions.csv",
      purpose: "write a line for each sample"),
    .init(
      call: "nnc predict iris.nn -w iris.safetensors -d new.csv --probabilities --keep id",
      purpose: "each line begins with the sample's own column `id`"),
  ],
  details: [
    "A line holds the outputs of one sample, as CSV, of a picture behind its file's name; of a classifier "
      + "first the class, that of the "
      + "greatest output. The names above say what the outputs are: where the loss takes the "
      + "softmax or the sigmoid itself (`cross_entropy`, `bce_logits`) they are logits, "
      + "`logit_setosa`. Columns, classes and scaling are those of the training, which the weights "
      + "file tells. A row that cannot be used, for a value that is missing or no number, gets an "
      + "empty prediction and a remark."
  ],
  options: dataOptions.filter { !["labels", "target"].contains($0.name) } + scoringOptions + [
    .init("probabilities", "p", help: "write probabilities of the classes in place of logits"),
    .init("classes", "c", help: "write nothing but the class"),
    .init(
      "keep", "k", .text("COLUMNS"), help: "begin each line with these columns of the data"),
    .init("output", "o", .text("FILE", .files([])), help: "write there"), dimOption,
    diagnosticsOption,
    helpOption,
  ],
  run: runPredict)

private func runPredict(_ call: Call, _ console: Console) throws -> ExitStatus {
  if call.has("probabilities"), call.has("classes") {
    throw Failure.call("`--probabilities` and `--classes` exclude each other")
  }
  let scoring = try Scoring(call, console)
  var request = try dataRequest(
    call, for: scoring.network, known: scoring.description, wantsTarget: false)
  request.keepsUnusable = true
  let data = try openData(request, call, console)
  let sheet = try sheet(call, scoring, data)
  report(data.unusable, console)
  guard let path = call.value("output") else {
    try write(sheet, of: data, by: scoring, call) { try console.write(file: $0) }
    return .success
  }
  var file = try PendingFile(path)
  try write(sheet, of: data, by: scoring, call) { try file.write($0) }
  try file.commit()
  return .success
}

/// What the call wants of the predictions.
private func sheet(_ call: Call, _ scoring: Scoring, _ data: Dataset) throws -> PredictionSheet {
  let classes = scoring.description?.classes ?? []
  var sheet = PredictionSheet(
    metric: scoring.metric(areClasses: !classes.isEmpty),
    content: call.has("probabilities") ? .probabilities : call.has("classes") ? .classes : .outputs,
    meaning: OutputMeaning(losses: scoring.lossNames), classes: classes,
    targets: scoring.description?.targets ?? [],
    width: scoring.network.outputShape.reduce(1, *), outputNames: scoring.network.outputNames,
    isSingle: scoring.isSingle)
  if let columns = call.value("keep") {
    sheet.kept = try data.texts(of: ColumnChoice(columns)).names
  }
  if data.files != nil { sheet.kept = ["file"] }
  if sheet.content != .outputs, !sheet.tellsClass {
    throw Failure.input("the network tells no classes: its outputs are numbers")
  }
  if sheet.content == .probabilities, sheet.meaning == .output {
    throw Failure.input(
      "the network's outputs are no probabilities, nor logits that a loss takes",
      hint: "train it with `loss cross_entropy`, or for one output with `loss bce_logits`")
  }
  return sheet
}

/// Says which rows cannot be used, the first of them one by one.
private func report(_ rows: [UnusableRow], _ console: Console) {
  let shown = 10
  for row in rows.prefix(shown) { console.report("nnc: \(row.message): an empty prediction\n") }
  if rows.count > shown {
    console.report("nnc: \(counted(rows.count - shown, "more row")) with an empty prediction\n")
  }
}

/// Writes a sheet batch by batch, so that it may be larger than memory.
private func write(
  _ sheet: PredictionSheet, of data: Dataset, by scoring: Scoring, _ call: Call,
  to output: (String) throws -> Void
) throws {
  try output(sheet.head)
  var unusable = data.unusable.map(\.sample)[...]
  var sample = 0
  func write(_ outputs: [Double], _ texts: inout TextRows?) throws {
    var text = ""
    for start in stride(from: 0, to: outputs.count, by: sheet.width) {
      let kept = try texts?.next() ?? data.files.map { [$0[sample]] } ?? []
      let isUsable = unusable.first != sample
      if !isUsable { unusable.removeFirst() }
      sample += 1
      text += sheet.line(
        of: isUsable ? outputs[start..<(start + sheet.width)] : nil, keeping: kept)
    }
    try output(text)
  }
  var texts = try call.value("keep").map { try data.texts(of: ColumnChoice($0)) }
  if scoring.isSingle {
    try scoring.predictions(on: data, Float.self) { try write($0, &texts) }
  } else {
    try scoring.predictions(on: data, Double.self) { try write($0, &texts) }
  }
}
