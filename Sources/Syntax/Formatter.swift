import NNCDiagnostics

/// Writes tokens and comments with the usual blanks between them.
///
/// - Statements stay on the lines where they were; those of one line are divided by `; `.
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

  /// The deepest indentation: deeper ones look alike, so that the text stays linear in size.
  static let deepest = 20
  /// The most blanks that are kept for the alignment of columns.
  static let widestGap = 40

  init(source: SourceFile) { self.source = source }

  /// Writes everything, in the order of its places.
  mutating func format(tokens: [SpacedToken], comments: [SourceSpan]) {
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
      output += repeatElement(0x20, count: gap(last, token))
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
  private func gap(_ left: SpacedToken, _ right: SpacedToken) -> Int {
    guard left.spacing.allowsAfter, right.spacing.allowsBefore else { return 0 }
    guard right.spacing.keepsBefore else { return 1 }
    return max(1, min(blanks(before: Int(right.span.start)), Self.widestGap))
  }

  /// How many blanks the user put before `offset`.
  private func blanks(before offset: Int) -> Int {
    let start = max(lastEnd, offset - Self.widestGap)
    return source.bytes[start..<offset].reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
  }

  private mutating func write(comment: SourceSpan) {
    if lineEnds > 0 || output.isEmpty {
      startLine(allowsEmpty: true)
    } else {
      let width = blanks(before: Int(comment.start))
      output += repeatElement(0x20, count: max(2, min(width, Self.widestGap)))
    }
    output += source.bytes[comment.range]
    while output.last == 0x20 || output.last == 0x09 { output.removeLast() }
    finish(comment)
    isAfterOpener = false
  }

  /// Ends the line before, and indents the next.
  private mutating func startLine(allowsEmpty: Bool) {
    if !output.isEmpty {
      output.append(0x0A)
      if lineEnds > 1, allowsEmpty, !isAfterOpener { output.append(0x0A) }
    }
    output += repeatElement(0x20, count: 2 * min(depth, Self.deepest))
  }

  private mutating func finish(_ span: SourceSpan) {
    lastEnd = Int(span.end)
    lineEnds = 0
    isDivided = false
  }
}
