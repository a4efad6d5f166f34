import NNC

/// `nnc compile`.
let compileCommand = Command(
  name: "compile", summary: "turn a network into C or Swift, or show a stage on the way",
  operands: "FILE", operandCount: 1...1,
  examples: [
    .init(call: "nnc compile net.nn --emit swift", purpose: "print Swift"),
    .init(
      call: "nnc compile net.nn --emit c -o build/", purpose: "write build/net.h and build/net.c"),
    .init(call: "nnc compile net.nn --show gradient", purpose: "print the gradient's formulas"),
    .init(call: "nnc compile - --show cost < net.nn", purpose: "count the operations"),
  ],
  details: [
    "The code offers the initial parameters, predict, loss, gradient and train step, for one "
      + "sample and for many; it needs no library."
  ],
  options: [
    .init("emit", "e", .choice(["c", "swift"]), help: "the language of the code"),
    .init(
      "output", "o", .text("PATH"),
      help: "write there: a folder ends in `/` or exists; else it is a file (C: a header besides)"),
    .init(
      "show", "s", .choice(Stage.allCases.map(\.rawValue)), repeats: true,
      help: "print a stage on the way from text to code"),
    .init("unicode", "u", help: "print formulas in Unicode"),
    .init("latex", nil, help: "print formulas in LaTeX"),
    .init("real", "r", .choice(["f32", "f64"]), help: "the precision (default f64)"),
    .init(
      "unroll", nil, .number("N", 0...1_000_000),
      help: "write out networks of at most N operations a train step (default 4096)"),
    .init(
      "max-samples", nil, .number("N", 1...1_000_000),
      help: "the most samples at once, for which workspace is reserved (default 256)"),
    .init(
      "prefix", "p", .text("NAME"), help: "the name before all symbols (default the network's)"),
    diagnosticsOption, helpOption,
  ],
  run: runCompile)

private func runCompile(_ call: Call, _ console: Console) throws -> ExitStatus {
  let options = try compilerOptions(call)
  if !call.has("emit"), !call.has("show") {
    throw Failure.call(
      "compile needs `--emit c`, `--emit swift` or `--show STAGE`",
      hint: "`nnc compile --help` shows examples")
  }
  if call.has("emit"), call.has("show") {
    throw Failure.call("`--emit` and `--show` exclude each other")
  }
  if call.has("output"), !call.has("emit") {
    throw Failure.call("`--output` goes with `--emit`")
  }
  let compilation = try readNetwork(call, console)
  let style: FormulaStyle = call.has("latex") ? .latex : call.has("unicode") ? .unicode : .text
  for name in call.values("show") {
    let stage = Stage(rawValue: name)!
    try console.write(try compilation.text(of: stage, options, style: style))
  }
  return .success
}

/// Reads and checks the network that a call names; messages are written, and errors end the command.
func readNetwork(_ call: Call, _ console: Console) throws -> Compilation {
  let compilation = Compilation(try readSource(call.operands[0], console))
  console.report(compilation.diagnostics, in: compilation.source, call)
  if compilation.network == nil { throw Failure.reported }
  return compilation
}

/// The options of a call that concern the compiled code.
func compilerOptions(_ call: Call) throws(Failure) -> CompilerOptions {
  var options = CompilerOptions()
  if call.value("real") == "f32" { options.precision = .f32 }
  if let limit = call.number("unroll") { options.unrollLimit = limit }
  if let samples = call.number("max-samples") { options.maximumSamples = samples }
  if let prefix = call.value("prefix") {
    let isName =
      !prefix.isEmpty && !prefix.first!.isNumber
      && prefix.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    if !isName {
      throw .call("`--prefix` takes a name of letters, digits and `_`, not `\(prefix)`")
    }
    options.prefix = prefix
  }
  return options
}
