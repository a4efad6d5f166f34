import NNC

/// `nnc export`.
let exportCommand = Command(
  name: "export", summary: "write a network and its weights as an ONNX file",
  operands: "FILE", operandCount: 1...1,
  examples: [
    .init(
      call: "nnc export net.nn --weights net.safetensors -o net.onnx",
      purpose: "write what the network predicts"),
    .init(
      call: "nnc export net.nn -w net.safetensors --real f64 -o net.onnx",
      purpose: "the same with numbers of 64 bits"),
  ],
  details: [
    "The file holds what the network predicts, for any number of samples: its inputs and outputs "
      + "begin with an axis for them, called `batch`. Layers are the operators of ONNX where it has "
      + "them; parameters keep their names. Without `--weights` the initial values are written.",
    "The operators are those of version \(OnnxExport.version), which ONNX Runtime has had since 1.14.",
  ],
  options: [
    .init("output", "o", .text("FILE", .files(["onnx"])), help: "write there; a name in .onnx"),
    .init("real", "r", .choice(["f32", "f64"]), help: "the type of the numbers (default f32)"),
  ] + weightsOptions + [dimOption, diagnosticsOption, helpOption],
  run: runExport)

private func runExport(_ call: Call, _ console: Console) throws -> ExitStatus {
  guard let path = call.value("output") else {
    throw Failure.call("export needs `--output FILE`")
  }
  if !path.hasSuffix(".onnx") {
    throw Failure.call("`export` writes ONNX files, whose names end in .onnx, unlike `\(path)`")
  }
  let compilation = try readNetworkAndWeights(call, console)
  let network = try compilation.checkedNetwork()
  let model = try Model(try compilation.build())
  let bytes = try OnnxExport.bytes(
    network, parameters: model.parameters, precision: call.value("real") == "f64" ? .f64 : .f32,
    producer: "nnc \(version)")
  var file = try PendingFile(path)
  try file.write(bytes)
  try file.commit()
  return .success
}
