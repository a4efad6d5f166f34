import Foundation
import NNC
import NNCVerification

let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// A sample network.
func sample(_ name: String) throws -> Compilation {
  let text = try String(contentsOf: root.appending(path: "Samples/\(name).nn"), encoding: .utf8)
  return Compilation(SourceFile(name: "\(name).nn", text: text))
}

/// Calls `body` with a compiler that changes the C before gcc has it, or gcc's flags; and is gone afterwards.
///
/// - Parameters:
///   - edit: a script of sed for the C; empty for none.
///   - flags: what gcc gets behind all others.
func withWrongCompiler<R>(
  edit: String = "", flags: String = "", _ body: (String) throws -> R
) throws -> R {
  let folder = FileManager.default.temporaryDirectory.appending(path: "nnc-wrong-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let script = folder.appending(path: "wrong-cc").path
  let text = """
    #!/bin/sh
    for word in "$@"; do
      case $word in *.c) sed -i -E '\(edit)' "$word";; esac
    done
    exec gcc "$@" \(flags)
    """
  try text.write(toFile: script, atomically: true, encoding: .utf8)
  try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
  return try body(script)
}
