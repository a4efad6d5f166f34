/// A key as the user pressed it, whatever bytes the terminal sent for it.
enum Key: Hashable, Sendable {
  /// Text that was typed.
  case text(String)
  /// Text that was pasted, lines and all.
  case paste(String)
  /// Ctrl with a lower-case letter or one of `@ [ \ ] ^ _`.
  case control(Character)
  /// Alt with a key.
  case alt(Character)
  case enter, tab, backTab, backspace, delete, escape
  case left, right, up, down, home, end, pageUp, pageDown
  case wordLeft, wordRight, deleteWordLeft, deleteWordRight
  /// A sequence that means nothing here.
  case unknown
}
