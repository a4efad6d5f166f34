import NNC
import NNCVerification

/// Where `nnc verify` tells what it finds.
protocol VerifyReport {
  mutating func begin(_ build: Build, _ samples: VerifySamples) throws
  mutating func tell(_ result: FormResult) throws
  mutating func tell(_ proof: GradientProof) throws
  mutating func end(isRight: Bool) throws
}

/// A table with a row for each form, which appears as soon as the form is done; then what differs.
struct PlainVerifyReport: VerifyReport {
  let console: Console
  let forms: [String]
  /// What differs, and in which forms.
  private var differences: [(forms: [String], text: String)] = []
  private static let gradient = "gradient"

  init(console: Console, forms: [String]) {
    self.console = console
    self.forms = forms
  }

  func begin(_ build: Build, _ samples: VerifySamples) throws {
    let options = build.options
    let machine = options.target == .generic ? "" : ", made for \(options.target.name)"
    try console.write(
      "\(build.network.name): \(counted(build.network.parameterCount, "parameter")), "
        + "\(options.precision)\(machine), \(samples.samples.count) \(samples.origin)\n\n")
    try row("form", "result", "seconds")
  }

  mutating func tell(_ result: FormResult) throws {
    let outcome: String
    switch result.outcome {
    case .reference:
      outcome = "\(counted(result.calls, "call")), \(counted(result.numbers, "number"))"
    case .equal: outcome = "equal bits"
    case .skipped: outcome = "skipped: long to compile"
    case .refused: outcome = "refused by the code"
    case .unknown: outcome = "no such switch"
    case .different(let difference):
      outcome = "DIFFERENT"
      add(text(of: difference), result.form)
    case .failed(let message):
      outcome = "FAILED"
      add(message, result.form)
    }
    try row(result.form, outcome, seconds(result.seconds))
  }

  mutating func tell(_ proof: GradientProof) throws {
    let error = Digits.significant(2).text(proof.worst)
    let compared = counted(proof.compared, "derivative")
    let outcome =
      proof.mistakes.isEmpty
      ? proof.compared == 0 ? "undefined" : "\(compared) within \(error)"
      : "\(proof.mistakes.count) of \(compared) OFF"
    try row(Self.gradient, outcome, seconds(proof.seconds))
    for mistake in proof.mistakes.prefix(5) { add(text(of: mistake), Self.gradient) }
  }

  private mutating func add(_ text: String, _ form: String) {
    if let place = differences.firstIndex(where: { $0.text == text }) {
      differences[place].forms.append(form)
    } else {
      differences.append(([form], text))
    }
  }

  func end(isRight: Bool) throws {
    for (forms, text) in differences {
      try console.write("\n\(forms.joined(separator: ", ")): \(text)\n")
    }
  }

  private func row(_ form: String, _ result: String, _ time: String) throws {
    let width = (forms + [Self.gradient, "interpreter"]).map(\.count).max() ?? 0
    let cells = [(form, width), (result, 32)].map { text, width in
      text + String(repeating: " ", count: max(0, width - text.count)) + "  "
    }
    let blanks = String(repeating: " ", count: max(0, 7 - time.count))
    try console.write(cells.joined() + blanks + time + "\n")
  }

  private func seconds(_ value: Double) -> String { fixed(value, 2) }
}

/// One line of JSON when all is done.
struct JsonVerifyReport: VerifyReport {
  let console: Console
  private var members: [(String, String)] = []
  private var forms: [String] = []

  init(console: Console) { self.console = console }

  mutating func begin(_ build: Build, _ samples: VerifySamples) {
    members = [
      ("network", jsonString(build.network.name)),
      ("parameters", "\(build.network.parameterCount)"),
      ("real", jsonString("\(build.options.precision)")),
      ("machine", jsonString(build.options.target.name)),
      ("samples", "\(samples.samples.count)"), ("of", jsonString(samples.origin)),
    ]
  }

  mutating func tell(_ result: FormResult) {
    var form = [
      ("form", jsonString(result.form)), ("calls", "\(result.calls)"),
      ("numbers", "\(result.numbers)"), ("seconds", jsonNumber(result.seconds)),
    ]
    switch result.outcome {
    case .reference: form.append(("result", jsonString("reference")))
    case .equal: form.append(("result", jsonString("equal")))
    case .skipped: form.append(("result", jsonString("skipped")))
    case .refused: form.append(("result", jsonString("refused")))
    case .unknown: form.append(("result", jsonString("unknown")))
    case .different(let difference):
      form.append(("result", jsonString("different")))
      form.append(("difference", object(jsonMembers(difference))))
    case .failed(let message):
      form.append(("result", jsonString("failed")))
      form.append(("message", jsonString(message)))
    }
    forms.append(object(form))
  }

  mutating func tell(_ proof: GradientProof) {
    let mistakes = proof.mistakes.map { mistake in
      object([
        ("name", jsonString(mistake.name)), ("derivative", jsonNumber(mistake.derivative)),
        ("difference", jsonNumber(mistake.difference)),
      ])
    }
    let gradient = [
      ("compared", "\(proof.compared)"), ("worst", jsonNumber(proof.worst)),
      ("off", "[\(mistakes.joined(separator: ", "))]"), ("seconds", jsonNumber(proof.seconds)),
    ]
    members.append(("gradient", object(gradient)))
  }

  mutating func end(isRight: Bool) throws {
    members.append(("forms", "[\(forms.joined(separator: ", "))]"))
    members.append(("equal", "\(isRight)"))
    try console.write(jsonObject(members))
  }

  private func object(_ members: [(String, String)]) -> String {
    String(jsonObject(members).dropLast())
  }

  private func jsonMembers(_ difference: Difference) -> [(String, String)] {
    var result = [
      ("call", jsonString(difference.step)),
      ("element", jsonString(difference.element.description)),
      ("expected", jsonString(difference.numbers.expected.description)),
      ("given", jsonString(difference.numbers.given.description)),
    ]
    guard let operation = difference.operation else { return result }
    result += [
      ("kernel", jsonString(operation.kernel)),
      ("functions", "[\(operation.functions.map { jsonString($0) }.joined(separator: ", "))]"),
      ("comment", jsonString(operation.comment)), ("statement", jsonString(operation.statement)),
      (
        "turns",
        object(operation.turns.map { ($0.loop, "\($0.turn)") })
      ),
    ]
    if let numbers = operation.numbers {
      result += [
        ("operation_expected", jsonString(numbers.expected.description)),
        ("operation_given", jsonString(numbers.given.description)),
      ]
    }
    return result
  }
}
