import NNCText

/// Draws a diagram as SVG: text that can be selected and searched, a title and a description, light and dark.
public struct SvgWriter {
  let diagram: Diagram
  let layout: LayeredLayout
  /// What the names of its parts begin with, so that several drawings can stand on one page.
  public var prefix = "drawing"

  /// Lays a diagram out to be drawn.
  public init(_ diagram: Diagram) {
    self.diagram = diagram
    layout = LayeredLayout(diagram)
  }

  /// Its width and height, with the note below it, in whole pixels.
  public var size: (width: Int, height: Int) {
    let isNoted = !diagram.note.isEmpty
    let noteWidth = Double(diagram.note.count) * LayeredLayout.labelSize.character
    let width = max(layout.width, isNoted ? noteWidth + 2 * LayeredLayout.padding : 0)
    let height = layout.height + (isNoted ? LayeredLayout.lineHeight : 0)
    return (Int(width.rounded(.up)), Int(height.rounded(.up)))
  }

  /// The drawing; `standalone` as a file of its own, else to stand in a page.
  public func text(standalone: Bool) -> String {
    let (width, height) = size
    var text = standalone ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" : ""
    text += "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
    text += "width=\"\(width)\" height=\"\(height)\" role=\"img\" class=\"\(prefix)\" "
    // A file's name is its title; within a page it must be said which that is.
    text += standalone ? ">\n" : "aria-labelledby=\"\(prefix)-title \(prefix)-summary\">\n"
    text += "<title id=\"\(prefix)-title\">\(diagram.title.escaped(for: .markup))</title>\n"
    text += "<desc id=\"\(prefix)-summary\">\(diagram.summary.escaped(for: .markup))</desc>\n"
    text += "<style>\n\(style)</style>\n<defs>\n"
    for kind in Diagram.Kind.allCases {
      text +=
        "<marker id=\"\(prefix)-\(kind.rawValue)\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" "
      text += "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
      text += "<path class=\"tip \(kind.rawValue)\" d=\"M0 0L8 4L0 8z\"/></marker>\n"
    }
    text += "</defs>\n<rect class=\"ground\" width=\"\(width)\" height=\"\(height)\"/>\n"
    for (arrow, route) in zip(diagram.arrows, layout.routes) { text += path(arrow, route) }
    for (arrow, frame) in zip(diagram.arrows, layout.labels) {
      if let frame { text += label(arrow, frame) }
    }
    for (box, frame) in zip(diagram.boxes, layout.boxes) { text += self.box(box, frame) }
    if !diagram.note.isEmpty {
      text += "<text class=\"label note\" x=\"\(number(LayeredLayout.padding))\" "
      text +=
        "y=\"\(number(Double(height) - LayeredLayout.padding))\">\(diagram.note.escaped(for: .markup))</text>\n"
    }
    return text + "</svg>\n"
  }

  private func path(_ arrow: Diagram.Arrow, _ route: [LayeredLayout.Point]) -> String {
    var d = "M\(number(route[0].x)) \(number(route[0].y))"
    for (a, b) in zip(route, route.dropFirst()) {
      if a.y == b.y {
        d += "L\(number(b.x)) \(number(b.y))"
      } else {
        let middle = number((a.x + b.x) / 2)
        d += "C\(middle) \(number(a.y)) \(middle) \(number(b.y)) \(number(b.x)) \(number(b.y))"
      }
    }
    return "<path class=\"arrow \(arrow.kind.rawValue)\" d=\"\(d)\" "
      + "marker-end=\"url(#\(prefix)-\(arrow.kind.rawValue))\"/>\n"
  }

  private func label(_ arrow: Diagram.Arrow, _ frame: LayeredLayout.Frame) -> String {
    let (x, y) = (number(frame.x), number(frame.y))
    return "<rect class=\"ground\" x=\"\(x)\" y=\"\(y)\" width=\"\(number(frame.width))\" "
      + "height=\"\(number(frame.height))\"/>"
      + "<text class=\"label\" x=\"\(number(frame.x + frame.width / 2))\" "
      + "y=\"\(number(frame.y + frame.height - 4))\">\(arrow.label.escaped(for: .markup))</text>\n"
  }

  private func box(_ box: Diagram.Box, _ frame: LayeredLayout.Frame) -> String {
    var text = "<g><rect class=\"box \(box.kind.rawValue)\" x=\"\(number(frame.x))\" "
    text += "y=\"\(number(frame.y))\" width=\"\(number(frame.width))\" "
    text += "height=\"\(number(frame.height))\" rx=\"5\"/>"
    let centre = number(frame.x + frame.width / 2)
    for (row, line) in ([box.name] + box.lines).enumerated() {
      let y = frame.y + LayeredLayout.padding + Double(row + 1) * LayeredLayout.lineHeight - 4
      text += "<text class=\"\(row == 0 ? "name" : "line")\" x=\"\(centre)\" y=\"\(number(y))\">"
      text += "\(line.escaped(for: .markup))</text>"
    }
    return text + "</g>\n"
  }

  /// To a tenth, which is finer than the eye.
  private func number(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  private var style: String {
    """
    .\(prefix) { font: 12px ui-monospace, 'DejaVu Sans Mono', monospace; }
    .\(prefix) text { text-anchor: middle; fill: #1b1d22; }
    .\(prefix) .name { font-weight: bold; } .\(prefix) .label { font-size: 10.5px; }
    .\(prefix) .note { text-anchor: start; }
    .\(prefix) .ground { fill: #ffffff; }
    .\(prefix) .arrow { fill: none; stroke-width: \(diagram.arrows.count > 100 ? "0.8" : "1.3"); }
    .\(prefix) .box { stroke-width: 1.3; }
    .\(prefix) .given { stroke: #6b7080; fill: #f1f2f5; } .\(prefix) .forward { stroke: #0b57c4; fill: #eaf1fd; }
    .\(prefix) .loss { stroke: #7a3e9d; fill: #f6ecfb; } .\(prefix) .backward { stroke: #a8321a; fill: #fdeeea; }
    .\(prefix) .arrow.given, .\(prefix) .arrow.forward, .\(prefix) .arrow.loss { fill: none; }
    .\(prefix) .arrow.backward { fill: none; stroke-dasharray: 5 3; }
    .\(prefix) .tip { stroke: none; } .\(prefix) .tip.given { fill: #6b7080; } .\(prefix) .tip.forward { fill: #0b57c4; }
    .\(prefix) .tip.loss { fill: #7a3e9d; } .\(prefix) .tip.backward { fill: #a8321a; }
    @media screen and (prefers-color-scheme: dark) {
    .\(prefix) text { fill: #e8eaf0; } .\(prefix) .ground { fill: #15171c; }
    .\(prefix) .given { stroke: #9aa0b0; fill: #262a33; } .\(prefix) .forward { stroke: #8ab4ff; fill: #1a2740; }
    .\(prefix) .loss { stroke: #d3a6ee; fill: #33213d; } .\(prefix) .backward { stroke: #ff9d85; fill: #3d211a; }
    .\(prefix) .arrow { fill: none; } .\(prefix) .tip { stroke: none; } .\(prefix) .tip.given { fill: #9aa0b0; }
    .\(prefix) .tip.forward { fill: #8ab4ff; } .\(prefix) .tip.loss { fill: #d3a6ee; } .\(prefix) .tip.backward { fill: #ff9d85; }
    }

    """
  }
}
