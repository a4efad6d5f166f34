import NNC

extension Dialogue {
  mutating func step(_ argument: String) throws {
    guard let count = argument.isEmpty ? 1 : Int(argument), count > 0 else {
      throw Failure.input("`:step` takes a number of steps, not `\(argument)`")
    }
    let interrupt = interrupt
    let result = try interrupt.whileCatching {
      try workbench.train(steps: count) { interrupt.isRaised }
    }
    let steps = "\(result.steps) step\(result.steps == 1 ? "" : "s")"
    let text = "loss \(digits.text(result.before)) -> \(digits.text(result.after)), \(steps)"
    try write(text + (result.steps < count ? "; stopped\n" : "\n"))
  }

  mutating func show(_ argument: String) throws {
    guard let stage = Stage(rawValue: argument) else {
      let names = Stage.allCases.map(\.rawValue)
      throw Failure.input(
        "there is no stage `\(argument)`",
        hint: didYouMean(argument, names) ?? "the stages are \(names.joined(separator: ", "))")
    }
    guard let compilation else { throw Failure.input("there is no network to show") }
    if stage != .syntax {
      let rule = workbench.network?.training
      if build?.network.training?.values != rule?.values { build = nil }
      if build == nil { build = try compilation.training(by: rule).build() }
    }
    try write(build?.text(of: stage) ?? compilation.syntaxText)
  }

  mutating func formula(_ argument: String) throws {
    try write(try workbench.formula(of: argument) + "\n")
  }

  /// The derivation of an expression: each rule that fired, what it saw and what it made.
  mutating func why(_ argument: String) throws {
    if let name = lossIsDifferentiated(in: argument), let sheet = try workbench.worksheet(),
      sheet.names.contains(name)
    {
      try write(sheet.explanation(as: .text, only: [name]))
      return
    }
    let derivation = try workbench.derivation(of: argument)
    func lines(_ steps: [DerivationSteps.Step]) -> String {
      steps.map { "\($0.rule) (\($0.keeps))\n    \($0.before)\n  = \($0.after)\n" }.joined()
    }
    var text = ""
    if !derivation.beforeDerivatives.isEmpty {
      text += lines(derivation.beforeDerivatives) + "then derivatives are taken\n"
    }
    text += "    \(derivation.start)\n" + lines(derivation.steps)
    try write(text + "and so\n  = \(derivation.end)\n")
  }

  /// The name in `diff(loss, NAME)`.
  private func lossIsDifferentiated(in text: String) -> String? {
    let words = text.filter { !$0.isWhitespace }
    guard words.hasPrefix("diff(loss,"), words.hasSuffix(")") else { return nil }
    let name = words.dropFirst("diff(loss,".count).dropLast()
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? String(name) : nil
  }

  func showParameters() throws {
    for (name, value) in workbench.parameterValues {
      let shape = value.shape.map(String.init).joined(separator: "x")
      let numbers =
        value.values.count <= 64
        ? digits.block(value, indent: name.count + 3)
        : value.values.prefix(4).map { digits.text($0) }.joined(separator: ", ")
          + ", … \(value.values.count - 4) more (\(shape))"
      try write("\(name) = \(numbers)\n")
    }
  }

  mutating func load(_ path: String) throws {
    let source = try readSource(path, Console.silent)
    try workbench.load(source.text(of: SourceSpan(0, source.bytes.count)), name: path)
  }

  mutating func setDigits(_ argument: String) throws {
    guard !argument.isEmpty else {
      digits = .readable
      return
    }
    guard let chosen = Digits(argument) else {
      throw Failure.input("`:digits` takes `full` or a number from 1 to 17, not `\(argument)`")
    }
    digits = chosen
  }
}

extension Console {
  /// A console that has no input and shows nothing.
  static let silent = Console(
    output: { _ throws(Failure) in }, messages: { _ in },
    input: { () throws(Failure) in throw .input("standard input is the dialogue") },
    colour: false)
}
