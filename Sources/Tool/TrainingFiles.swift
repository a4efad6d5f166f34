import NNC
import NNCPlotting
import NNCTraining

/// The history of a training as CSV: a line for each epoch, after a line with the columns' names.
func trainingLog(_ history: [EpochRecord], _ metric: Metric?) -> String {
  let hasHeldOut = history.contains { $0.heldOutLoss != nil }
  let hasMetric = history.contains { $0.heldOutMetric != nil }
  var columns = ["epoch", "step", "lr", "loss"]
  if hasHeldOut { columns.append("held_out_loss") }
  if hasMetric, let metric { columns.append(metric.name) }
  var text = columns.joined(separator: ",") + "\n"
  for record in history {
    var cells = [
      "\(record.epoch)", "\(record.step)", shortest(record.rate), shortest(record.loss),
    ]
    if hasHeldOut { cells.append(record.heldOutLoss.map { shortest($0) } ?? "") }
    if hasMetric { cells.append(record.heldOutMetric.map { shortest($0) } ?? "") }
    text += cells.joined(separator: ",") + "\n"
  }
  return text
}

/// The history of a training as a drawing: the loss, and below it the metric.
func trainingPlot(_ history: [EpochRecord], _ metric: Metric?, network: String) -> String {
  func curve(
    _ name: String, colour: Int, _ value: (EpochRecord) -> Double?
  ) -> Chart.Curve? {
    let points = history.compactMap { record in
      value(record).map { Chart.Point(Double(record.epoch), $0) }
    }
    return points.isEmpty ? nil : Chart.Curve(name: name, points: points, colour: colour)
  }
  let trained = curve("training", colour: 0, \.loss)
  let heldOut = curve("held out", colour: 1, \.heldOutLoss)
  var panels = [
    Chart.Panel(
      vertical: "loss", curves: [trained, heldOut].compactMap { $0 }, mayBeLogarithmic: true)
  ]
  if let metric, let scores = curve("held out", colour: 1, \.heldOutMetric) {
    let isShare = metric != .determination
    panels.append(
      Chart.Panel(
        vertical: isShare ? "accuracy" : "R²", curves: [scores], range: isShare ? 1...1 : nil))
  }
  return Chart(title: network, horizontal: "epoch", panels: panels).svg
}
