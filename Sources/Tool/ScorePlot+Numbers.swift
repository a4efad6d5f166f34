import NNCPlotting

extension ScorePlot {
  /// The predictions over the true values, and what they are off over the predictions.
  var numberPanels: [Figure.Panel] {
    let drawn = min(width, Self.mostClouds)
    func series(_ point: (_ output: Double, _ target: Double) -> Chart.Point) -> [Figure.Series] {
      (0..<drawn).map { place in
        let points = stride(from: place, to: outputs.count, by: width).map {
          point(outputs[$0], targets[$0])
        }
        return Figure.Series(names[place], points, isCurve: false, colour: place)
      }
    }
    var panels = [
      Figure.Panel(
        title: "Predictions", horizontal: "true value", vertical: "predicted value",
        .series(
          series { .init($1, $0) },
          .init(isSquare: true, .init("prediction = true value", height: 0, slope: 1)))),
      Figure.Panel(
        title: "Residuals", horizontal: "predicted value", vertical: "true − predicted value",
        .series(
          series { .init($0, $1 - $0) },
          .init(.init("no error", height: 0, slope: 0)))),
    ]
    if drawn < width {
      for place in panels.indices { panels[place].note = "the first \(drawn) of \(width) outputs" }
    }
    return panels
  }
}
