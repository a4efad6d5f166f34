import NNC
import NNCTraining

/// What there is to say of scores beyond loss and metric, in lines; empty where there is nothing.
func scoreText(_ scores: Scores, classes: [String]) -> String {
  switch scores.details {
  case nil: return ""
  case .numbers(let errors):
    return "mean absolute error \(four(errors.meanAbsoluteError)), root mean squared error "
      + "\(four(errors.rootMeanSquaredError)), explained variance \(four(errors.explainedVariance))\n"
  case .classes(let details):
    var rows = [["class", "precision", "recall", "F1", "samples"]]
    func add(_ name: String, _ row: ClassScores.Row) {
      rows.append(
        [name] + [row.precision, row.recall, row.f1].map { fixed($0, 4) } + ["\(row.count)"])
    }
    for (place, row) in details.classes.enumerated() {
      add(place < classes.count ? classes[place] : "\(place)", row)
    }
    add("mean", details.macro)
    add("weighted mean", details.weighted)
    var text = alignedTable(rows)
    if let worth = details.probabilities {
      var parts: [String] = []
      if let area = worth.rocArea { parts.append("area under ROC \(four(area))") }
      if let area = worth.precisionRecallArea {
        parts.append("under precision and recall \(four(area))")
      }
      parts.append("log loss \(four(worth.logLoss))")
      parts.append("calibration error \(four(worth.calibrationError))")
      text += "\n" + parts.joined(separator: ", ") + "\n"
    }
    return text
  }
}

private func four(_ value: Double) -> String { Digits.significant(4).text(value) }

/// The same as members of an object of JSON.
func scoreMembers(_ scores: Scores, classes: [String]) -> [(String, String)] {
  var members: [(String, String)] = []
  switch scores.details {
  case nil: break
  case .numbers(let errors):
    members = [
      ("mae", jsonNumber(errors.meanAbsoluteError)),
      ("rmse", jsonNumber(errors.rootMeanSquaredError)),
      ("explained_variance", jsonNumber(errors.explainedVariance)),
    ]
  case .classes(let details):
    let names = details.classes.indices.map { $0 < classes.count ? classes[$0] : "\($0)" }
    members.append(("classes", "[\(names.map(jsonString).joined(separator: ","))]"))
    let rows = zip(names, details.classes).map { "\(jsonString($0)):\(object($1))" }
    members.append(("by_class", "{\(rows.joined(separator: ","))}"))
    members.append(("macro", object(details.macro)))
    members.append(("weighted", object(details.weighted)))
    if let worth = details.probabilities {
      members.append(("roc_auc", worth.rocArea.map(jsonNumber) ?? "null"))
      members.append(("pr_auc", worth.precisionRecallArea.map(jsonNumber) ?? "null"))
      members.append(("log_loss", jsonNumber(worth.logLoss)))
      members.append(("calibration_error", jsonNumber(worth.calibrationError)))
    }
  }
  return members
}

private func object(_ row: ClassScores.Row) -> String {
  "{\"precision\":\(jsonNumber(row.precision)),\"recall\":\(jsonNumber(row.recall)),"
    + "\"f1\":\(jsonNumber(row.f1)),\"samples\":\(row.count)}"
}
