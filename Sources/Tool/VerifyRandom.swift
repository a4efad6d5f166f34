import NNC
import NNCVerification

/// `nnc verify --random N`.
func verifyRandomNetworks(_ call: Call, _ console: Console) throws -> ExitStatus {
  if let file = call.operands.first {
    throw Failure.call("`--random` draws networks and takes no file, but `\(file)` is given")
  }
  let taken: Set = ["random", "seed", "compiler", "only", "json", "diagnostics"]
  if let other = call.command.options.first(where: { !taken.contains($0.name) && call.has($0.name) }
  ) {
    throw Failure.call("`--random` and `--\(other.name)` exclude each other")
  }
  let count = call.number("random") ?? 0
  let seed = call.number("seed") ?? 0
  let compilers = call.values("compiler")
  if let missing = compilers.first(where: { !Form.isCompiler($0) }) {
    throw Failure.call("there is no compiler `\(missing)`")
  }
  let languages: Set<Form.Language> =
    switch call.value("only") {
    case "c": [.c]
    case "swift": [.swift]
    default: [.c, .swift]
    }
  var run = RandomVerification(
    seed: UInt64(seed), compilers: compilers.isEmpty ? Form.knownCompilers : compilers,
    languages: languages)
  let clock = ContinuousClock()
  let start = clock.now
  var told = 0
  let failure = try run.run(count) { tally in
    // A line for each tenth of a long run.
    let tenth = tally.networks * 10 / count
    guard count >= 10_000, tenth > told, tally.networks < count else { return }
    told = tenth
    console.report("\(tally.networks) of \(count) networks\n")
  }
  let seconds = (clock.now - start) / .seconds(1)
  let tally = run.tally
  if call.has("json") {
    let forms = tally.byForm.sorted { $0.key < $1.key }.map { "\(jsonString($0.key)): \($0.value)" }
    try console.write(
      jsonObject([
        ("networks", "\(tally.networks)"), ("seed", "\(seed)"),
        ("forms", "{\(forms.joined(separator: ", "))}"), ("numbers", "\(tally.numbers)"),
        ("derivatives", "\(tally.derivatives)"), ("worst", jsonNumber(tally.worst)),
        ("seconds", jsonNumber(seconds)), ("equal", "\(failure == nil)"),
        ("failure", failure.map { jsonString(text(of: $0)) } ?? "null"),
      ]))
    return failure == nil ? .success : .wrongInput
  }
  if let failure {
    try console.write(text(of: failure) + "\n")
    throw Failure.input("after \(counted(tally.networks, "network")) of seed \(seed), one fails")
  }
  try console.write("\(counted(count, "random network")) of seed \(seed)\n\n")
  let rows = tally.byForm.sorted { $0.key < $1.key }.map { [$0.key, "\($0.value)"] }
  try console.write(alignedTable([["form", "networks with equal bits"]] + rows))
  try console.write(
    "\n\(tally.numbers) numbers compared; \(tally.derivatives) derivatives, off by at most "
      + "\(Digits.significant(2).text(tally.worst)) in f64; \(fixed(seconds, 1)) seconds\n"
  )
  return .success
}

private func text(of failure: RandomVerification.Failure) -> String {
  var parts = failure.source.isEmpty ? [] : [failure.source]
  if let result = failure.result {
    switch result.outcome {
    case .different(let difference): parts.append("\(result.form): \(text(of: difference))")
    case .failed(let message): parts.append("\(result.form): \(message)")
    case .equal, .reference, .skipped, .refused, .unknown: break
    }
  }
  return (parts + failure.mistakes.map { text(of: $0) }).joined(separator: "\n")
}
