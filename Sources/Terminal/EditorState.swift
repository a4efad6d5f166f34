/// The editor without its terminal: keys go in, what is to be done comes out.
struct EditorState {
  /// What the driver has to do after a key.
  enum Effect: Equatable {
    case redraw, bell, clear, suspend, end, cancel
    case accept(String)
    case list([String])
  }

  typealias Completer = (_ text: String, _ cursor: String.Index) -> Completion

  var buffer = EditBuffer()
  var search: HistorySearch?
  var killRing = KillRing()
  let isIncomplete: (String) -> Bool
  let completer: Completer?

  private(set) var entries: [String] = []
  /// The entry shown; `entries.count` is the line that is being written.
  var entryIndex = 0
  /// The line being written, while an entry is shown.
  var draft = ""
  /// What the last key did, for cuts that continue and for a second Tab.
  var lastAction = EditAction.ignore
  var yanked: Range<Int>?

  init(
    isIncomplete: @escaping (String) -> Bool = { _ in false }, completer: Completer? = nil
  ) {
    self.isIncomplete = isIncomplete
    self.completer = completer
  }

  /// Starts an empty line over `entries`.
  mutating func begin(entries: [String]) {
    buffer = EditBuffer()
    search = nil
    self.entries = entries
    entryIndex = entries.count
    draft = ""
    lastAction = .ignore
    yanked = nil
  }

  /// Acts on a key.
  mutating func apply(_ key: Key) -> Effect {
    if search != nil, let effect = applySearching(key) { return effect }
    switch key {
    case .text(let text), .paste(let text):
      buffer.insert(text)
      lastAction = .ignore
      return .redraw
    default:
      guard let action = bindings[key] else {
        lastAction = .ignore
        return .bell
      }
      let effect = perform(action)
      lastAction = action
      return effect
    }
  }

  /// Acts on a key of the search; nil where the key ends the search and is to be acted on anew.
  private mutating func applySearching(_ key: Key) -> Effect? {
    guard var search else { return nil }
    switch key {
    case .text(let text), .paste(let text): search.extend(text, in: entries)
    case .control("r"): search.next(.older, in: entries)
    case .control("s"): search.next(.newer, in: entries)
    case .backspace, .control("h"): search.shorten(in: entries)
    case .control("g"), .control("c"):
      buffer = search.original
      self.search = nil
      return .redraw
    default:
      if let match = search.match { show(entry: match) }
      buffer = search.buffer(in: entries)
      self.search = nil
      return key == .escape ? .redraw : nil
    }
    self.search = search
    buffer = search.buffer(in: entries)
    return search.failed ? .bell : .redraw
  }

  /// Shows an entry of the history, or the draft.
  mutating func show(entry index: Int) {
    if entryIndex == entries.count { draft = search?.original.text ?? buffer.text }
    entryIndex = index
    buffer = EditBuffer(index == entries.count ? draft : entries[index])
  }
}
