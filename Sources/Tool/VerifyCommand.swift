import NNC
import NNCTraining
import NNCVerification

/// `nnc verify`.
let verifyCommand = Command(
  name: "verify", summary: "prove that every form of a network computes the same bits",
  operands: "[FILE]", operandCount: 0...1,
  examples: [
    .init(call: "nnc verify net.nn", purpose: "compare interpreter, C and Swift by every compiler"),
    .init(
      call: "nnc verify net.nn --real f32 --machine native --data data.csv --target species",
      purpose: "the same in single precision for this machine's vectors, with samples of your own"),
    .init(
      call: "nnc verify net.nn --reference torch.npz --ulp 64",
      purpose: "compare with numbers that another program computed"),
    .init(call: "nnc verify --random 1000 --seed 7", purpose: "verify random networks"),
  ],
  details: [
    "The C is compiled by every compiler that is found (gcc, clang, cc) at -O0, -O2, -O3 and -O3 "
      + "-march=native, the Swift at -Onone and -O. Each form starts with the initial parameters, "
      + "predicts, computes loss and gradient, trains steps of one sample and of batches, and does "
      + "the first three again; after each call all numbers that it wrote are compared with the "
      + "interpreter's, bit by bit (the payload of a NaN aside). The gradient is compared with "
      + "differences of the loss in 106 bits. Where something differs the status is 1, and the "
      + "first operation whose operands agree and whose result does not is named. Swift that takes "
      + "swiftc many minutes is left out, unless `--only swift` asks for it.",
    "The file of `--reference` is a .npz or safetensors file with the arrays `x` and, as far as "
      + "they are wanted, `t`, parameters by their names, and what another program made of them: "
      + "`y`, `loss`, `gradient.NAME` for the gradient and `next.NAME` for parameters and state "
      + "after one training step. Sums in another order differ in the last places: `--ulp N` "
      + "allows N units in the last place of each number, or of a thousandth of the largest in "
      + "its array where that is more.",
  ],
  options: dataOptions + weightsOptions + [
    .init("real", "r", .choice(["f32", "f64"]), help: "the precision (default f64)"),
    .init(
      "machine", nil, .text("NAME", .targets),
      help: "verify what suits this machine: a name of `nnc help targets` (default generic)"),
    .init(
      "std", nil, .choice(["gnu", "c99"]),
      help: "C with GNU vectors where the machine has any (default), or plain C99"),
    .init(
      "unroll", nil, .number("N", 0...1_000_000),
      help: "write out networks of at most N operations a train step (default 4096)"),
    .init(
      "compiler", "c", .text("COMMAND"), repeats: true,
      help: "a C compiler in place of those that are found"),
    .init("only", nil, .choice(["c", "swift"]), help: "the forms of one language alone"),
    .init("seed", "s", .number("N", 0...Int.max), help: "the seed of random numbers (default 0)"),
    .init("random", nil, .number("N", 1...100_000_000), help: "verify N random networks"),
    .init(
      "reference", nil, .text("FILE", .files(["npz", "safetensors"])),
      help: "compare with the numbers of that file"),
    .init(
      "ulp", nil, .number("N", 0...Int.max),
      help: "units in the last place by which they may differ (default 0)"),
    .init("json", "j", help: "print the result as one line of JSON"),
    dimOption, diagnosticsOption, helpOption,
  ],
  run: runVerify)

private func runVerify(_ call: Call, _ console: Console) throws -> ExitStatus {
  if call.has("ulp"), !call.has("reference") {
    throw Failure.call("`--ulp` goes with `--reference`")
  }
  if call.has("random") { return try verifyRandomNetworks(call, console) }
  if call.operands.isEmpty {
    throw Failure.call("verify needs FILE or `--random N`", hint: "usage: \(call.command.usage)")
  }
  let compilation = try readNetworkAndWeights(call, console)
  var options = CompilerOptions()
  options.maximumSamples = Verifier.sampleCount
  if call.value("real") == "f32" { options.precision = .f32 }
  if let limit = call.number("unroll") { options.unrollLimit = limit }
  options.target = try target(call.value("machine") ?? "generic")
  options.plainC = call.value("std") == "c99"
  if call.has("reference") {
    return try verifyAgainstReference(compilation, options, call, console)
  }
  let build = try compilation.build(options)
  let samples = try samples(for: build, call, console)
  let forms = try verifiedForms(call, options)
  var report: any VerifyReport =
    call.has("json")
    ? JsonVerifyReport(console: console)
    : PlainVerifyReport(console: console, forms: forms.map(\.name))
  try report.begin(build, samples)
  var isRight = true
  let verifier = Verifier(build, samples.samples, skipsLongWork: call.value("only") != "swift")
  try verifier.verify(forms) { result in
    isRight = isRight && result.isRight
    try report.tell(result)
  }
  if let proof = try GradientProof(build, samples.samples) {
    isRight = isRight && proof.mistakes.isEmpty
    try report.tell(proof)
  }
  try report.end(isRight: isRight)
  return isRight ? .success : .wrongInput
}

/// The forms that a call wants, of which there must be some.
func verifiedForms(_ call: Call, _ options: CompilerOptions) throws -> [Form] {
  let named = call.values("compiler")
  if let missing = named.first(where: { !Form.isCompiler($0) }) {
    throw Failure.call("there is no compiler `\(missing)`")
  }
  let all = Form.all(
    compilers: named.isEmpty ? Form.knownCompilers : named, target: options.target,
    isPlain: options.plainC)
  let only = call.value("only")
  let forms = all.filter { only == nil || (only == "c") == ($0.language == .c) }
  if forms.isEmpty {
    throw Failure.machine(
      "there is no compiler to verify with: no gcc, clang, cc or swiftc in PATH")
  }
  return forms
}

/// The samples that a network is verified with, and where they come from.
struct VerifySamples {
  let samples: Samples
  let origin: String
}

private func samples(
  for build: Build, _ call: Call, _ console: Console
) throws -> VerifySamples {
  guard call.has("data") else {
    for option in ["labels", "target", "inputs", "header"] where call.has(option) {
      throw Failure.call("`--\(option)` goes with `--data`")
    }
    let seed = call.number("seed") ?? 0
    return VerifySamples(
      samples: Samples(Verifier.sampleCount, seed: UInt64(seed), for: build),
      origin: "random samples of seed \(seed)")
  }
  let data = try openData(
    try dataRequest(
      call, for: build.network, known: try savedWeights(call, for: build.network)?.description),
    call, console)
  return VerifySamples(
    samples: try Samples(first: Verifier.sampleCount, of: data, for: build),
    origin: "samples of `\(data.name)`")
}
