/// A call of a command, read and checked against its row of the table.
struct Call: Sendable {
  /// The command.
  let command: Command
  /// What stood beside the options, in order.
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Whether the option was given.
  func has(_ option: String) -> Bool { !values(option).isEmpty }

  /// The option's values, in order.
  func values(_ option: String) -> [String] {
    precondition(command.option(option) != nil, "\(command.name) has no option --\(option)")
    return values[option] ?? []
  }

  /// The option's value, where it was given.
  func value(_ option: String) -> String? { values(option).last }

  /// The option's whole number, where it was given.
  func number(_ option: String) -> Int? { value(option).flatMap { Int($0) } }

  /// Reads what stands after the command's name.
  ///
  /// `--name value`, `--name=value`, `-n value`, `-nvalue`; flags may be joined, `-ab`; `--` ends the options; `-`
  /// alone is an operand. An option takes what follows it, whatever that begins with.
  init(_ command: Command, _ words: [String]) throws(Failure) {
    self.command = command
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      } else if word.hasPrefix("--") {
        try readLong(word.dropFirst(2), &rest)
      } else if word.hasPrefix("-"), word != "-" {
        try readShort(word.dropFirst(), &rest)
      } else {
        operands.append(word)
      }
    }
  }

  private mutating func readLong(
    _ word: Substring, _ rest: inout ArraySlice<String>
  ) throws(Failure) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = command.option(name) else {
      throw Self.unknown("option `--\(name)`", for: command, nearest: name)
    }
    try accept(option, parts.count > 1 ? String(parts[1]) : nil, &rest, spelled: "--\(name)")
  }

  private mutating func readShort(
    _ word: Substring, _ rest: inout ArraySlice<String>
  ) throws(Failure) {
    var letters = word
    while let letter = letters.popFirst() {
      guard let option = command.options.first(where: { $0.short == letter }) else {
        throw Self.unknown("option `-\(letter)`", for: command, nearest: String(word))
      }
      let attached = option.value != nil && !letters.isEmpty
      try accept(option, attached ? String(letters) : nil, &rest, spelled: "-\(letter)")
      if attached { return }
    }
  }

  private mutating func accept(
    _ option: CommandOption, _ attached: String?, _ rest: inout ArraySlice<String>,
    spelled: String
  ) throws(Failure) {
    guard let kind = option.value else {
      if let attached {
        throw .call("option `\(spelled)` takes no value, but `\(attached)` was given")
      }
      values[option.name, default: []].append("")
      return
    }
    guard let value = attached ?? rest.popFirst() else {
      throw .call("option `\(spelled)` needs a value: `\(spelled) \(option.placeholder ?? "")`")
    }
    try kind.check(value, spelled: spelled)
    if !option.repeats, values[option.name] != nil {
      throw .call("option `\(spelled)` is given twice")
    }
    values[option.name, default: []].append(value)
  }

  /// The same call of one of its operands alone.
  func of(_ operand: String) -> Call {
    var result = self
    result.operands = [operand]
    return result
  }

  /// Gives an option values that were found elsewhere, where the call gives it none.
  mutating func complete(_ option: CommandOption, _ found: [String]) {
    if values[option.name] == nil, !found.isEmpty { values[option.name] = found }
  }

  /// Refuses a number of operands that the command does not take.
  func checkOperands() throws(Failure) {
    if operands.count < command.operandCount.lowerBound {
      throw .call(
        "\(command.name) needs \(command.operands)", hint: "usage: \(command.usage)")
    }
    if operands.count > command.operandCount.upperBound {
      let extra = operands[command.operandCount.upperBound]
      throw .call("`\(extra)` is one operand too many", hint: "usage: \(command.usage)")
    }
  }

  private static func unknown(
    _ what: String, for command: Command, nearest name: String
  ) -> Failure {
    let names = command.options.map(\.name)
    let hint = didYouMean(name, names) { "--\($0)" }
    return .call(
      "\(command.name) has no \(what)",
      hint: hint ?? "`nnc \(command.name) --help` lists the options")
  }
}

extension CommandOption.Value {
  /// Refuses a value that the option does not take.
  func check(_ value: String, spelled: String) throws(Failure) {
    switch self {
    case .text: break
    case .choice(let allowed):
      guard allowed.contains(value) else {
        let listed = allowed.map { "`\($0)`" }.joined(separator: ", ")
        throw .call(
          "option `\(spelled)` takes \(listed), not `\(value)`",
          hint: didYouMean(value, allowed))
      }
    case .number(_, let range):
      guard let number = Int(value), range.contains(number) else {
        let bound = range.upperBound == Int.max ? "or more" : "to \(range.upperBound)"
        throw .call(
          "option `\(spelled)` takes a whole number, \(range.lowerBound) \(bound), not `\(value)`")
      }
    }
  }
}
