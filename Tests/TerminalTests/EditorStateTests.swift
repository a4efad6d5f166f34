import Testing

@testable import NNCTerminal

@Suite struct EditorStateTests {
  /// Types `keys` (terminal bytes) into an empty line and answers the state and last effect.
  private func typed(
    _ keys: String, history: [String] = [], _ initial: EditorState = EditorState()
  ) -> (state: EditorState, effect: EditorState.Effect?) {
    var state = initial
    state.begin(entries: history)
    var decoder = KeyDecoder()
    var effect: EditorState.Effect?
    for key in decoder.decode(keys.utf8) { effect = state.apply(key) }
    return (state, effect)
  }

  static let edits: [(keys: String, text: String, cursor: Int)] = [
    ("abc\u{02}\u{02}x", "axbc", 2), ("abc\u{01}x\u{05}y", "xabcy", 5),
    ("one two\u{17}", "one ", 4), ("one two\u{17}\u{19}\u{19}", "one twotwo", 10),
    ("one two\u{15}x\u{19}", "xone two", 8), ("one two\u{01}\u{0B}x\u{19}", "xone two", 8),
    ("one two\u{17}\u{17}\u{19}", "one two", 7),
    ("ab cd\u{01}\u{1B}d\u{1B}d\u{05}\u{19}", "ab cd", 5),
    ("a\u{17}b\u{17}\u{19}\u{1B}y", "a", 1), ("ab\u{14}", "ba", 2), ("abc\u{02}\u{14}", "acb", 3),
    ("a\u{14}", "a", 1), ("abc\u{01}\u{04}", "bc", 0), ("abc\u{1B}[3~", "abc", 3),
    ("a.b\u{1B}\u{7F}", "a.", 2), ("a.b\u{17}", "", 0), ("ab\u{1B}b\u{1B}[3~", "b", 0),
    ("a\u{1B}\rb\u{1B}[A\u{0B}", "ab", 1), ("ab\u{1B}\rc\u{01}x", "ab\nxc", 4),
    ("日本\u{7F}語", "日語", 2),
  ]

  @Test(arguments: edits.indices) func edit(_ index: Int) {
    let row = Self.edits[index]
    let state = typed(row.keys).state
    #expect(state.buffer.text == row.text)
    #expect(state.buffer.cursor == row.cursor)
  }

  static let effects: [(keys: String, effect: EditorState.Effect)] = [
    ("a b\r", .accept("a b")), ("\r", .accept("")), ("a\u{03}", .cancel), ("\u{04}", .end),
    ("a\u{04}", .bell), ("\u{0C}", .clear), ("\u{1A}", .suspend), ("\u{7F}", .bell), ("\t", .bell),
    ("\u{19}", .bell), ("\u{1B}[A", .bell), ("\u{1B}[24;80R", .bell),
  ]

  @Test(arguments: effects.indices) func effect(_ index: Int) {
    #expect(typed(Self.effects[index].keys).effect == Self.effects[index].effect)
  }

  @Test func recallKeepsTheDraft() {
    let up = "\u{1B}[A"
    let down = "\u{1B}[B"
    let history = ["first", "two\nlines"]
    #expect(typed("dr" + up, history: history).state.buffer.text == "two\nlines")
    #expect(typed("dr" + up + up + up, history: history).state.buffer.text == "first")
    #expect(typed("dr" + up + up + up + up, history: history).effect == .bell)
    #expect(typed("dr\u{10}\u{10}\u{10}" + down + down, history: history).state.buffer.text == "dr")
    #expect(typed("dr" + up + down + down, history: history).effect == .bell)
  }

  @Test func searchesTheHistory() {
    let history = ["alpha one", "beta", "alpha two"]
    let search = "\u{12}"
    #expect(typed(search + "alp\r", history: history).effect == .accept("alpha two"))
    #expect(typed(search + "alp\u{12}\r", history: history).effect == .accept("alpha one"))
    #expect(typed(search + "alp\u{12}\u{13}\r", history: history).effect == .accept("alpha two"))
    #expect(typed(search + "alp\u{12}\u{12}", history: history).effect == .bell)
    #expect(typed(search + "alpx\u{7F}\r", history: history).effect == .accept("alpha two"))
    #expect(typed("dr" + search + "alp\u{07}\r", history: history).effect == .accept("dr"))
    #expect(typed(search + "one\u{1B}[Dx", history: history).state.buffer.text == "alphax one")
    #expect(typed("dr" + search + "be\u{0E}\u{0E}\r", history: history).effect == .accept("dr"))
    #expect(typed(search + "zzz\r", history: history).effect == .accept(""))
  }

  @Test func incompleteTextGoesOn() {
    let state = EditorState(isIncomplete: { !$0.hasSuffix(";") })
    #expect(typed("a\rb\r", state).state.buffer.text == "a\nb\n")
    #expect(typed("a\rb;\r", state).effect == .accept("a\nb;"))
  }

  private func typed(_ keys: String, _ state: EditorState) -> (
    state: EditorState, effect: EditorState.Effect?
  ) { typed(keys, history: [], state) }

  @Test func completes() {
    let names = ["sigmoid(", "sin(", "größe", "größer"]
    let state = EditorState(completer: { text, cursor in
      var start = cursor
      while start > text.startIndex, text[text.index(before: start)].isLetter {
        start = text.index(before: start)
      }
      return Completion(
        range: start..<cursor, candidates: names.filter { $0.hasPrefix(text[start..<cursor]) })
    })
    #expect(typed("2*sig\tx", state).state.buffer.text == "2*sigmoid(x")
    #expect(typed("2*s\t", state).state.buffer.text == "2*si")
    #expect(typed("2*s\t", state).effect == .redraw)
    #expect(typed("2*s\t\t", state).effect == .list(["sigmoid(", "sin("]))
    #expect(typed("2*si\t", state).effect == .bell)
    #expect(typed("zz\t\t", state).effect == .bell)
    #expect(typed("(gr)\u{02}\t", state).state.buffer.text == "(größe)")
    #expect(typed("(gr)\u{02}\t", state).state.buffer.cursor == 6)
  }

  @Test func columnsAreReadDownwards() {
    #expect(
      Completion.columns(["a", "bb", "日本", "d", "e"], width: 12) == ["a     d", "bb    e", "日本"])
    #expect(Completion.columns(["long name", "b"], width: 4) == ["long name", "b"])
  }
}
