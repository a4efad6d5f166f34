import Foundation
import Synchronization

@testable import NNCTool

/// The repository's root.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// What a call of the tool wrote, and how it ended.
struct Outcome: Equatable {
  var status: ExitStatus
  var output: String
  var messages: String
}

/// Calls the tool in this process, with `input` as its standard input.
func nnc(_ words: [String], input: String = "") -> Outcome {
  let output = Collector()
  let messages = Collector()
  let console = Console(
    output: { text throws(Failure) in output.append(text) },
    messages: { messages.append($0) },
    input: { () throws(Failure) in Array(input.utf8) }, colour: false)
  let status = runTool(words, console)
  return Outcome(status: status, output: output.text, messages: messages.text)
}

/// A text that grows.
final class Collector: Sendable {
  private let content = Mutex("")
  func append(_ text: String) { content.withLock { $0 += text } }
  var text: String { content.withLock { $0 } }

  /// The text so far, which is then forgotten.
  func take() -> String {
    content.withLock { text in
      defer { text = "" }
      return text
    }
  }
}

/// A new folder that is removed after `body`.
func withFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "nnc-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}
