import NNCDiagnostics

/// Why an entry at the workbench came to nothing.
public enum WorkbenchError: Error, CustomStringConvertible {
  /// The text is wrong; each message has its place in it.
  case wrong(SourceFile, [Diagnostic])
  /// The text is right, but it cannot be done.
  case refused(String)

  /// What is wrong.
  public var description: String {
    switch self {
    case .wrong(let source, let diagnostics):
      render(diagnostics, in: source, as: .human(colour: false))
    case .refused(let message): message
    }
  }
}
