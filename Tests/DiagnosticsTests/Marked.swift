import NNCDiagnostics

/// A source and the spans between `«` and `»` in it.
struct Marked {
  var source: SourceFile
  var spans: [SourceSpan] = []

  init(_ text: String) {
    var plain: [UInt8] = []
    var starts: [Int] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "«": starts.append(plain.count)
      case "»": spans.append(SourceSpan(starts.removeLast(), plain.count))
      default: plain += Array(String(scalar).utf8)
      }
    }
    source = SourceFile(name: "net.nn", bytes: plain)
  }

  /// A diagnostic with these labels, the first being the primary one, at the spans in order.
  func diagnostic(
    _ labels: [String], notes: [String] = [], fixes: [Diagnostic.Fix] = []
  ) -> Diagnostic {
    Diagnostic(
      "N0000", "something is wrong", at: spans[0], label: labels[0],
      secondary: zip(spans, labels).dropFirst().map { .init($0, $1) }, notes: notes, fixes: fixes)
  }

  /// The human form without colour, each line without its last blanks.
  func rendered(_ labels: [String], notes: [String] = []) -> String {
    render([diagnostic(labels, notes: notes)], in: source, as: .human(colour: false))
  }
}
