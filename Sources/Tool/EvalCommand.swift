import NNC

/// `nnc eval`.
let evalCommand = Command(
  name: "eval", summary: "work out expressions about a network, or explore it at a prompt",
  operands: "[FILE]", operandCount: 0...1,
  examples: [
    .init(call: "nnc eval net.nn", purpose: "open a prompt about the network"),
    .init(
      call: "nnc eval net.nn --x 0.05,0.10 --t 0.01,0.99 -e 'loss' -e 'diff(loss, w5)'",
      purpose: "evaluate expressions"),
    .init(
      call: "nnc eval net.nn --x 0.05,0.10 --t 0.01,0.99 --steps 100 -e y",
      purpose: "train first"),
    .init(call: "nnc eval -e 'diff(sigmoid(a*x + b), x)'", purpose: "differentiate"),
    .init(call: "nnc eval -e 'a*x + b' --set a=2 --set b=1 --set x=3", purpose: "evaluate"),
  ],
  details: [
    "Without `-e` it reads entries from standard input: with line editing on a terminal, plainly "
      + "elsewhere. `:help` at the prompt lists what can be entered.",
    "With `-e` it prints the value of each expression, or its formula where a name in it has no "
      + "value.",
  ],
  options: [
    .init("expression", "e", .text("EXPR"), repeats: true, help: "print the value of EXPR"),
    .init("x", "x", .text("NUMBERS"), help: "the input: numbers divided by commas"),
    .init("t", "t", .text("NUMBERS"), help: "the target, likewise"),
    .init(
      "set", nil, .text("NAME=VALUE"), repeats: true,
      help: "give a variable, a parameter or an element a value"),
    .init(
      "steps", "s", .number("N", 1...Int.max), help: "first train N steps with the input and target"
    ),
    .init(
      "digits", "d", .text("N|full", .words(["full"])),
      help: "digits that count (default full with -e, else 6)"),
    .init(
      "json", "j", help: "print a line of JSON for each expression: expression, formula, value"),
  ] + weightsOptions + [dimOption, diagnosticsOption, helpOption],
  run: runEval)

private func runEval(_ call: Call, _ console: Console) throws -> ExitStatus {
  if call.has("json"), !call.has("expression") {
    throw Failure.call("`--json` goes with `-e`")
  }
  if call.operands.isEmpty, call.has("weights") {
    throw Failure.call("`--weights` goes with a network")
  }
  let compilation = call.operands.isEmpty ? nil : try readNetworkAndWeights(call, console)
  var workbench = try workbench(about: compilation, call, console)
  if let steps = call.number("steps") {
    do {
      _ = try workbench.train(steps: steps)
    } catch let error as WorkbenchError {
      throw Failure.call("`--steps`: \(error.description)")
    }
  }
  let expressions = call.values("expression")
  if expressions.isEmpty {
    return try runDialogue(workbench, about: compilation, call, console)
  }
  let digits = try digits(call) ?? .full
  for text in expressions {
    do {
      for outcome in try workbench.enter(text, name: "-e") {
        guard case .values(let evaluations) = outcome else { continue }
        for evaluation in evaluations {
          try console.write(call.has("json") ? json(evaluation) : line(evaluation, digits))
        }
      }
    } catch let error as WorkbenchError {
      throw report(error, call, console)
    }
  }
  return .success
}

/// A workbench about a network, with the values that the call gives.
private func workbench(
  about compilation: Compilation?, _ call: Call, _ console: Console
) throws -> Workbench {
  var workbench = Workbench()
  if let compilation { workbench = Workbench(try compilation.checkedNetwork()) }
  for name in ["x", "t"] {
    guard let text = call.value(name) else { continue }
    guard let numbers = numbers(in: text) else {
      throw Failure.call("`--\(name)` takes numbers divided by commas, not `\(text)`")
    }
    do {
      try workbench.set(name, numbers)
    } catch let error as WorkbenchError {
      throw Failure.call("`--\(name)`: \(error.description)")
    }
  }
  for text in call.values("set") {
    guard text.contains("=") else {
      throw Failure.call("`--set` takes a name and a value, `--set a=2`, not `\(text)`")
    }
    do {
      _ = try workbench.enter(text, name: "--set")
    } catch let error as WorkbenchError {
      throw report(error, call, console)
    }
  }
  return workbench
}

/// The digits that the call asks for.
func digits(_ call: Call) throws(Failure) -> Digits? {
  guard let text = call.value("digits") else { return nil }
  guard let digits = Digits(text) else {
    throw .call("`--digits` takes `full` or a number from 1 to 17, not `\(text)`")
  }
  return digits
}

/// Writes what is wrong with an entry, and answers how that ends the command.
func report(_ error: WorkbenchError, _ call: Call, _ console: Console) -> Failure {
  switch error {
  case .wrong(let source, let diagnostics):
    console.report(diagnostics, in: source, call)
    return .reported
  case .refused(let message): return .input(message)
  }
}

extension Digits {
  /// The digits that a text asks for: `full`, or a number from 1 to 17.
  init?(_ text: String) {
    if text == "full" {
      self = .full
    } else if let count = Int(text), (1...17).contains(count) {
      self = .significant(count)
    } else {
      return nil
    }
  }
}

/// The value of an expression, or its formula where it has none.
private func line(_ evaluation: Evaluation, _ digits: Digits) -> String {
  let name = evaluation.by.map { "\($0): " } ?? ""
  if let value = evaluation.value { return name + digits.text(value) + "\n" }
  return name + evaluation.formula + "\n"
    + evaluation.definitions.map { "  where \($0)\n" }.joined()
}

/// One JSON object on a line. Numbers read back exactly; those that JSON has not are strings.
private func json(_ evaluation: Evaluation) -> String {
  let number: (Double) -> String = { $0.isFinite ? shortest($0) : jsonString("\($0)") }
  var members = [#""expression":\#(jsonString(evaluation.expression))"#]
  if let by = evaluation.by { members.append(#""by":\#(jsonString(by))"#) }
  members.append(#""formula":\#(jsonString(evaluation.formula))"#)
  if !evaluation.definitions.isEmpty {
    let list = evaluation.definitions.map(jsonString).joined(separator: ",")
    members.append(#""definitions":[\#(list)]"#)
  }
  members.append(#""value":\#(evaluation.value?.text(number) ?? "null")"#)
  return "{\(members.joined(separator: ","))}\n"
}
