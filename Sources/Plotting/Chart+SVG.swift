import NNCText

extension Chart {
  /// The chart as a file in SVG 1.1, readable without a style sheet or script; a style sheet makes it dark where the reader's system is.
  public var svg: String {
    let width = 800.0
    let (left, right) = (80.0, 90.0)
    let (above, below, gap) = (46.0, 54.0, 26.0)
    let height = panels.count == 1 ? 330.0 : 210.0
    let total = above + below + Double(panels.count) * height + Double(panels.count - 1) * gap
    let axis = Axis(
      horizontal: panels.flatMap { $0.curves.flatMap { $0.points.map(\.x) } }, whole: countsWhole,
      isLogarithmic: isHorizontalLogarithmic)
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(short(width))" height="\(short(total))" \
      viewBox="0 0 \(short(width)) \(short(total))" font-family="Helvetica, Arial, sans-serif" \
      font-size="13" fill="#222">
      """,
      "<title>\(title.escaped(for: .markup))</title>",
      Self.darkStyle,
      #"<rect class="ground" width="100%" height="100%" fill="\#(Self.ground.light)"/>"#,
      #"<text x="\#(short(left))" y="28" font-size="16" font-weight="bold">\#(title.escaped(for: .markup))</text>"#,
    ]
    for (number, panel) in panels.enumerated() {
      let frame = Frame(
        left: left, top: above + Double(number) * (height + gap), width: width - left - right,
        height: height)
      lines += drawing(
        panel, in: frame, axis, isLast: number == panels.count - 1)
    }
    let middle = left + (width - left - right) / 2
    lines.append(text(horizontal, middle, total - 12, #"text-anchor="middle""#))
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// The place of a panel.
  private struct Frame {
    var left: Double
    var top: Double
    var width: Double
    var height: Double
    var right: Double { left + width }
    var bottom: Double { top + height }
  }

  private func drawing(
    _ panel: Panel, in frame: Frame, _ horizontal: Axis, isLast: Bool
  ) -> [String] {
    let vertical = Axis(panel)
    func x(_ value: Double) -> Double { frame.left + horizontal.place(value) * frame.width }
    func y(_ value: Double) -> Double { frame.bottom - vertical.place(value) * frame.height }
    var lines: [String] = []
    for (value, label) in zip(vertical.ticks.values, vertical.ticks.labels) {
      lines.append(
        line(frame.left, y(value), frame.right, y(value), label.isEmpty ? .minor : .major))
      lines.append(text(label, frame.left - 8, y(value) + 4.5, #"text-anchor="end""#))
    }
    for (value, label) in zip(horizontal.ticks.values, horizontal.ticks.labels) {
      lines.append(line(x(value), frame.bottom, x(value), frame.bottom + 5, .axis))
      if isLast { lines.append(text(label, x(value), frame.bottom + 19, #"text-anchor="middle""#)) }
    }
    lines.append(line(frame.left, frame.bottom, frame.right, frame.bottom, .axis))
    lines.append(line(frame.left, frame.top, frame.left, frame.bottom, .axis))
    let middle = frame.top + frame.height / 2
    let name = vertical.isLogarithmic ? "\(panel.vertical) (logarithmic)" : panel.vertical
    lines.append(
      text(
        name, 20, middle,
        #"text-anchor="middle" transform="rotate(-90 20 \#(short(middle)))""#))
    var ends: [(y: Double, name: String, colour: Int)] = []
    for curve in panel.curves {
      let colour = curve.colour % Self.shades.count
      lines += drawing(curve, colour, x, y)
      if let last = curve.points.last(where: { $0.y.isFinite }) {
        ends.append((y(last.y), curve.name, colour))
      }
    }
    // Each name stands where its curve ends, at least a line from the next and inside the panel.
    ends.sort { $0.y < $1.y }
    var lowest = frame.top - 17
    for place in ends.indices {
      ends[place].y = max(ends[place].y, lowest + 17)
      lowest = ends[place].y
    }
    let excess = max(0, lowest - frame.bottom)
    for end in ends {
      lines.append(
        text(
          end.name, frame.right + 10, end.y - excess + 4.5,
          #"class="c\#(end.colour)" fill="\#(Self.shades[end.colour].name)""#))
    }
    return lines
  }

  /// A curve as a path for each piece of it, or a dot where a piece is a single point.
  private func drawing(
    _ curve: Curve, _ colour: Int, _ x: (Double) -> Double, _ y: (Double) -> Double
  ) -> [String] {
    let shade = Self.shades[colour].line
    var lines: [String] = []
    for piece in thinned(curve.points).split(whereSeparator: { !$0.y.isFinite }) {
      let places = piece.map { "\(short(x($0.x))),\(short(y($0.y)))" }
      if places.count == 1 {
        lines.append(
          #"<circle class="c\#(colour)" cx="\#(short(x(piece.first!.x)))" cy="\#(short(y(piece.first!.y)))" r="3.5" fill="\#(shade)"/>"#
        )
      } else {
        lines.append(
          #"<polyline class="c\#(colour)" fill="none" stroke="\#(shade)" stroke-width="1.8" stroke-linejoin="round" points="\#(places.joined(separator: " "))"/>"#
        )
      }
    }
    return lines
  }

  /// At most about 1200 points: of many neighbours the least and the greatest.
  private func thinned(_ points: [Point]) -> [Point] {
    let size = (points.count + 599) / 600
    if size <= 2 { return points }
    var result: [Point] = []
    for start in stride(from: 0, to: points.count, by: size) {
      let part = points[start..<min(points.count, start + size)]
      if let broken = part.first(where: { !$0.y.isFinite }) {
        result.append(broken)
        continue
      }
      let least = part.min { $0.y < $1.y }!
      let greatest = part.max { $0.y < $1.y }!
      result += least.x < greatest.x ? [least, greatest] : [greatest, least]
    }
    return result
  }
}
