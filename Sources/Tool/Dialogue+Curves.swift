import NNC
import NNCPlotting

/// What stands after `:plot`, `:table` and `:tangent`: an expression, a name, and the name's values.
private struct CurveRequest {
  var expression: String
  var name: String
  var low: Double
  var high: Double
  var path: String?

  /// What is wrong with a text, and as much of it as can be made out.
  struct Mistake: Error {
    var message: String
    var expression: String?
    var name: String?
  }

  /// Reads `EXPR NAME=LOW..HIGH`, with `> FILE` after it for a drawing; for a tangent `EXPR NAME=VALUE`.
  init(_ text: String, command: String) throws(Mistake) {
    let isPoint = command == "tangent"
    var words = text.split(separator: " ").map(String.init)
    if command == "plot", words.count > 2, words[words.count - 2] == ">" {
      path = words.removeLast()
      words.removeLast()
    }
    guard words.count > 1, let last = words.last, let sign = last.firstIndex(of: "=") else {
      let isBare = words.last.map { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
      let name = words.isEmpty || isBare != true ? nil : words.removeLast()
      throw Mistake(
        message:
          "`:\(command)` takes an expression and `\(isPoint ? "NAME=VALUE" : "NAME=LOW..HIGH")`",
        expression: words.isEmpty ? name : words.joined(separator: " "), name: name)
    }
    expression = words.dropLast().joined(separator: " ")
    name = String(last[..<sign])
    let values = String(last[last.index(after: sign)...])
    if isPoint {
      guard let value = Double(values), value.isFinite else {
        throw Mistake(message: "`\(values)` is no number", expression: expression, name: name)
      }
      (low, high) = (value, value)
      return
    }
    let ends = values.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2, let low = Double(ends[0]), let high = Double(ends[1]), low.isFinite,
      high.isFinite, low < high, (high - low).isFinite
    else {
      throw Mistake(
        message: "`\(values)` is no range from a smaller number to a greater",
        expression: expression,
        name: name)
    }
    (self.low, self.high) = (low, high)
  }

  func points(_ count: Int) -> [Double] {
    (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
  }
}

extension Dialogue {
  /// The request of a command; what is wrong with it is told with an example that works here and now.
  private func curveRequest(_ text: String, _ command: String) throws(Failure) -> CurveRequest {
    do throws(CurveRequest.Mistake) {
      return try CurveRequest(text, command: command)
    } catch {
      let example = example(command, error.expression, error.name)
      throw .input(error.message, hint: example.map { "for example `:\($0)`" })
    }
  }

  /// A call of a command that can be answered now: with what the user asked for if that goes, else with the loss, else
  /// with a function.
  private func example(_ command: String, _ expression: String?, _ name: String?) -> String? {
    let weight = workbench.network.map { network in
      workbench.names.contains("w1") ? "w1" : network.trainedParameters.first?.name ?? "x1"
    }
    let variable = weight ?? "a"
    let offers = [
      (expression, name), (expression, variable), ("loss", weight),
      ("sigmoid(\(variable))", variable),
    ]
    for case (let expression?, let name?) in offers {
      var bench = workbench
      guard (try? bench.values(of: expression, as: name, at: [1])) != nil else { continue }
      let value = command == "tangent" ? "1" : "-5..5"
      return "\(command) \(expression) \(name)=\(value)"
    }
    return nil
  }

  /// A curve in the terminal, or as SVG in a file.
  mutating func plot(_ argument: String) throws {
    let request = try curveRequest(argument, "plot")
    let xs = request.points(241)
    let ys = try workbench.values(of: request.expression, as: request.name, at: xs)
    let points = zip(xs, ys).map { (x: $0, y: $1) }
    guard let text = TextPlot(points: points, columns: 60, rows: 14, lineWidth: width()).text else {
      throw Failure.input("`\(request.expression)` has no finite value there")
    }
    guard let path = request.path else {
      try write(text)
      return
    }
    let curve = Chart.Curve(
      name: request.expression,
      points: points.map { .init($0.x, $0.y) }, colour: 0)
    var chart = Chart(
      title: request.expression, horizontal: request.name,
      panels: [
        .init(vertical: request.expression, curves: [curve], range: nil, mayBeLogarithmic: false)
      ])
    chart.countsWhole = false
    try writeFiles([OutputFile(path: path, text: chart.svg)])
  }

  /// The values of an expression and of its derivative at nine places.
  mutating func table(_ argument: String) throws {
    let request = try curveRequest(argument, "table")
    let xs = request.points(9)
    let ys = try workbench.values(of: request.expression, as: request.name, at: xs)
    let slopes = try workbench.values(
      of: "diff(\(request.expression), \(request.name))", as: request.name, at: xs)
    var rows = [[request.name, request.expression, "derivative"]]
    for (x, (y, slope)) in zip(xs, zip(ys, slopes)) {
      rows.append([digits.text(x), digits.text(y), digits.text(slope)])
    }
    try write(alignedTable(rows))
  }

  /// The line that touches a curve at a point.
  mutating func tangent(_ argument: String) throws {
    let request = try curveRequest(argument, "tangent")
    let (name, at) = (request.name, request.low)
    let y = try workbench.values(of: request.expression, as: name, at: [at])[0]
    let slope = try workbench.values(
      of: "diff(\(request.expression), \(name))", as: name, at: [at])[0]
    let distance = at == 0 ? name : "(\(name) \(at < 0 ? "+" : "-") \(digits.text(at.magnitude)))"
    try write(
      "at \(name) = \(digits.text(at)) the value is \(digits.text(y)), the slope \(digits.text(slope))\n"
        + "\(digits.text(y)) + \(digits.text(slope)) * \(distance)\n")
  }
}
