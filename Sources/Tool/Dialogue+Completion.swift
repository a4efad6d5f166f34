import NNC
import NNCTerminal

extension Workbench {
  /// What may stand at the cursor: names, commands, and the stages after `:show`.
  func completion(of text: String, at cursor: String.Index) -> Completion {
    let before = text[..<cursor]
    if before.hasPrefix(":") {
      if before.hasPrefix(":show ") {
        return Self.completion(of: text, cursor, among: Stage.allCases.map(\.rawValue)) {
          !$0.isWhitespace
        }
      }
      if !before.contains(" ") {
        let names = dialogueCommands.map { ":\($0.name)" }
        return Self.completion(of: text, cursor, among: names) { !$0.isWhitespace }
      }
    }
    return Self.completion(of: text, cursor, among: names) {
      $0.isLetter || $0.isNumber || $0 == "_" || $0 == "."
    }
  }

  private static func completion(
    of text: String, _ cursor: String.Index, among names: [String],
    _ belongs: (Character) -> Bool
  ) -> Completion {
    var start = cursor
    while start > text.startIndex, belongs(text[text.index(before: start)]) {
      start = text.index(before: start)
    }
    let word = text[start..<cursor]
    return Completion(range: start..<cursor, candidates: names.filter { $0.hasPrefix(word) })
  }
}
