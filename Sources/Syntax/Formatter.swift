import NNCDiagnostics

/// Writes tokens and comments with the usual blanks between them.
///
/// - Statements stay on the lines where they were; those of one line are divided by `; `.
/// - Runs of blanks become one, or two before a comment, but where they make columns (``Columns``).
/// - Blocks and open brackets indent by two columns, each line by its depth.
/// - At most one empty line stands between two lines, none at the ends of a block or the file.
struct Formatter {
  let source: SourceFile
  var output: [UInt8] = []
  /// The token written last on the current line.
  private var last: SpacedToken?
  /// How many blocks and brackets are open.
  private var depth = 0
  /// How many line ends stand between the last piece and the next.
  private var lineEnds = 0
  /// Whether a `;` stands between the last piece and the next.
  private var isDivided = false
  private var isAfterOpener = true
  private var lastEnd = 0
  /// Where the current line begins in the output.
  private var lineStart = 0
  /// What may stand in columns, as it is met; afterwards how many blanks go before each.
  private var columns = Columns()

  /// The deepest indentation: deeper ones look alike, so that the text stays linear in size.
  static let deepest = 20

  init(source: SourceFile) { self.source = source }

  /// Writes everything, in the order of its places: first with single blanks, to learn the columns, then with those.
  mutating func format(tokens: [SpacedToken], comments: [SourceSpan]) {
    var draft = self
    draft.write(tokens: tokens, comments: comments)
    columns = draft.columns
    columns.align()
    write(tokens: tokens, comments: comments)
  }

  private mutating func write(tokens: [SpacedToken], comments: [SourceSpan]) {
    var next = 0
    for token in tokens {
      while next < comments.count, comments[next].start < token.span.start {
        write(comment: comments[next])
        next += 1
      }
      switch token.kind {
      case .newline: lineEnds += 1
      case .semicolon: isDivided = true
      default: write(token)
      }
    }
    for comment in comments[next...] { write(comment: comment) }
    if !output.isEmpty { output.append(0x0A) }
  }

  private mutating func write(_ token: SpacedToken) {
    let isCloser = [.closeBrace, .closeBracket, .closeParenthesis].contains(token.kind)
    if isCloser { depth -= 1 }
    if lineEnds > 0 || output.isEmpty {
      startLine(allowsEmpty: !isCloser)
    } else if isDivided, token.kind != .closeBrace, !isAfterOpener {
      output += [UInt8(ascii: ";"), 0x20]
    } else if let last {
      let count = gap(last, token)
      output += repeatElement(0x20, count: count)
    }
    output += source.bytes[token.span.range]
    switch token.kind {
    case .openBrace, .openBracket, .openParenthesis: depth += 1
    default: break
    }
    isAfterOpener = [.openBrace, .openBracket, .openParenthesis].contains(token.kind)
    finish(token.span)
    last = token
  }

  /// How many blanks stand between two tokens of a line.
  private mutating func gap(_ left: SpacedToken, _ right: SpacedToken) -> Int {
    guard left.spacing.allowsAfter, right.spacing.allowsBefore else { return 0 }
    guard right.spacing.keepsBefore else { return 1 }
    return columns.blanks(before: place(of: right.span, least: 1, isComment: false))
  }

  /// A place that may be part of a column.
  private func place(of span: SourceSpan, least: Int, isComment: Bool) -> Columns.Place {
    let start = Int(span.start)
    let line = source.lineStarts[source.line(of: start)]
    return .init(
      column: start - Int(line), gap: start - lastEnd, end: output.count - lineStart, least: least,
      isComment: isComment)
  }

  private mutating func write(comment: SourceSpan) {
    if lineEnds > 0 || output.isEmpty {
      startLine(allowsEmpty: true)
    } else {
      let count = columns.blanks(before: place(of: comment, least: 2, isComment: true))
      output += repeatElement(0x20, count: count)
    }
    output += source.bytes[comment.range]
    while output.last == 0x20 || output.last == 0x09 { output.removeLast() }
    finish(comment)
    isAfterOpener = false
  }

  /// Ends the line before, and indents the next.
  private mutating func startLine(allowsEmpty: Bool) {
    let isApart = lineEnds > 1 && allowsEmpty && !isAfterOpener
    if !output.isEmpty {
      output.append(0x0A)
      if isApart { output.append(0x0A) }
    }
    columns.startLine(isApart: isApart)
    lineStart = output.count
    output += repeatElement(0x20, count: 2 * min(depth, Self.deepest))
  }

  private mutating func finish(_ span: SourceSpan) {
    lastEnd = Int(span.end)
    lineEnds = 0
    isDivided = false
  }
}
