import Foundation
import Testing

/// Compares `text` with the recorded file at `path` below the root.
///
/// A failure leaves what was observed beside the record, as `.observed`. With `RECORD_SNAPSHOTS=1`
/// in the environment the record is made anew, and the test fails so that nobody relies on it.
func assertSnapshot(
  _ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = repository.appendingPathComponent(path)
  let observed = file.deletingPathExtension().appendingPathExtension("observed")
  let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    if recorded != text {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(path)", sourceLocation: sourceLocation)
    }
    try? FileManager.default.removeItem(at: observed)
    return
  }
  if recorded == text {
    try? FileManager.default.removeItem(at: observed)
    return
  }
  try Data(text.utf8).write(to: observed)
  Issue.record("differs from \(path); see \(observed.path)", sourceLocation: sourceLocation)
}
