/// One command of the tool: a row of the table that the parser and the help read.
struct Command: Sendable {
  /// Its name.
  let name: String
  /// What it does, in a few words.
  let summary: String
  /// What stands after the options: `FILE`, `[FILE]`, `FILE…`; empty for nothing.
  let operands: String
  /// How many operands it takes.
  let operandCount: ClosedRange<Int>
  /// What a shell may offer for one.
  var offer = Offer.networks
  /// Calls of it that work as they stand, the commonest first.
  let examples: [Example]
  /// What more there is to say, in paragraphs.
  let details: [String]
  /// Its options.
  let options: [CommandOption]
  /// Does its work.
  let run: @Sendable (Call, Console) throws -> ExitStatus

  /// A call and what it is for.
  struct Example: Sendable {
    let call: String
    let purpose: String
  }

  /// The first line of its help.
  var usage: String {
    let options = options.isEmpty ? "" : " [OPTIONS]"
    return "nnc \(name)\(options)" + (operands.isEmpty ? "" : " \(operands)")
  }

  /// Its summary as a sentence.
  var sentence: String { summary.prefix(1).uppercased() + summary.dropFirst() + "." }

  /// The option of that long name.
  func option(_ name: String) -> CommandOption? { options.first { $0.name == name } }
}

/// One option of a command.
struct CommandOption: Sendable {
  /// Its long name, without the dashes.
  let name: String
  /// Its short name, without the dash.
  let short: Character?
  /// The value it takes; nil for a flag.
  let value: Value?
  /// What it does, in one line.
  let help: String
  /// Whether it may be given more than once.
  let repeats: Bool

  /// What stands after an option.
  enum Value: Sendable {
    /// Any text, shown in the help as this placeholder, and what a shell may offer for it.
    case text(String, Offer = .nothing)
    /// One of these.
    case choice([String])
    /// A whole number in this range, shown as this placeholder.
    case number(String, ClosedRange<Int>)
  }

  init(
    _ name: String, _ short: Character? = nil, _ value: Value? = nil, repeats: Bool = false,
    help: String
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.help = help
    self.repeats = repeats
  }

  /// How the help shows the value.
  var placeholder: String? {
    switch value {
    case .text(let name, _), .number(let name, _): name
    case .choice(let values): values.joined(separator: "|")
    case nil: nil
    }
  }

  /// What a shell may offer for the value; nil for a flag.
  var offer: Offer? {
    switch value {
    case .text(_, let offer): offer
    case .choice(let values): .words(values)
    case .number: .nothing
    case nil: nil
    }
  }
}
