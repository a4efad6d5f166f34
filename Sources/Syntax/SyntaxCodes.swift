import NNCDiagnostics

/// The codes of everything that the parser reports, with their explanations.
public let syntaxDiagnosticCodes: [DiagnosticCode] =
  (lexicalCodes + expressionCodes + statementCodes).sorted { $0.code < $1.code }

/// The words that begin statements other than layers, for suggestions.
public let statementKeywords: [String] = Keyword.allCases.map(\.rawValue)
