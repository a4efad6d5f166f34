/// Reads entries of a dialogue: with editing, history and completion on a terminal, plainly
/// elsewhere.
///
/// Where input or output is no terminal, or `TERM` is `dumb`, lines are read as they come: with
/// no prompt, no echo and nothing added to the history.
public struct LineEditor {
  /// Answers what may stand at the cursor of a text.
  public typealias Completer = (_ text: String, _ cursor: String.Index) -> Completion

  /// What stands before the first line; it may hold colours (`ESC [ … m`).
  public var prompt: String
  /// What stands before the further lines.
  public var continuation: String
  /// The entries that Up and Ctrl-R recall; accepted ones are added.
  public var history: History
  /// Whether keys are edited here, rather than lines read plainly.
  public let isInteractive: Bool
  /// Why reading or writing failed, once `readEntry` has answered `endOfInput` for that.
  public internal(set) var problem: String?

  let output: Descriptor
  let inputNumber: Int32
  let terminal: Terminal
  let highlight: ((String) -> String)?
  var state: EditorState
  var screen = Screen()
  var keys: KeySource
  private var lines: LineReader

  /// An editor on two descriptors.
  ///
  /// `isIncomplete` says whether a text needs a further line; Enter then starts one. It is asked
  /// with the whole text after every line, so it should be quick. `complete` answers Tab. `highlight` may put colours into the text, and must not change it otherwise.
  public init(
    prompt: String = "> ",
    continuation: String = "… ",
    history: History = History(),
    input: Int32 = 0,
    output: Int32 = 1,
    environment: @escaping @Sendable (String) -> String? = Terminal.environmentVariable,
    complete: Completer? = nil,
    isIncomplete: @escaping (String) -> Bool = { _ in false },
    highlight: ((String) -> String)? = nil
  ) {
    self.prompt = prompt
    self.continuation = continuation
    self.history = history
    self.output = Descriptor(number: output)
    self.highlight = highlight
    inputNumber = input
    terminal = Terminal(descriptor: output, environment: environment)
    isInteractive =
      terminal.allowsEditing && Terminal(descriptor: input, environment: environment).isTerminal
    state = EditorState(isIncomplete: isIncomplete, completer: complete)
    keys = KeySource(input: input)
    lines = LineReader(input: input)
  }

  /// Reads the next entry.
  public mutating func readEntry() -> Entry {
    do throws(SystemError) {
      if isInteractive, let entry = try editEntry() { return entry }
      return try readPlainly()
    } catch {
      let place = inputNumber == 0 ? "standard input" : "input \(inputNumber)"
      problem = "cannot \(isInteractive ? "edit on" : "read") \(place): \(error.cause)"
      return .endOfInput
    }
  }

  private mutating func readPlainly() throws(SystemError) -> Entry {
    guard var text = try lines.next() else { return .endOfInput }
    while state.isIncomplete(text), let more = try lines.next() {
      text += "\n" + more
    }
    return .text(text)
  }
}
