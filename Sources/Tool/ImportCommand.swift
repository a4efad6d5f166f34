import NNC

/// `nnc import`.
let importCommand = Command(
  name: "import", summary: "make a network's text and its weights of an ONNX file",
  operands: "FILE", operandCount: 1...1, offer: .files(["onnx"]),
  examples: [
    .init(call: "nnc import model.onnx -o net.nn", purpose: "write net.nn and net.safetensors"),
    .init(call: "nnc import model.onnx", purpose: "look at the text"),
    .init(
      call: "nnc import gpt2.onnx --dim batch=1 --dim sequence=64 -o gpt2.nn",
      purpose: "say how long a sequence is that the file leaves open"),
  ],
  details: [
    "The text has layers where the file has their operators, and expressions elsewhere. The first "
      + "axis of an input, where the file leaves it open or says 1, holds the samples. What is not "
      + "supported is listed, all at once.",
    "Every command that takes a network takes an ONNX file too, with the weights in it.",
  ],
  options: [
    .init(
      "output", "o", .text("FILE", .files(["nn"])),
      help: "write the text there, and the weights beside it"), dimOption, helpOption,
  ],
  run: runImport)

private func runImport(_ call: Call, _ console: Console) throws -> ExitStatus {
  let path = call.operands[0]
  guard let source = try onnxFile(path) else {
    // Says that there is no such file, or what it is.
    let text = try readSource(path, console)
    throw Failure.input("`\(text.name)` is no ONNX file")
  }
  let dims = try dims(call)
  let remarks: [String]
  if let output = call.value("output") {
    remarks = try OnnxImport.write(source, dims: dims, to: output)
  } else {
    let imported = try OnnxImport(source, dims: dims)
    remarks = imported.remarks
    try console.write(file: imported.text)
  }
  for remark in remarks { console.report("nnc: \(remark)\n") }
  return .success
}
