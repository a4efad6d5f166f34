import Foundation
import Testing

@testable import NNCFormats
@testable import NNC

/// A folder of its own for a test.
func temporaryFolder() throws -> String {
  let path = FileManager.default.temporaryDirectory.appending(path: "nnc-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}

private let golden = Json(file: "Tests/Golden/formats.json")

private func goldenBytes(_ name: String) -> [UInt8] {
  let entry = golden["entries"]!.list.first { $0["file"]!.text == name }!
  let digits = Array(entry["hex"]!.text.utf8)
  return stride(from: 0, to: digits.count, by: 2).map {
    UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)!
  }
}

@Test(arguments: ["w.safetensors", "w.npz"]) func weightsReadBackAsTheyWereWritten(name: String)
  throws
{
  let folder = try temporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let network = try compiled("input 3\na: linear 3->2\ntanh\nlinear 2->2; loss cross_entropy")
    .checkedNetwork()
  let values = (0..<network.parameterCount).map { 1 / (Double($0) - 3.3) }
  let description = DataDescription(
    inputs: ["a \"b\"", "ü", "c"], targets: ["k"], classes: ["x", "y\n"],
    transform: ColumnTransform(mean: [0.1, 1e-300, -7], scale: [3, 3, 3]))
  let path = folder + "/" + name
  try network.writeWeights(values, description: description, to: path)
  let read = try network.readWeights(path)
  #expect(read.parameters == values)
  #expect(read.description == description)
  try network.writeWeights(values, precision: .f32, to: path)
  #expect(try network.readWeights(path).parameters == values.map { Double(Float($0)) })
  #expect(try network.readWeights(path).description == nil)
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
}

@Test func weightsOfSequentialModulesFitByTheirPlaces() throws {
  let compilation = try compiled(golden["network"]!.text)
  let file = try TensorFile.read(ByteSource(name: "f64", bytes: goldenBytes("f64.safetensors")))
  let network = try compilation.checkedNetwork()
  let model = try compilation.model()
  model.parameters = try network.weights(in: file).parameters
  let expected = golden["entries"]!.list.first { $0["file"]!.text == "f64.safetensors" }!
  let y = try model.predict([0.5, -1.0])[0]
  #expect(abs(y - expected["output"]!.number) < 1e-15)
}

@Test func allThatDoesNotFitIsToldAtOnce() throws {
  let file = try TensorFile.read(ByteSource(name: "w.st", bytes: goldenBytes("f64.safetensors")))
  let network = try compiled("a: linear 2->3; tanh; linear 3->2 bias=no").checkedNetwork()
  let names = try #require(WeightNames(["0=a", "2.weight=linear2.weight"]))
  let error = #expect(throws: FileFailure.self) { try network.weights(in: file, names: names) }
  #expect(
    error?.message == """
      `w.st` does not fit the network `net`; 2 of 3 parameters fit:
      array           in the network  in the file
      linear2.weight  [2, 3]          [1, 3]       another shape
      2.bias          -               [1]          unexpected
      """)
  let mapped = #expect(throws: FileFailure.self) {
    try network.weights(in: file, names: try #require(WeightNames(["3=a"])))
  }
  #expect(mapped?.message == "`w.st` has no array `3`, nor a layer of that name, to be renamed")
}

/// What a training keeps in its checkpoints stands beside the parameters.
@Test func theParametersOfACheckpointAreWeights() throws {
  let folder = try temporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let network = try compiled("linear 2->1 bias=no").checkedNetwork()
  let arrays = ["linear1.weight", "state/linear1.weight.mean", "best/linear1.weight", "history"].map
  {
    NamedArray(name: $0, shape: [1, 2], values: [3, 4])
  }
  try TensorFile.write(arrays, metadata: [:], as: .f64, to: folder + "/checkpoint.safetensors")
  let weights = try network.readWeights(folder + "/checkpoint.safetensors")
  #expect(weights.parameters == [3, 4])
}

@Test func aNetworkMayNameItsWeights() throws {
  let folder = try temporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let text = "linear 2->1; weights \"w.safetensors\""
  let source = SourceFile(name: folder + "/net.nn", text: text)
  let missing = Compilation(source)
  #expect(missing.network == nil)
  #expect(missing.diagnostics.map(\.code) == ["N0601"])
  #expect(missing.diagnostics[0].message == "there is no file `\(folder)/w.safetensors`")
  let plain = try compiled("linear 2->1").checkedNetwork()
  try plain.writeWeights([0.1, -2, 3], to: folder + "/w.safetensors")
  #expect(try Compilation(source).model().parameters == [0.1, -2, 3])
}

@Test func rawInputsAreTransformedInTheNetwork() throws {
  let network = try compiled("h: linear 2->2; tanh; linear 2->1; loss mse; train sgd lr=0.1")
  let raw = network.takingRawInputs(ColumnTransform(mean: [1, -2], scale: [4, 0.5]))
  let (inner, outer) = (try network.model(), try raw.model())
  let (input, ready) = ([3.0, -1.5, 0, 0], [0.5, 1, -0.25, 4])
  #expect(try outer.predict(input) == inner.predict(ready))
  let loss = try outer.step(input: input, target: [0.5, 1])
  #expect(try loss == inner.step(input: ready, target: [0.5, 1]))
  #expect(outer.parameters == inner.parameters)
}
