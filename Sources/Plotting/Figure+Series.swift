extension Figure.Panel {
  /// What the lines of the legend say.
  var legend: [Figure.LegendEntry] {
    guard case .series(let series, let frame) = content else { return [] }
    let own = series.map {
      Figure.LegendEntry(name: $0.name, isCurve: $0.isCurve, colour: $0.colour)
    }
    return own
      + (frame.reference.map { [.init(name: $0.name, isCurve: true, colour: nil)] } ?? [])
  }
}

extension Figure {
  /// A line of a legend: a piece of a curve or a point, and its name.
  struct LegendEntry {
    let name: String
    let isCurve: Bool
    /// Its colour's number; nil of the line for reference.
    let colour: Int?

    func sample(_ x: Double, _ y: Double) -> String {
      guard let colour else { return line(x, y, x + 28, y, .axis, Figure.dashes(1)) }
      return isCurve
        ? Figure.path("M\(short(x)),\(short(y))h28", colour, width: 1.8, Figure.dashes(colour / 4))
        : Figure.path("M\(short(x + 14)),\(short(y))h0", colour, width: 7, Figure.round)
    }
  }

  /// How a curve is dashed: not, or in one of three ways.
  static func dashes(_ number: Int) -> String {
    let patterns = ["", "5 4", "2 3", "9 3 2 3"]
    return number == 0 ? "" : #" stroke-dasharray="\#(patterns[number % patterns.count])""#
  }

  /// The ends of a line without length, which make it a point.
  static let round = #" stroke-linecap='round'"#

  /// Strokes of a colour.
  static func path(_ places: String, _ colour: Int, width: Double, _ facts: String) -> String {
    let number = colour % Chart.shades.count
    return
      #"<path class="c\#(number)" fill="none" stroke="\#(Chart.shades[number].line)" stroke-width="\#(short(width))" stroke-linejoin='round'\#(facts) d="\#(places)"/>"#
  }
}

extension Figure.Box {
  /// How many points are drawn one by one; more are drawn as the cells in which they lie.
  static let fewPoints = 2000
  /// The side of such a cell. At most 80 × 80 of them are in a square, however many points there are.
  static let cell = 4.0

  /// Curves and points over their axes.
  static func drawing(
    _ series: [Figure.Series], _ frame: Figure.Frame, in square: Figure.Square
  ) -> [String] {
    let series = series.map { one in
      var one = one
      one.points.removeAll { !(abs($0.x) <= 1e150 && abs($0.y) <= 1e150) }
      return one
    }
    let points = series.flatMap(\.points)
    let both = frame.isSquare ? points.flatMap { [$0.x, $0.y] } : nil
    let horizontal = Axis(over: both ?? points.map(\.x), ends: frame.ends)
    let vertical = Axis(over: both ?? points.map(\.y), ends: frame.ends)
    func x(_ value: Double) -> Double { square.left + horizontal.place(value) * square.side }
    func y(_ value: Double) -> Double { square.bottom - vertical.place(value) * square.side }
    var lines: [String] = []
    for (value, label) in zip(vertical.ticks.values, vertical.ticks.labels) {
      lines.append(line(square.left, y(value), square.right, y(value), .major))
      lines.append(text(label, square.left - 8, y(value) + 4.5, #"text-anchor="end""#))
    }
    for (value, label) in zip(horizontal.ticks.values, horizontal.ticks.labels) {
      lines.append(line(x(value), square.bottom, x(value), square.bottom + 5, .axis))
      lines.append(text(label, x(value), square.bottom + 19, #"text-anchor="middle""#))
    }
    lines.append(line(square.left, square.bottom, square.right, square.bottom, .axis))
    lines.append(line(square.left, square.top, square.left, square.bottom, .axis))
    if let reference = frame.reference {
      let ends = horizontal.range
      let heights = [ends.lowerBound, ends.upperBound].map {
        min(
          max(reference.height + reference.slope * $0, vertical.range.lowerBound),
          vertical.range.upperBound)
      }
      lines.append(
        line(
          x(ends.lowerBound), y(heights[0]), x(ends.upperBound), y(heights[1]), .axis,
          Figure.dashes(1)))
    }
    for one in series where !one.points.isEmpty {
      let places = one.points.map { (x: x($0.x), y: y($0.y)) }
      if one.isCurve {
        let way = thinned(places, in: square).map { "\(short($0.x)),\(short($0.y))" }
        lines.append(
          Figure.path(
            "M" + way.joined(separator: " "), one.colour, width: 1.8, Figure.dashes(one.colour / 4))
        )
      } else {
        lines += cloud(places, one.colour, in: square)
      }
    }
    return lines
  }

  /// A curve by at most four points for each of 640 columns: in each the first, the least, the greatest and the last.
  private static func thinned(
    _ places: [(x: Double, y: Double)], in square: Figure.Square
  ) -> [(x: Double, y: Double)] {
    if places.count <= fewPoints { return places }
    var result: [(x: Double, y: Double)] = []
    var start = 0
    while start < places.count {
      func column(_ place: Int) -> Int { Int((places[place].x - square.left) * 2) }
      var end = start + 1
      while end < places.count, column(end) == column(start) { end += 1 }
      let part = start..<end
      let least = part.min { places[$0].y < places[$1].y }!
      let greatest = part.max { places[$0].y < places[$1].y }!
      for place in Set([start, least, greatest, end - 1]).sorted() { result.append(places[place]) }
      start = end
    }
    return result
  }

  /// Points one by one, or of many the cells in which there are some, the stronger the more there are.
  private static func cloud(
    _ places: [(x: Double, y: Double)], _ colour: Int, in square: Figure.Square
  ) -> [String] {
    func points(_ places: [(x: Double, y: Double)], opacity: String) -> String {
      let way = places.map { "M\(short($0.x)),\(short($0.y))h0" }.joined()
      return Figure.path(
        way, colour, width: cell, Figure.round + #" stroke-opacity="\#(opacity)""#)
    }
    if places.count == 1 {
      let way = "M\(short(places[0].x)),\(short(places[0].y))h0"
      return [Figure.path(way, colour, width: 9, Figure.round)]
    }
    if places.count <= fewPoints { return [points(places, opacity: "0.6")] }
    let across = Int((square.side / cell).rounded(.up)) + 1
    var counts: [Int: Int] = [:]
    for place in places {
      let column = Int((place.x - square.left) / cell)
      counts[Int((place.y - square.top) / cell) * across + column, default: 0] += 1
    }
    let strengths: [(least: Int, opacity: String)] = [(1, "0.4"), (4, "0.65"), (16, "0.95")]
    return strengths.indices.compactMap { level in
      let most = level + 1 < strengths.count ? strengths[level + 1].least : Int.max
      let cells = counts.filter { $0.value >= strengths[level].least && $0.value < most }.keys
        .sorted()
      if cells.isEmpty { return nil }
      return points(
        cells.map {
          (
            square.left + (Double($0 % across) + 0.5) * cell,
            square.top + (Double($0 / across) + 0.5) * cell
          )
        }, opacity: strengths[level].opacity)
    }
  }
}
