import NNCDiagnostics

/// Reads tokens and makes the tree, by the rules of `Grammar/nn.ebnf`.
///
/// Nothing here calls itself: open blocks, brackets and operators wait on stacks of our own, so
/// the depth of the input is bounded by memory alone. Each token is read at most twice.
struct Parser {
  var tree: SyntaxTree
  var lexer: Lexer
  /// The token that is looked at.
  var current: Token
  /// The token before, line ends aside.
  var previous = SourceSpan(0, 0)
  /// How many `(` and `[` are open; inside them line ends do not count.
  var bracketDepth = 0
  /// The blocks that are open, the innermost last.
  var blocks: [OpenBlock] = []
  /// The names of blocks that were defined so far.
  var defined: Set<String> = []
  /// The statement that was the last to begin with `rule`.
  var lastRule: Int?
  /// The parser's own diagnostics; the lexer has others.
  var reported: [Diagnostic] = []
  /// Whether the input ends where more must come: inside brackets, or behind an operator or `=`.
  var endsTooSoon = false
  /// Whether a line that ends where an operand is due goes on in the next, as at a prompt.
  var joinsLines = false
  /// The start of the statement that is being read.
  var statementStart = 0
  /// The tokens as the formatter wants them, where `keepsTokens`.
  var tokens: [SpacedToken] = []
  let keepsTokens: Bool
  /// The most brackets and operators of one expression that may wait for their ends.
  var maximumDepth = Limits.waiting

  /// A block whose `}` has not come yet.
  struct OpenBlock {
    var statement: Int
    var brace: SourceSpan
  }

  /// The most diagnostics of one source.
  static let maximumDiagnostics = Limits.messages

  /// A parser of `source`, which refuses a file of more than `limit` bytes.
  init(_ source: SourceFile, keepsTokens: Bool = false, limit: Int = SourceFile.maximumSize) {
    let isTooLarge = source.bytes.count > limit
    let source = isTooLarge ? SourceFile(name: source.name, bytes: []) : source
    tree = SyntaxTree(source: source)
    lexer = Lexer(source)
    lexer.keepsComments = keepsTokens
    self.keepsTokens = keepsTokens
    current = lexer.next()
    if isTooLarge { reported.append(.fileTooLarge(limit)) }
  }

  /// Whether there have been so many errors that the rest is not read.
  var isFull: Bool {
    reported.count + lexer.diagnostics.count >= Self.maximumDiagnostics
  }

  /// All diagnostics, in the order of their places.
  var diagnostics: [Diagnostic] {
    func start(_ diagnostic: Diagnostic) -> Int32 { diagnostic.primary.span?.start ?? -1 }
    var all = (reported + lexer.diagnostics).enumerated()
      .sorted { (start($0.element), $0.offset) < (start($1.element), $1.offset) }
      .map(\.element)
    if isFull { all.append(.tooMany(all.count)) }
    return all
  }

  /// Whether a further line may make the input whole.
  var isIncomplete: Bool {
    endsTooSoon && reported.count == 1 && lexer.diagnostics.isEmpty
  }

  /// Goes on to the next token; inside brackets, past line ends.
  mutating func advance(spacing: Spacing = .loose) {
    if keepsTokens, current.kind != .endOfFile {
      tokens.append(SpacedToken(kind: current.kind, span: current.span, spacing: spacing))
    }
    if current.kind != .newline { previous = current.span }
    if isFull { lexer.offset = lexer.bytes.count }
    current = lexer.next()
    if bracketDepth > 0 { skipNewlines() }
  }

  /// Goes on past line ends.
  mutating func skipNewlines() {
    while current.kind == .newline {
      if keepsTokens {
        tokens.append(SpacedToken(kind: .newline, span: current.span, spacing: .loose))
      }
      current = lexer.next()
    }
  }

  /// Looks again at a token that was read before.
  mutating func goBack(to token: Token) {
    lexer.offset = Int(token.span.start)
    lexer.isAtLineStart = token.isFirstOnLine
    current = lexer.next()
  }

  /// The end of the token before.
  var previousEnd: Int { Int(previous.end) }

  /// The text of a token.
  func text(_ token: Token) -> String { tree.source.text(of: token.span) }

  /// The current token as a name, which is then passed.
  mutating func takeIdentifier(spacing: Spacing = .loose) -> Identifier {
    let name = Identifier(text(current), at: current.span)
    advance(spacing: spacing)
    return name
  }

  /// Adds a diagnostic, unless something in the same statement already had no meaning, or
  /// something is wrong at the same place already.
  mutating func report(_ diagnostic: Diagnostic) {
    if lexer.lastHole >= statementStart, lexer.lastHole <= Int(current.span.end) { return }
    if let place = diagnostic.primary.span, place.start == reported.last?.primary.span?.start {
      return
    }
    guard !isFull else { return }
    reported.append(diagnostic)
  }

  /// The first byte after the current token that is no blank, and the one after it; inside
  /// brackets line ends and comments are blank too.
  func bytesAhead() -> (UInt8, UInt8) {
    var i = Int(current.span.end)
    let bytes = lexer.bytes
    while i < bytes.count {
      switch bytes[i] {
      case 0x20, 0x09, 0x0B, 0x0C: i += 1
      case 0x0A, 0x0D:
        if bracketDepth == 0 { return (0, 0) }
        i += 1
      case UInt8(ascii: "#"):
        if bracketDepth == 0 { return (0, 0) }
        while i < bytes.count, bytes[i] != 0x0A, bytes[i] != 0x0D { i += 1 }
      default:
        return (bytes[i], i + 1 < bytes.count ? bytes[i + 1] : 0)
      }
    }
    return (0, 0)
  }

  /// Whether the token after the current one is `=`.
  var isAssignmentAhead: Bool {
    let (first, second) = bytesAhead()
    return first == UInt8(ascii: "=") && second != UInt8(ascii: "=")
  }

  /// Whether a name or a number stands after the current token.
  var isOperandAhead: Bool {
    let (first, second) = bytesAhead()
    return first.isNameStart || first.isDigit || first == UInt8(ascii: ".") && second.isDigit
  }

  /// Whether the word `of` stands after the current token.
  var isOfAhead: Bool {
    let rest = lexer.bytes[Int(current.span.end)...].drop {
      $0 == 0x20 || $0 == 0x09 || $0 == 0x0B || $0 == 0x0C
    }
    return rest.starts(with: "of".utf8)
      && !(rest.dropFirst(2).first.map { $0.isNameStart || $0.isDigit } ?? false)
  }

  /// Whether the token after the current one is `(`.
  var isCallAhead: Bool { bytesAhead().0 == UInt8(ascii: "(") }
}
