import NNC
import NNCPlotting
import NNCTraining

extension ScorePlot {
  /// The curves of two classes; of several who was taken for whom, and the curve of each.
  func classPanels(_ scores: Scores) -> [Figure.Panel] {
    var curves = curves
    if names.count == 2, !isSeveral {
      if curves.isEmpty { return [confusionPanel(scores.confusion)] }
      return [rocPanel(curves, at: scores.confusion), precisionPanel(curves)]
    }
    let all = curves.count
    if all > Self.mostCurves {
      let order = curves.indices.sorted { curves[$0].curve.rocArea < curves[$1].curve.rocArea }
      curves = order.prefix(Self.mostCurves).sorted().map { curves[$0] }
    }
    var panels = [rocPanel(curves, at: [])]
    if isSeveral { panels.append(precisionPanel(curves)) }
    if all > curves.count {
      let note = "the \(curves.count) of \(all) with the least area under ROC"
      for place in panels.indices { panels[place].note = note }
    }
    return scores.confusion.isEmpty ? panels : [confusionPanel(scores.confusion)] + panels
  }

  /// How far a cut takes samples for each class as it goes down, for those that have samples and are not all.
  ///
  /// One yes or no of several is judged by itself, a class of several by its share.
  private var curves: [(name: String, curve: ThresholdCurve)] {
    let count = outputs.count / width
    var (scores, truth) = (outputs, targets.map { $0 > 0.5 })
    if !isSeveral {
      for start in stride(from: 0, to: outputs.count, by: width) {
        let row = start..<(start + width)
        scores.replaceSubrange(row, with: meaning.shares(outputs[row]))
        if width == 1 { continue }
        let wanted = metric.classNumber(targets[row])!
        for place in 0..<width { truth[start + place] = place == wanted }
      }
    }
    let places = names.count == 2 && !isSeveral ? (width - 1)..<width : 0..<width
    return places.compactMap { place in
      let samples = (0..<count).map { $0 * width + place }
      return ThresholdCurve(samples.map { scores[$0] }, samples.map { truth[$0] })
        .map { (names[width == 1 ? 1 : place], $0) }
    }
  }

  /// Whether each of several outputs says yes or no by itself.
  private var isSeveral: Bool { metric != .argmax && width > 1 }

  /// The share of a class that is found over the share of the others that is taken for it.
  private func rocPanel(
    _ curves: [(name: String, curve: ThresholdCurve)], at confusion: [[Int]]
  ) -> Figure.Panel {
    var series = curves.enumerated().map { place, entry -> Figure.Series in
      let (right, wrong) = (Double(entry.curve.right.last!), Double(entry.curve.wrong.last!))
      let points = zip(entry.curve.wrong, entry.curve.right).map {
        Chart.Point(Double($0) / wrong, Double($1) / right)
      }
      return Figure.Series(
        "\(entry.name): area \(Digits.significant(4).text(entry.curve.rocArea))",
        [Chart.Point(0, 0)] + points, isCurve: true, colour: place)
    }
    if confusion.count == 2 {
      func share(_ row: Int) -> Double {
        Double(confusion[row][1]) / Double(max(1, confusion[row].reduce(0, +)))
      }
      series.append(
        .init("where classes are told", [.init(share(0), share(1))], isCurve: false, colour: 1))
    }
    return Figure.Panel(
      title: curves.count == 1
        ? "ROC curve" : isSeveral ? "ROC curves" : "ROC curves, each against the rest",
      horizontal: "false positives", vertical: "true positives",
      .series(series, .init(ends: 0...1, .init("by chance: area 0.5", height: 0, slope: 1))))
  }

  /// What share of those taken for a class are of it, over what share of it is found: in steps, whose area is the mean
  /// precision.
  private func precisionPanel(
    _ curves: [(name: String, curve: ThresholdCurve)]
  ) -> Figure.Panel {
    let series = curves.enumerated().map { place, entry -> Figure.Series in
      let all = Double(entry.curve.right.last!)
      var (points, recall): ([Chart.Point], Double) = ([], 0)
      for (right, wrong) in zip(entry.curve.right, entry.curve.wrong) {
        let precision = Double(right) / Double(right + wrong)
        points.append(.init(recall, precision))
        recall = Double(right) / all
        points.append(.init(recall, precision))
      }
      return Figure.Series(
        "\(entry.name): area \(Digits.significant(4).text(entry.curve.meanPrecision))", points,
        isCurve: true, colour: place)
    }
    var chance: Figure.Reference?
    if curves.count == 1, let right = curves[0].curve.right.last,
      let wrong = curves[0].curve.wrong.last
    {
      let share = Double(right) / Double(right + wrong)
      chance = .init(
        "by chance: area \(Digits.significant(4).text(share))", height: share, slope: 0)
    }
    return Figure.Panel(
      title: "Precision and recall", horizontal: "recall", vertical: "precision",
      .series(series, .init(ends: 0...1, chance)))
  }

  /// How often each class was taken for each; of very many those that are mistaken most often.
  private func confusionPanel(_ counts: [[Int]]) -> Figure.Panel {
    var chosen = Array(counts.indices)
    if chosen.count > Self.mostClasses {
      func wrong(_ place: Int) -> Int {
        counts[place].reduce(0, +) + counts.reduce(0) { $0 + $1[place] } - 2 * counts[place][place]
      }
      let wrongs = counts.indices.map(wrong)
      chosen.sort { (-wrongs[$0], $0) < (-wrongs[$1], $1) }
      chosen = chosen.prefix(Self.mostClasses).sorted()
    }
    var panel = Figure.Panel(
      title: "Confusion", horizontal: "taken for", vertical: "class",
      .table(
        names: chosen.map { names[$0] },
        counts: chosen.map { row in chosen.map { counts[row][$0] } }))
    if chosen.count < counts.count {
      panel.note = "the \(chosen.count) of \(counts.count) that are mistaken most often"
    }
    return panel
  }
}
