import NNC

/// What every command offers that takes a network's parameters from a file.
let weightsOptions: [CommandOption] = [
  .init(
    "weights", "w", .text("FILE", .weights),
    help: "take the parameters from a safetensors, .npz, PyTorch or ONNX file"),
  .init(
    "map", "m", .text("OLD=NEW"), repeats: true,
    help: "give an array of that file, or all of a layer, another name: `0=linear1`"),
  .init(
    "ignore", nil, .text("NAME"), repeats: true,
    help: "leave an array of that file, or all of a layer, aside"),
]

/// The other names for arrays that a call gives.
func weightNames(_ call: Call) throws(Failure) -> WeightNames {
  let texts = call.values("map")
  let ignored = call.command.option("ignore") == nil ? [] : call.values("ignore")
  if let names = WeightNames(texts, ignoring: ignored) { return names }
  let wrong = texts.first { WeightNames([$0]) == nil } ?? ""
  throw .call("`--map` takes an old and a new name, `0.weight=linear1.weight`, not `\(wrong)`")
}

/// The weights that a call names for a network; nil where it names none.
func savedWeights(_ call: Call, for network: Network) throws -> SavedWeights? {
  guard let path = call.value("weights") else {
    for name in ["map", "ignore"] where call.has(name) {
      throw Failure.call("`--\(name)` goes with `--weights`")
    }
    return nil
  }
  return try network.readWeights(path, names: try weightNames(call))
}

/// Reads and checks the network that a call names, with the parameters that it names.
func readNetworkAndWeights(_ call: Call, _ console: Console) throws -> Compilation {
  let compilation = try readNetwork(call, console)
  guard let weights = try savedWeights(call, for: try compilation.checkedNetwork()) else {
    return compilation
  }
  return compilation.beginning(with: weights.parameters)
}
