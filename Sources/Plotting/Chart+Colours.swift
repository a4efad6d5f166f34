extension Chart {
  /// The colours of a curve.
  struct Shades {
    /// The curve on a light ground.
    let line: String
    /// Its name there, dark enough to be read: a contrast of 4.5 to 1, as WCAG 2 wants it of text.
    let name: String
    /// The curve and its name on a dark ground.
    let dark: String
  }

  /// M. Okabe and K. Ito's colours, which everyone can tell apart, and darker ones of the same hue.
  static let shades = [
    Shades(line: "#0072b2", name: "#0072b2", dark: "#56b4e9"),
    Shades(line: "#d55e00", name: "#b85000", dark: "#d55e00"),
    Shades(line: "#009e73", name: "#00785a", dark: "#009e73"),
    Shades(line: "#cc79a7", name: "#a34b7d", dark: "#cc79a7"),
  ]

  /// What lies behind everything, light and dark.
  static let ground = (light: "#ffffff", dark: "#15171c")

  /// A style sheet for readers whose system is dark; others have it as the elements' attributes say.
  static var darkStyle: String {
    let curves = shades.enumerated().map {
      "polyline.c\($0) { stroke: \($1.dark); } circle.c\($0), text.c\($0) { fill: \($1.dark); }"
    }
    return """
      <style>@media screen and (prefers-color-scheme: dark) {
      .ground { fill: \(ground.dark); } text { fill: #e8eaf0; }
      .minor { stroke: #262a33; } .major { stroke: #3a3f4b; } .axis { stroke: #9aa0b0; }
      \(curves.joined(separator: "\n"))
      }</style>
      """
  }
}
