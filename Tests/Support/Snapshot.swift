import Foundation
import Testing

/// The repository's root.
private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// Compares `text` with the recorded file at `path` below the root.
///
/// A failure leaves what was observed beside the record, as `.observed`. With `RECORD_SNAPSHOTS=1` in the environment
/// the record is made anew, and the test fails so that nobody relies on it.
public func assertSnapshot(
  _ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = root.appendingPathComponent(path)
  let observed = URL(fileURLWithPath: file.path + ".observed")
  let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    let folder = file.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if recorded != text { try Data(text.utf8).write(to: file) }
    try? FileManager.default.removeItem(at: observed)
    Issue.record("recorded \(path)", sourceLocation: sourceLocation)
    return
  }
  if recorded == text {
    try? FileManager.default.removeItem(at: observed)
    return
  }
  try Data(text.utf8).write(to: observed)
  Issue.record("differs from \(path); see \(observed.path)", sourceLocation: sourceLocation)
}
