import NNCText

extension Figure {
  /// The figure as a file in SVG 1.1, readable without a style sheet or script; a style sheet makes it dark where the
  /// reader's system is.
  public var svg: String {
    let columns = min(2, max(1, panels.count))
    let boxes = panels.map { Box($0) }
    let rows = stride(from: 0, to: boxes.count, by: columns).map {
      boxes[$0..<min(boxes.count, $0 + columns)]
    }
    let width = max(rows.map { $0.reduce(16) { $0 + $1.width + 16 } }.max() ?? 0, 440)
    let head = subtitle.isEmpty ? 46.0 : 66
    let height = rows.reduce(head) { $0 + $1.map(\.height).max()! + 16 }
    let size = "\(short(width)) \(short(height))"
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(short(width))" height="\(short(height))" \
      viewBox="0 0 \(size)" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#222">
      """,
      "<title>\(title.escaped(for: .markup))</title>",
      Self.darkStyle,
      #"<rect class="ground" width="100%" height="100%" fill="\#(Chart.ground.light)"/>"#,
      text(title, 24, 28, #"font-size="16" font-weight="bold""#),
      text(subtitle, 24, 50, ""),
    ]
    var top = head
    for row in rows {
      var left = 16.0
      for box in row {
        lines += box.drawing(left, top)
        left += box.width + 16
      }
      top += row.map(\.height).max()! + 16
    }
    return (lines.filter { !$0.isEmpty } + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// A style sheet for readers whose system is dark; others have it as the elements' attributes say.
  private static var darkStyle: String {
    let curves = Chart.shades.enumerated().map {
      ".c\($0) { stroke: \($1.dark); }"
    }
    return """
      <style>@media screen and (prefers-color-scheme: dark) {
      .ground { fill: \(Chart.ground.dark); } text { fill: #e8eaf0; }
      .minor { stroke: #262a33; } .major { stroke: #3a3f4b; } .axis { stroke: #9aa0b0; }
      \(curves.joined(separator: "\n"))
      }</style>
      """
  }

  /// A panel, and how large it is.
  struct Box {
    let panel: Panel
    let width: Double
    let height: Double
    /// Where the square of its values lies, from the panel's left and top.
    let left: Double
    let top = 30.0
    /// The square's side.
    let side: Double
    /// The room between the square and the legend.
    let below: Double

    /// A line of the legend.
    static let leading = 18.0

    init(_ panel: Panel) {
      self.panel = panel
      switch panel.content {
      case .series:
        (left, side, below) = (66, 320, 56)
        width = left + side + 14
      case .table(let names, _):
        let longest = Double(names.map { Self.shortened($0).count }.max() ?? 0)
        let margin = min(120, longest * 7.2 + 8)
        (left, side) = (34 + margin, max(320, min(620, Double(names.count) * 26)))
        below = Self.stand(names, side) ? 38 + margin : 56
        width = left + side + 14
      }
      let legend = Double(panel.legend.count + (panel.note.isEmpty ? 0 : 1))
      height = top + side + below + legend * Self.leading
    }

    /// A name that is not too long.
    static func shortened(_ name: String) -> String {
      name.count > 16 ? "\(name.prefix(15))…" : name
    }

    /// Whether names below the columns stand upright, since lying they would meet.
    static func stand(_ names: [String], _ side: Double) -> Bool {
      let room = side / Double(max(1, names.count))
      let longest = names.map { shortened($0).count }.max() ?? 0
      return Double(longest) * 7.2 + 6 > room
    }

    /// The panel at a place.
    func drawing(_ x: Double, _ y: Double) -> [String] {
      let square = Square(left: x + left, top: y + top, side: side)
      var lines = [
        text(
          panel.title, square.middle, y + 16, #"text-anchor="middle" font-weight="bold""#)
      ]
      switch panel.content {
      case .series(let series, let frame): lines += Self.drawing(series, frame, in: square)
      case .table(let names, let counts): lines += Self.drawing(names, counts, in: square)
      }
      let bottom = square.bottom + below
      lines.append(
        text(panel.horizontal, square.middle, bottom - 16, #"text-anchor="middle""#))
      let (across, height) = (x + 14, square.top + side / 2)
      lines.append(
        text(
          panel.vertical, across, height,
          #"text-anchor="middle" transform="rotate(-90 \#(short(across)) \#(short(height)))""#))
      for (place, entry) in panel.legend.enumerated() {
        let height = bottom + Double(place) * Self.leading + 4
        lines.append(entry.sample(square.left, height))
        lines.append(text(entry.name, square.left + 36, height + 4.5, ""))
      }
      let foot = bottom + Double(panel.legend.count) * Self.leading + 8.5
      return lines + [text(panel.note, square.left, foot, #"font-size="12""#)]
    }
  }

  /// The place of a panel's values.
  struct Square {
    let left: Double
    let top: Double
    let side: Double
    var right: Double { left + side }
    var bottom: Double { top + side }
    var middle: Double { left + side / 2 }
  }
}
