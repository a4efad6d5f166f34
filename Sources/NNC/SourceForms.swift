import NNCDiagnostics
import NNCLayers
import NNCSyntax

/// The source in its usual form: what `nnc fmt` writes.
///
/// Blanks are put in order; comments and the user's line ends are kept.
///
/// - Returns: the text, or nil and the errors.
public func format(_ source: SourceFile) -> (text: String?, diagnostics: [Diagnostic]) {
  NNCSyntax.format(source)
}

/// The explanation of every code that a diagnostic may carry, in the order of the codes.
public let diagnosticCodes: [DiagnosticCode] =
  syntaxDiagnosticCodes + layersDiagnosticCodes + weightsDiagnosticCodes
