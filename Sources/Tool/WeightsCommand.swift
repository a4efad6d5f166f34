import NNC

/// `nnc weights`.
let weightsCommand = Command(
  name: "weights", summary: "list what a file of weights holds, or write it in another form",
  operands: "FILE", operandCount: 1...1, offer: .weights,
  examples: [
    .init(call: "nnc weights net.safetensors", purpose: "list names, types, shapes and ranges"),
    .init(call: "nnc weights net.safetensors -o net.npz", purpose: "write the same for NumPy"),
    .init(
      call: "nnc weights net.safetensors --map linear1=0 --map linear2=2 -o torch.safetensors",
      purpose: "name the layers as torch.nn.Sequential does"),
  ],
  details: [
    "FILE is safetensors, .npz, what torch.save writes (.pt, .pth; nothing in it is executed) or ONNX; "
      + "`-` is standard input. Every part of it is checked, and all "
      + "numbers are read."
  ],
  options: [
    .init(
      "map", "m", .text("OLD=NEW"), repeats: true,
      help: "give an array, or all of a layer, another name"),
    .init(
      "output", "o", .text("FILE", .weights), help: "write the arrays there: .npz, else safetensors"
    ),
    .init("real", "r", .choice(["f32", "f64"]), help: "the type of what is written (default f64)"),
    .init("json", "j", help: "print a line of JSON for each array"),
    helpOption,
  ],
  run: runWeights)

private func runWeights(_ call: Call, _ console: Console) throws -> ExitStatus {
  if call.has("real"), !call.has("output") {
    throw Failure.call("`--real` goes with `--output`")
  }
  if call.has("json"), call.has("output") {
    throw Failure.call("`--json` and `--output` exclude each other")
  }
  let listing = try WeightsListing(call.operands[0], names: try weightNames(call))
  if let path = call.value("output") {
    try listing.write(to: path, precision: call.value("real") == "f32" ? .f32 : .f64)
    return .success
  }
  if call.has("json") {
    for row in listing.rows { try console.write(json(row)) }
    return .success
  }
  try console.write(listing.description)
  return .success
}

private func json(_ row: WeightsListing.Row) -> String {
  let number: (Double) -> String = { $0.isFinite ? shortest($0) : jsonString("\($0)") }
  let shape = row.shape.map(String.init).joined(separator: ",")
  let range = row.range.map { "[\(number($0.least)),\(number($0.greatest))]" } ?? "null"
  return "{\"name\":\(jsonString(row.name)),\"type\":\"\(row.type)\",\"shape\":[\(shape)],"
    + "\"range\":\(range)}\n"
}
