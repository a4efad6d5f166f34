import NNC

/// `nnc graph`.
let graphCommand = Command(
  name: "graph", summary: "draw a network: its values, its derivatives, and how they follow",
  operands: "FILE", operandCount: 1...1,
  examples: [
    .init(call: "nnc graph net.nn -o net.svg", purpose: "draw it, forward and backward"),
    .init(
      call: "nnc graph net.nn --x 0.05,0.10 --t 0.01,0.99 --pass forward -o net.svg",
      purpose: "draw the forward pass with numbers of your own"),
    .init(call: "nnc graph net.nn -o net.png", purpose: "draw it for a text or a slide"),
    .init(
      call: "nnc graph net.nn --format dot | dot -Tpdf > net.pdf", purpose: "let Graphviz draw"),
  ],
  details: [
    "The form follows from the name after `-o` (.svg .png .pdf .dot .gv .mmd .txt); without one it "
      + "is text. PNG and PDF are made from SVG by the first of \(PictureConverter.names) that is "
      + "found. Without `--x`, `--t` and `--data` numbers are made up, and the drawing says so. Large networks are drawn in lists and "
      + "matrices; what is more than \(Worksheet.mostBoxes) boxes is folded by layer."
  ],
  options: sampleOptions + [
    .init(
      "format", "f", .choice(["svg", "png", "pdf", "dot", "mermaid", "text"]),
      help: "the form (default by the file's name, else text)"),
    .init(
      "pass", "p", .choice(Worksheet.Pass.allCases.map(\.rawValue)),
      help: "what is drawn (default both)"),
    .init("output", "o", .text("PATH", .files([])), help: "write to a file"),
    dimOption, diagnosticsOption, helpOption,
  ],
  run: runGraph)

private func runGraph(_ call: Call, _ console: Console) throws -> ExitStatus {
  let form = try form(call)
  if ["png", "pdf"].contains(form), call.value("output") == nil {
    throw Failure.call("`--format \(form)` needs a file to write: `-o FILE`")
  }
  let given = try GivenSamples(call, console)
  let (compilation, network) = (given.compilation, given.network)
  let pass = call.value("pass").flatMap { Worksheet.Pass(rawValue: $0) }
  if network.loss == nil, let pass, pass != .forward {
    throw Failure.input("the network has no loss, so there is no backward pass to draw")
  }
  if given.count > 1 {
    throw Failure.call("a drawing is of one sample, but \(given.count) are given")
  }
  let model = try Model(try compilation.build())
  let (input, target) = model.sampleData()
  let sheet = try model.worksheet(input: given.input ?? input, target: given.target ?? target)
  var diagram = sheet.diagram(pass ?? (network.loss == nil ? .forward : .both))
  diagram.note = given.origin
  if ["png", "pdf"].contains(form), let path = call.value("output") {
    try writePicture(SvgWriter(diagram), as: form, to: path)
    return .success
  }
  let text =
    switch form {
    case "svg": SvgWriter(diagram).text(standalone: true)
    case "dot": diagram.dot
    case "mermaid": diagram.mermaid
    default: diagram.plainText
    }
  guard let path = call.value("output") else {
    try console.write(file: text)
    return .success
  }
  try writeFiles([OutputFile(path: path, text: text)])
  return .success
}

/// The form that is asked for, or that the file's name asks for.
private func form(_ call: Call) throws(Failure) -> String {
  if let name = call.value("format") { return name }
  guard let path = call.value("output") else { return "text" }
  let endings = [
    (".svg", "svg"), (".png", "png"), (".pdf", "pdf"), (".dot", "dot"), (".gv", "dot"),
    (".mmd", "mermaid"), (".txt", "text"),
  ]
  if let known = endings.first(where: { path.hasSuffix($0.0) }) { return known.1 }
  throw .call(
    "the name `\(path)` does not say in which form to draw",
    hint: "add `--format svg`, or end the name in .svg, .png, .pdf, .dot, .gv, .mmd or .txt")
}
