import NNCDiagnostics

/// A token as the formatter wants it.
struct SpacedToken {
  var kind: TokenKind
  var span: SourceSpan
  var spacing: Spacing
}

/// How the formatter divides a token from its neighbours.
enum Spacing: UInt8 {
  /// A blank on both sides: `a + b`.
  case loose
  /// No blank on either side: `a^b`, `key=value`, `2->3`.
  case tight
  /// None before: `a,` `a)`.
  case tightBefore
  /// None after: `(a`, `-a`, `->2`.
  case tightAfter
  /// As many blanks before as the user put there, at least one, so that columns stay aligned.
  case aligned
  /// As `aligned`, and none after.
  case alignedTightAfter

  var allowsBefore: Bool { self != .tight && self != .tightBefore }
  var allowsAfter: Bool { self != .tight && self != .tightAfter && self != .alignedTightAfter }
  var keepsBefore: Bool { self == .aligned || self == .alignedTightAfter }
}
