import NNC
import NNCTraining

/// `nnc check`.
let checkCommand = Command(
  name: "check", summary: "check a network: its layers, its size, its gradient",
  operands: "FILE…", operandCount: 1...Int.max,
  examples: [
    .init(call: "nnc check net.nn", purpose: "list layers, parameters, operations and bytes"),
    .init(call: "nnc check *.nn", purpose: "check many"),
    .init(
      call: "nnc check net.nn --gradient", purpose: "compare every derivative with differences"),
    .init(
      call: "nnc check net.nn --gradient --x 0.05,0.10 --t 0.01,0.99",
      purpose: "the same for a sample of your own"),
    .init(
      call: "nnc check net.nn --real f32 --train last",
      purpose: "what training only the last layer takes, beside the other choices"),
    .init(
      call: "nnc check net.nn --real f32 --target cortex-m4 --stack",
      purpose: "the stack that each function takes on a Cortex-M4"),
  ],
  details: [
    "Flash and RAM are those of code for one sample at a time. Flash holds the code, its tables, and "
      + "the parameters or their initial values; RAM the workspace, the sample and, for training, "
      + "the parameters and the update rule's state. What trains predicts too. The code is "
      + "estimated, as of a Cortex-M4 at -Os: 6 bytes a statement in f32, 12 in f64.",
    "`--train` freezes all parameters but those of the last layer, or all but the biases, and "
      + "compares what the choices take.",
    "`--stack` compiles the C and prints the bytes of stack that each function takes at most, with "
      + "all that it calls, but for the compiler's own libraries, such as those for arithmetic that "
      + "the machine lacks. The compiler is gcc or clang, at -Os if its flags say nothing else.",
    "`--gradient` compares each derivative of the loss with its central finite difference, at "
      + "the initial parameters and for made-up inputs and targets where none are given. The "
      + "status is 1 if one is off.",
  ],
  options: [
    .init("gradient", "g", help: "compare the gradient with finite differences"),
    .init("x", "x", .text("NUMBERS"), help: "the input: numbers divided by commas"),
    .init("t", "t", .text("NUMBERS"), help: "the target, likewise"),
    .init("real", "r", .choice(["f32", "f64"]), help: "the precision (default f64)"),
    .init(
      "target", nil, .text("NAME", .targets),
      help: "the kind of machine, or `native` for this one (default generic)"),
    .init("stack", nil, help: "measure the stack of each function"),
    .init(
      "compiler", "c", .text("COMMAND"),
      help: "the C compiler for `--stack`, with its flags (default the target's, else cc)"),
    trainedPartOption,
  ] + weightsOptions + [dimOption, diagnosticsOption, helpOption],
  run: runCheck)

private func runCheck(_ call: Call, _ console: Console) throws -> ExitStatus {
  if call.operands.count > 1,
    let single = ["x", "t", "weights"].first(where: { call.has($0) })
  {
    throw Failure.call("`--\(single)` goes with one network, but \(call.operands.count) are given")
  }
  return try onEachFile(call, console) { try check($0, console) }
}

private func check(_ call: Call, _ console: Console) throws -> ExitStatus {
  if call.has("x") || call.has("t"), !call.has("gradient") {
    throw Failure.call("`--x` and `--t` go with `--gradient`")
  }
  if call.has("compiler"), !call.has("stack") {
    throw Failure.call("`--compiler` goes with `--stack`")
  }
  var options = CompilerOptions()
  if call.value("real") == "f32" { options.precision = .f32 }
  if let name = call.value("target") { options.target = try target(name) }
  let whole = try readNetworkAndWeights(call, console)
  let compilation = try trainedPart(of: whole, call)
  let build = try compilation.build(options)
  try console.write(build.summary.description)
  if call.has("train") {
    try console.write("\n" + (try whole.checkedNetwork()).trainingChoices(options))
  }
  if call.has("stack") { try console.write("\n" + (try stackTable(build, call))) }
  if !call.has("gradient") { return .success }
  guard build.network.loss != nil else {
    throw Failure.input("the network has no loss, so there is no gradient to check")
  }
  let model = try Model(build)
  var (input, target) = model.sampleData()
  input = try sample(call, "x", count: input.count) ?? input
  target = try sample(call, "t", count: target.count) ?? target
  let rows = try model.checkGradient(input: input, target: target)
  try console.write("\n" + table(of: rows))
  let wrong = rows.count { !$0.agrees }
  if wrong == 0 { return .success }
  throw Failure.input("\(wrong) of \(rows.count) derivatives are off")
}

/// The stack of each function, by the compiler that the call or the target names.
private func stackTable(_ build: Build, _ call: Call) throws -> String {
  let target = build.options.target
  let command = call.value("compiler") ?? target.compiler
  let flags = target.flags.split(separator: " ").map(String.init)
  guard let compiler = SystemCompiler(forSize: command, flags: flags) else {
    throw Failure.machine("there is no compiler `\(command)`: `--compiler` names another")
  }
  let frames = try compiler.stackFrames(of: build.text(in: .c))
  return "Stack, as \(compiler.call) lays it out:\n\n" + build.stackTable(frames: frames)
}

/// The numbers of one sample that an option gives.
private func sample(_ call: Call, _ name: String, count: Int) throws(Failure) -> [Double]? {
  guard let text = call.value(name) else { return nil }
  guard let numbers = numbers(in: text) else {
    throw .call("`--\(name)` takes numbers divided by commas, not `\(text)`")
  }
  if numbers.count != count {
    throw .call("`--\(name)` takes \(count) numbers here, but \(numbers.count) are given")
  }
  return numbers
}

/// Each derivative beside its difference; of many those that are off and the number of the others.
private func table(of rows: [GradientCheckRow]) -> String {
  let shown = rows.count <= 64 ? rows : rows.filter { !$0.agrees }
  var cells = [["derivative by", "chain rule", "difference", ""]]
  for row in shown {
    cells.append([
      row.name, Digits.significant(9).text(row.derivative),
      Digits.significant(9).text(row.difference),
      row.agrees ? "ok" : "OFF",
    ])
  }
  let well = rows.count { $0.agrees }
  let all = "\(well) of \(rows.count) derivatives agree with finite differences\n"
  return shown.isEmpty ? all : alignedTable(cells) + all
}
