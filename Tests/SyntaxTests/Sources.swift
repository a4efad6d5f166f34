import NNCDiagnostics
import Foundation
import NNCSyntax

/// The repository's root.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The file at `path` below the root.
func load(_ path: String) throws -> SourceFile {
  SourceFile(name: path, bytes: Array(try Data(contentsOf: root.appendingPathComponent(path))))
}

/// A source named `net.nn`.
func source(_ text: String) -> SourceFile { SourceFile(name: "net.nn", text: text) }

/// The printed tree of `text`, and the codes of its diagnostics before it, if any.
func parsed(_ text: String) -> String {
  let (tree, diagnostics) = parse(source(text))
  return diagnostics.map { $0.code + "\n" }.joined() + tree.description
}
