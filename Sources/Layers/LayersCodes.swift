import NNCDiagnostics

/// What each of this module's messages means, for `nnc help CODE`.
public let layersDiagnosticCodes: [DiagnosticCode] =
  layerCodes + networkCodes + expressionCodes + shapeCodes + definitionCodes + windowCodes
  + trainingCodes
