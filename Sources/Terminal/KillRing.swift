/// The texts that were cut, newest last.
struct KillRing: Equatable {
  /// Which side of the cursor a text was cut from.
  enum Side { case before, after }

  private var texts: [String] = []
  private let limit = 32

  /// The text to paste.
  var current: String? { texts.last }

  /// Keeps `text`; a cut that continues another makes one text with it.
  mutating func kill(_ text: String, from side: Side, continuing: Bool) {
    guard !text.isEmpty else { return }
    if continuing, let last = texts.popLast() {
      texts.append(side == .before ? text + last : last + text)
    } else {
      texts.append(text)
      if texts.count > limit { texts.removeFirst() }
    }
  }

  /// Turns to the text before the current one.
  mutating func rotate() {
    guard let last = texts.popLast() else { return }
    texts.insert(last, at: 0)
  }
}
