import NNC

/// `nnc compile`.
let compileCommand = Command(
  name: "compile", summary: "turn a network into code, or show a stage on the way",
  operands: "FILE", operandCount: 1...1,
  examples: [
    .init(call: "nnc compile net.nn --emit swift", purpose: "print Swift"),
    .init(
      call: "nnc compile net.nn --emit c -o build/", purpose: "write build/net.h and build/net.c"),
    .init(
      call: "nnc compile net.nn --emit c --functions predict --weights-in source -o build/",
      purpose: "only prediction, with constant weights that may stay in flash"),
    .init(
      call: "nnc compile net.nn --emit python -o build/",
      purpose: "write a module of Python, with NumPy arrays, that pip installs"),
    .init(
      call: "nnc compile net.nn --emit jax --real f32 --batch 64 -o build/",
      purpose: "write functions of JAX, for GPUs and many processes"),
    .init(
      call: "nnc compile gru.nn --emit c --functions step,predict -o build/",
      purpose: "with a function that takes a sequence step by step"),
    .init(call: "nnc compile net.nn --show gradient", purpose: "print the gradient's formulas"),
    .init(call: "nnc compile - --show cost < net.nn", purpose: "count the operations"),
  ],
  details: [
    "The code offers the initial parameters, predict, loss, gradient and train step, for one "
      + "sample and for many; it needs no library.",
    "A network that follows a sequence, such as a GRU, offers besides `start` and `step`, which take it step by step and "
      + "give the bits that `predict` gives for all of it.",
  ],
  options: [
    .init(
      "emit", "e",
      .choice(
        TargetLanguage.allCases.map(\.rawValue) + GraphForm.allCases.map(\.rawValue) + ["python"]),
      help: "the language of the code"),
    .init(
      "output", "o", .text("PATH", .files([])),
      help: "write there: a folder ends in `/` or exists; else it is a file (C: a header besides)"),
    .init(
      "show", "s", .choice(Stage.allCases.map(\.rawValue)), repeats: true,
      help: "print a stage on the way from text to code"),
    .init("unicode", "u", help: "print formulas in Unicode"),
    .init("latex", nil, help: "print formulas in LaTeX"),
    .init("mathml", nil, help: "print formulas in MathML, an element a line"),
    .init(
      "batch", "b", .number("N", 1...1_000_000),
      help: "StableHLO and JAX: how many samples the functions take (default 32)"),
    .init(
      "options", nil, .text("FILE", .files(["json"])),
      help: "take options that the call does not give from a JSON file, such as nnc.json"),
  ] + codeOptions + [dimOption, diagnosticsOption, helpOption],
  run: runCompile)

/// What concerns the code itself, and may stand in a file of options.
private let codeOptions: [CommandOption] =
  [
    .init(
      "real", "r", .choice(["f32", "f64", "bf16"]),
      help: "the precision (default f64); bf16 for StableHLO and JAX alone"),
    .init(
      "target", "t", .text("NAME", .targets),
      help: "the kind of machine, or `native` for this one (default generic)"),
    .init(
      "std", nil, .choice(["gnu", "c99"]),
      help: "C with GNU vectors where the target has any (default), or plain C99"),
    .init(
      "unroll", nil, .number("N", 0...1_000_000),
      help:
        "write out networks of at most N operations a train step (default 4096, for small targets 256)"
    ),
    .init(
      "max-samples", nil, .number("N", 1...1_000_000),
      help: "the most samples at once, for which workspace is reserved (default 256)"),
    .init(
      "threads", nil, .number("N", 1...256),
      help: "share a call among N threads where it is worth it: OpenMP, Dispatch (default 1)"),
    trainedPartOption,
    .init(
      "self-check", nil,
      help:
        "add a `main` that tests the gradient on the target, compiled where NAME_SELF_CHECK is defined"
    ),
    .init(
      "prefix", "p", .text("NAME"), help: "the name before all symbols (default the network's)"),
    .init(
      "raw-inputs", nil,
      help: "take inputs as they stand in the data: apply what was saved with the weights"),
    .init(
      "functions", "f", .text("NAMES", .words(Build.Function.all.map(\.name))),
      help: "compile only these: predict, predict_many, loss, …, step, divided by commas"),
    .init(
      "weights-in", nil, .choice(WeightsPlace.allCases.map(\.rawValue)),
      help:
        "C: the initial parameters as a constant in a header of their own or the source, or none"),
  ] + weightsOptions

private func runCompile(_ call: Call, _ console: Console) throws -> ExitStatus {
  var call = call
  if let path = call.value("options") {
    call = try call.completed(by: path, with: codeOptions, console) { call throws(Failure) in
      _ = try compilerOptions(call)
    }
  }
  let options = try compilerOptions(call)
  if !call.has("emit"), !call.has("show") {
    throw Failure.call(
      "compile needs `--emit LANGUAGE` or `--show STAGE`",
      hint: "`nnc compile --help` shows examples")
  }
  if call.has("emit"), call.has("show") {
    throw Failure.call("`--emit` and `--show` exclude each other")
  }
  if call.has("std"), call.value("emit") != "c" {
    throw Failure.call("`--std` goes with `--emit c`")
  }
  if call.has("weights-in"), call.value("emit") != "c" {
    throw Failure.call("`--weights-in` goes with `--emit c`")
  }
  let form = call.value("emit").flatMap { GraphForm(rawValue: $0) }
  if call.value("real") == "bf16", form == nil {
    throw Failure.call("`--real bf16` goes with `--emit stablehlo` and `--emit jax`")
  }
  if call.has("batch"), form == nil {
    throw Failure.call("`--batch` goes with `--emit stablehlo` and `--emit jax`")
  }
  if options.weightsPlace == .header, !call.has("output") {
    throw Failure.call("`--weights-in header` makes three files: `-o` says where")
  }
  if options.selfCheck {
    let needed: Set<Build.Function> = [.init(.loss, many: false), .init(.gradient, many: false)]
    if let functions = options.functions, !needed.isSubset(of: functions) {
      throw Failure.call("`--self-check` needs the functions `loss` and `gradient`")
    }
    if options.weightsPlace == WeightsPlace.none {
      throw Failure.call(
        "`--self-check` needs initial parameters, which `--weights-in none` leaves out")
    }
  }
  if call.has("output"), !call.has("emit") {
    throw Failure.call("`--output` goes with `--emit`")
  }
  let compilation = try trainedPart(of: try networkToCompile(call, console), call)
  if call.value("emit") == "python" {
    try emitPython(compilation, options, call, console)
    return .success
  }
  if let form {
    try emit(form, compilation, options, call, console)
    return .success
  }
  if let language = call.value("emit").flatMap({ TargetLanguage(rawValue: $0) }) {
    let build = try built(compilation, options)
    if options.selfCheck, build.network.loss == nil || build.network.trainedParameters.isEmpty {
      let reason = build.network.loss == nil ? "no loss" : "no parameter that is trained"
      throw Failure.input("the network has \(reason), so there is no gradient to check")
    }
    guard let path = call.value("output") else {
      try console.write(file: build.text(in: language))
      return .success
    }
    try writeFiles(try outputFiles(build, language, path))
    return .success
  }
  let style: FormulaStyle =
    call.has("mathml")
    ? .mathml : call.has("latex") ? .latex : call.has("unicode") ? .unicode : .text
  let stages = call.values("show").map { Stage(rawValue: $0)! }
  let build = stages == [.syntax] ? nil : try built(compilation, options)
  for stage in stages {
    try console.write(file: build?.text(of: stage, style: style) ?? compilation.syntaxText)
  }
  return .success
}

/// The network compiled, with the function of one step where that is asked for.
private func built(_ compilation: Compilation, _ options: CompilerOptions) throws -> Build {
  let build = try compilation.build(options)
  guard options.functions?.contains(Build.Function(.step, many: false)) == true,
    let problem = build.streamProblem
  else { return build }
  let span = build.network.layers.first { $0.name == problem.layer }?.span
  let line = span.map { ", line \(compilation.source.line(of: Int($0.start)) + 1)," } ?? ""
  let who = problem.layer.map { "`\($0)`\(line)" } ?? "the network"
  throw Failure.input(
    "there is no function `step`: \(who) \(problem.reason)",
    hint:
      "a step may look back: convolutions with `pad=causal`, attention with `causal=yes`, recurrent layers of one "
      + "direction")
}

/// The files that the code goes to: in a folder under their own names, else under the name that is given.
private func outputFiles(
  _ build: Build, _ language: TargetLanguage, _ path: String
) throws(Failure) -> [OutputFile] {
  let files = build.emit(language)
  if path.hasSuffix("/") || isFolder(path) {
    try makeFolder(path)
    let folder = path.hasSuffix("/") ? path : path + "/"
    return files.map { OutputFile(path: folder + $0.name, text: $0.text) }
  }
  if files.count == 1 { return [OutputFile(path: path, text: files[0].text)] }
  guard path.hasSuffix(".c") || path.hasSuffix(".h") else {
    throw .call(
      "C is a header and a source: `-o` takes a folder or a name that ends in `.c`, not `\(path)`",
      hint: "did you mean `\(path)/`?")
  }
  let stem = path.dropLast(2)
  let name = stem.split(separator: "/").last ?? stem
  let own = files[0].name.dropLast(2).count
  return files.map { file in
    var text = file.text
    for other in files {
      let renamed = String(name) + String(other.name.dropFirst(own))
      text = text.replacing("#include \"\(other.name)\"", with: "#include \"\(renamed)\"")
    }
    return OutputFile(path: String(stem) + String(file.name.dropFirst(own)), text: text)
  }
}

/// The network with the parameters that the call names, and if it wants so what is done to inputs first.
private func networkToCompile(_ call: Call, _ console: Console) throws -> Compilation {
  guard call.has("raw-inputs") else { return try readNetworkAndWeights(call, console) }
  guard let path = call.value("weights") else {
    throw Failure.call("`--raw-inputs` goes with `--weights`")
  }
  let compilation = try readNetwork(call, console)
  guard let weights = try savedWeights(call, for: try compilation.checkedNetwork()) else {
    return compilation
  }
  guard let transform = weights.description?.transform else {
    throw Failure.input(
      "`\(path)` says of no transform of the inputs that `--raw-inputs` could apply")
  }
  return compilation.beginning(with: weights.parameters).takingRawInputs(transform)
}

/// The options of a call that concern the compiled code.
func compilerOptions(_ call: Call) throws(Failure) -> CompilerOptions {
  var options = CompilerOptions()
  for row in CompilerOption.all {
    guard let value = call.value(row.name), value != "bf16" else { continue }
    do throws(CompilerOptionError) {
      try row.set(value, in: &options)
    } catch {
      throw .call(
        error.description.replacing("`\(row.name)`", with: "`--\(row.name)`"), hint: error.hint)
    }
  }
  return options
}
