import NNCDiagnostics
import NNCFormats

extension Vocabulary {
  /// The vocabulary as JSON: `{"kind": "words", "entries": ["<unknown>", "the"]}`.
  var json: String {
    let list = entries.map(jsonString).joined(separator: ",")
    return "{\"kind\":\"\(kind.rawValue)\"" + (entries.isEmpty ? "}" : ",\"entries\":[\(list)]}")
  }

  /// Reads a vocabulary; nil where that is none.
  init?(json: Json) {
    guard let kind = json.member("kind")?.text.flatMap(Kind.init(rawValue:)) else { return nil }
    let list = json.member("entries")?.elements ?? []
    let entries = list.compactMap(\.text)
    guard entries.count == list.count, entries.isEmpty == (kind == .bytes) else { return nil }
    self.init(kind, entries: entries)
    // Each token once: else a text had two readings.
    guard Set(entries).count == entries.count else { return nil }
  }
}
