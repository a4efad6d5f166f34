import NNCProgram

// The network as an estimator of scikit-learn.
extension PythonEmitter {
  private var isClassifier: Bool { meaning != "output" }

  /// The estimator's name.
  var estimatorName: String { isClassifier ? "Classifier" : "Regressor" }

  /// The estimator's text; nil where the network is none: where it is not trained on inputs of one kind and a target for
  /// its output.
  var estimator: String? {
    guard has(.train), inputs.count == 1, outputs.count == 1, targets.count == 1 else { return nil }
    return Self.estimator.replacing(
      "$METHODS", with: isClassifier ? Self.classifier : Self.regressor)
  }

  /// How classes become targets: numbers, shares of one, or a number for the second of two.
  private var classTargets: String {
    if targets[0].below != nil { return "numbers.astype(np.int32).reshape((len(y), *_T_SHAPE))" }
    if outputCount == 1 { return "numbers.astype(REAL).reshape((len(y), *_T_SHAPE))" }
    return "np.eye(\(outputCount), dtype=REAL)[numbers].reshape((len(y), *_T_SHAPE))"
  }

  private var probability: String {
    switch meaning {
    case "logit" where outputCount == 1:
      return "outputs = np.exp(-np.logaddexp(0, -outputs))"
    case "logit":
      return "outputs = np.exp(outputs - np.logaddexp.reduce(outputs, axis=1, keepdims=True))"
    case "log_probability": return "outputs = np.exp(outputs)"
    default: return ""
    }
  }

  /// A text with the network's own words in it.
  func replaced(_ text: String) -> String {
    let words: [(String, String)] = [
      ("$TABLES", tables), ("$NAME", name), ("$PARAMETER_COUNT", "\(parameterCount)"),
      ("$STATE_COUNT", "\(stateCount)"), ("$INPUT_COUNT", "\(inputCount)"),
      ("$OUTPUT_COUNT", "\(outputCount)"), ("$ESTIMATOR", estimatorName),
      ("$MIXIN", isClassifier ? "ClassifierMixin" : "RegressorMixin"),
      ("$X_DTYPE", inputs[0].below == nil ? "REAL" : "np.int32"),
      ("$MULTI", isClassifier ? "" : ", multi_output=True"), ("$CLASSES", "\(outputCount)"),
      ("$CLASS_TARGETS", targets.isEmpty ? "" : classTargets), ("$PROBABILITY", probability),
    ]
    // Words that begin others come after these.
    return words.sorted { $0.0.utf8.count > $1.0.utf8.count }.reduce(text) {
      $0.replacing($1.0, with: $1.1)
    }
  }
}
