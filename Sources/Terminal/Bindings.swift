/// What a key makes the editor do.
enum EditAction {
  case accept, newline, cancel, deleteOrEnd, complete, search, suspend, clear, ignore
  case left, right, wordLeft, wordRight, lineStart, lineEnd, textStart, textEnd
  case up, down, previousEntry, nextEntry
  case backspace, delete, transpose, yank, yankPop
  case killToEnd, killToStart, killBlankDelimited, killWordLeft, killWordRight
}

/// Which key does what.
let bindings: [Key: EditAction] = [
  .enter: .accept, .alt("\n"): .newline, .tab: .complete,
  .control("c"): .cancel, .control("d"): .deleteOrEnd, .control("z"): .suspend,
  .control("l"): .clear, .control("r"): .search, .control("g"): .cancel,
  .left: .left, .control("b"): .left, .right: .right, .control("f"): .right,
  .wordLeft: .wordLeft, .alt("b"): .wordLeft, .wordRight: .wordRight, .alt("f"): .wordRight,
  .home: .lineStart, .control("a"): .lineStart, .end: .lineEnd, .control("e"): .lineEnd,
  .alt("<"): .textStart, .alt(">"): .textEnd,
  .up: .up, .down: .down, .control("p"): .up, .control("n"): .down,
  .pageUp: .previousEntry, .pageDown: .nextEntry,
  .backspace: .backspace, .control("h"): .backspace, .delete: .delete,
  .control("t"): .transpose, .control("y"): .yank, .alt("y"): .yankPop,
  .control("k"): .killToEnd, .control("u"): .killToStart, .control("w"): .killBlankDelimited,
  .deleteWordLeft: .killWordLeft, .deleteWordRight: .killWordRight, .alt("d"): .killWordRight,
]
