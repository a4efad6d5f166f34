import NNC
import NNCTraining

/// `nnc explain`.
let explainCommand = Command(
  name: "explain", summary: "work a network out by hand: every value, derivative and update",
  operands: "FILE", operandCount: 1...1,
  examples: [
    .init(
      call: "nnc explain net.nn --x 0.05,0.10 --t 0.01,0.99 -o net.html",
      purpose: "write a page for a browser"),
    .init(
      call: "nnc explain net.nn --x 0.05,0.10 --t 0.01,0.99 --only w5",
      purpose: "derive one derivative"),
    .init(
      call: "nnc explain iris.nn --weights iris.safetensors --data iris.csv --row 51",
      purpose: "work out a row of data with trained weights"),
    .init(call: "nnc explain net.nn --format latex -o net.tex", purpose: "write LaTeX"),
    .init(
      call: "nnc explain net.nn --x 0.05,0.10 --t 0.01,0.99 --format json",
      purpose: "write every step as data"),
    .init(
      call: "nnc explain net.nn --format backprop-trace --steps 3 -o net.jsonl",
      purpose: "write receipts for the verifier of that name"),
  ],
  details: [
    "The form follows from the name after `-o` (.txt .md .tex .html .json); without one it is text. "
      + "Without `--x`, `--t` and `--data` numbers are made up: a class where the loss weighs classes. With several samples the first is worked out, "
      + "and an epoch of gradient descent by whole batch, by sample and by mini-batch is compared.",
    "Small networks are explained number by number, larger ones in lists and matrices.",
    "`backprop-trace` is a verifier of training steps by others. Its format has one hidden and one output layer, "
      + "sigmoid, relu or identity, half the squared error or softmax with cross-entropy, sgd, adam and adamw.",
  ],
  options: sampleOptions + [
    .init(
      "only", nil, .text("NAME"), repeats: true,
      help: "explain one name: a parameter such as w5, a value such as h1, or loss"),
    .init(
      "format", "f", .choice(ExplanationForm.allCases.map(\.rawValue) + [backpropTrace]),
      help: "the form (default by the file's name, else text)"),
    .init("output", "o", .text("PATH", .files([])), help: "write to a file"),
    .init("steps", "s", .number("N", 1...1_000_000), help: "show N steps of training, too"),
    .init(
      "batch", "b", .number("N", 1...1_000_000),
      help: "samples in a mini-batch (default about a third of them)"),
    .init("hessian", nil, help: "show the second derivatives, too"),
    .init("ascii", nil, help: "print the formulas of text in the network language"),
    dimOption, diagnosticsOption, helpOption,
  ],
  run: runExplain)

/// The form that another program's receipts have.
private let backpropTrace = "backprop-trace"

private func runExplain(_ call: Call, _ console: Console) throws -> ExitStatus {
  if call.value("format") == backpropTrace { return try writeTrace(call, console) }
  let form = try form(call)
  let only = call.values("only")
  if call.has("ascii"), form != .text {
    throw Failure.call("`--ascii` goes with `--format text`")
  }
  if !only.isEmpty {
    if let other = ["hessian", "steps"].first(where: { call.has($0) }) {
      throw Failure.call("`--only` and `--\(other)` exclude each other")
    }
    if form == .json { throw Failure.call("`--only` and `--format json` exclude each other") }
  }
  let given = try GivenSamples(call, console)
  let (compilation, network) = (given.compilation, given.network)
  if call.has("steps"), network.training == nil {
    throw Failure.input("the network has no `train` rule, so there are no steps to show")
  }
  if call.has("batch"), given.count < 2 {
    throw Failure.call("`--batch` goes with several samples")
  }
  var options = CompilerOptions()
  options.maximumSamples = max(options.maximumSamples, given.count)
  let model = try Model(try compilation.build(options))
  var (input, target) = model.sampleData()
  input = given.input ?? input
  target = given.target ?? target
  let first = Array(input.prefix(model.counts.input))
  let worksheet = try model.worksheet(
    input: first, target: Array(target.prefix(model.counts.target)))
  for name in only where !worksheet.names.contains(name) {
    let near = didYouMean(name, worksheet.names)
    let some = worksheet.names.prefix(12).joined(separator: ", ")
    throw Failure.input(
      "there is nothing called `\(name)` to explain",
      hint: near ?? "there are \(some)\(worksheet.names.count > 12 ? ", …" : "")")
  }
  var material = try model.material(
    input: input, target: target, steps: call.number("steps") ?? 0, batch: call.number("batch"),
    source: compilation.source.text(of: SourceSpan(0, compilation.source.bytes.count)))
  if network.parameterCount <= 1000 { material.script = worksheet.torchScript(network) }
  material.origin = given.origin
  var sheet = worksheet
  var hessian: HessianSheet?
  if call.has("hessian") {
    guard let found = sheet.hessian() else {
      throw Failure.input(
        "the network has no loss, or more than \(Worksheet.hessianLimit) trained parameters, so its "
          + "second derivatives are not shown")
    }
    hessian = found
  }
  let text = sheet.explanation(
    as: form, only: only, material: material, hessian: hessian, ascii: call.has("ascii"))
  guard let path = call.value("output") else {
    try console.write(file: text)
    return .success
  }
  try writeFiles([OutputFile(path: path, text: text)])
  return .success
}

/// Writes steps as receipts of `backprop-trace`.
private func writeTrace(_ call: Call, _ console: Console) throws -> ExitStatus {
  if let other = ["only", "hessian", "ascii", "batch"].first(where: { call.has($0) }) {
    throw Failure.call("`--\(other)` and `--format \(backpropTrace)` exclude each other")
  }
  let given = try GivenSamples(call, console)
  let compilation = given.compilation
  if given.count > 1 {
    throw Failure.call(
      "a receipt of \(backpropTrace) is of one sample, but \(given.count) are given")
  }
  let model = try Model(try compilation.build())
  let (input, target) = model.sampleData()
  var name = Fingerprint()
  name.add(compilation.source.text(of: SourceSpan(0, compilation.source.bytes.count)))
  name.add("\(given.input ?? input) \(given.target ?? target)")
  let text: String
  do {
    text = try model.backpropTrace(
      input: given.input ?? input, target: given.target ?? target,
      steps: call.number("steps") ?? 1, name: name.text)
  } catch let error as BackpropTraceError {
    throw Failure.input("\(backpropTrace) cannot describe this network: \(error)")
  }
  guard let path = call.value("output") else {
    try console.write(file: text)
    return .success
  }
  try writeFiles([OutputFile(path: path, text: text)])
  return .success
}

/// The form that is asked for, or that the file's name asks for.
private func form(_ call: Call) throws(Failure) -> ExplanationForm {
  if let name = call.value("format") { return ExplanationForm(rawValue: name)! }
  guard let path = call.value("output") else { return .text }
  let endings: [(String, ExplanationForm)] = [
    (".html", .html), (".htm", .html), (".md", .markdown), (".tex", .latex), (".json", .json),
    (".txt", .text),
  ]
  if let known = endings.first(where: { path.hasSuffix($0.0) }) { return known.1 }
  throw .call(
    "the name `\(path)` does not say in which form to write",
    hint: "add `--format html`, or end the name in .html, .md, .tex, .json or .txt")
}
