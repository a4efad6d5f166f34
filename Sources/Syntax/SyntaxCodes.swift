import NNCDiagnostics

/// The codes of everything that the parser reports, with their explanations.
public let syntaxDiagnosticCodes: [DiagnosticCode] =
  (lexicalCodes + expressionCodes + statementCodes).sorted { $0.code < $1.code }
