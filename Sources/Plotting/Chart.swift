/// Curves over a common horizontal axis of whole numbers, in panels one below the other.
public struct Chart: Hashable, Sendable {
  /// What stands above it.
  public var title: String
  /// What the horizontal axis counts.
  public var horizontal: String
  /// The panels, from above.
  public var panels: [Panel]
  /// Whether the horizontal axis counts something, so that it has no ticks between whole numbers.
  public var countsWhole = true
  /// Whether equal ratios take equal lengths on the horizontal axis.
  public var isHorizontalLogarithmic = false

  /// A chart of its parts.
  public init(title: String, horizontal: String, panels: [Panel]) {
    self.title = title
    self.horizontal = horizontal
    self.panels = panels
  }

  /// Curves that share a vertical axis.
  public struct Panel: Hashable, Sendable {
    /// What the vertical axis measures.
    public var vertical: String
    /// The curves.
    public var curves: [Curve]
    /// What the axis shows where the values do not demand more; nil for the values alone.
    public var range: ClosedRange<Double>?
    /// Whether the axis may be logarithmic: it is where the values are positive and the greatest is 30 times the least.
    public var mayBeLogarithmic: Bool

    /// A panel of its parts.
    public init(
      vertical: String, curves: [Curve], range: ClosedRange<Double>? = nil,
      mayBeLogarithmic: Bool = false
    ) {
      self.vertical = vertical
      self.curves = curves
      self.range = range
      self.mayBeLogarithmic = mayBeLogarithmic
    }
  }

  /// A curve with a name.
  public struct Curve: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// Its points from left to right; the curve is broken where a value is not finite.
    public var points: [Point]
    /// Its colour's number; curves of one number belong together in all panels.
    public var colour: Int

    /// A curve of its parts.
    public init(name: String, points: [Point], colour: Int) {
      self.name = name
      self.points = points
      self.colour = colour
    }
  }

  /// A point of a curve.
  public struct Point: Hashable, Sendable {
    /// Its place on the horizontal axis.
    public var x: Double
    /// Its value.
    public var y: Double

    /// A point.
    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }
}
