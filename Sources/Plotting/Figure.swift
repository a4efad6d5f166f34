/// Square panels side by side, two in a row, each with a title, axes that have names, and a legend below it.
public struct Figure: Hashable, Sendable {
  /// What stands above it.
  public var title: String
  /// What stands below the title.
  public var subtitle: String
  /// The panels, row by row.
  public var panels: [Panel]

  /// A figure of its parts.
  public init(title: String, subtitle: String, panels: [Panel]) {
    self.title = title
    self.subtitle = subtitle
    self.panels = panels
  }

  /// One panel.
  public struct Panel: Hashable, Sendable {
    /// What stands above it.
    public var title: String
    /// What its horizontal axis measures.
    public var horizontal: String
    /// What its vertical axis measures.
    public var vertical: String
    /// What is drawn.
    public var content: Content
    /// What is said below the legend; empty for nothing.
    public var note = ""

    /// A panel of its parts.
    public init(title: String, horizontal: String, vertical: String, _ content: Content) {
      self.title = title
      self.horizontal = horizontal
      self.vertical = vertical
      self.content = content
    }
  }

  /// What a panel shows.
  public enum Content: Hashable, Sendable {
    /// Curves and clouds of points.
    case series([Series], Frame)
    /// How often each class (a row) was taken for each (a column).
    case table(names: [String], counts: [[Int]])
  }

  /// The values between which a panel's axes go, and its dashed line for reference.
  public struct Frame: Hashable, Sendable {
    /// The ends of both axes; nil for those of the points.
    public var ends: ClosedRange<Double>?
    /// Whether both axes have the same ends.
    public var isSquare: Bool
    /// The line that is drawn dashed.
    public var reference: Reference?

    /// A frame of its parts.
    public init(ends: ClosedRange<Double>? = nil, isSquare: Bool = false, _ reference: Reference?) {
      self.ends = ends
      self.isSquare = isSquare
      self.reference = reference
    }
  }

  /// A straight line, and what it is.
  public struct Reference: Hashable, Sendable {
    /// What it is.
    public var name: String
    /// Its height where x is 0.
    public var height: Double
    /// How it rises.
    public var slope: Double

    /// The line y = height + slope·x.
    public init(_ name: String, height: Double, slope: Double) {
      self.name = name
      self.height = height
      self.slope = slope
    }
  }

  /// Points with a name.
  public struct Series: Hashable, Sendable {
    /// What they are.
    public var name: String
    /// Where they lie; those that are not finite, or beyond 10^150, are left out.
    public var points: [Chart.Point]
    /// Whether they are a curve, from left to right.
    public var isCurve: Bool
    /// The number of its colour and, from four on, of its dashes.
    public var colour: Int

    /// A series of its parts.
    public init(_ name: String, _ points: [Chart.Point], isCurve: Bool, colour: Int) {
      self.name = name
      self.points = points
      self.isCurve = isCurve
      self.colour = colour
    }
  }
}
