import NNC

/// A curve drawn in characters: each is a block of 2 × 4 dots of Braille.
struct TextPlot {
  let points: [(x: Double, y: Double)]
  /// How many characters wide the curve is, at most.
  let columns: Int
  let rows: Int
  /// How many characters a line has, with the scale before the curve.
  let lineWidth: Int
  /// A curve is not narrower than this, however narrow the screen.
  private static let fewestColumns = 10

  /// The curve, its axes where they are in view, and the ends of the scales; nil where no value is finite.
  var text: String? {
    let finite = points.filter { $0.y.isFinite }
    guard let first = finite.first else { return nil }
    var (low, high) = finite.reduce((first.y, first.y)) { (min($0.0, $1.y), max($0.1, $1.y)) }
    if low == high {
      let margin = max(1, low.magnitude / 10)
      (low, high) = (low - margin, high + margin)
    }
    let labels = [Digits.significant(4).text(high), Digits.significant(4).text(low)]
    let margin = labels.map(\.count).max()!
    let columns = max(Self.fewestColumns, min(self.columns, lineWidth - margin - 1))
    let (left, right) = (points[0].x, points[points.count - 1].x)
    let (width, height) = (columns * 2, rows * 4)
    var dots = [UInt8](repeating: 0, count: columns * rows)
    func set(_ x: Int, _ y: Int) {
      guard (0..<width).contains(x), (0..<height).contains(y) else { return }
      // The bits of Unicode's Braille patterns, from U+2800.
      let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
      dots[y / 4 * columns + x / 2] |= bits[x % 2][y % 4]
    }
    func column(_ x: Double) -> Double { (x - left) / (right - left) * Double(width - 1) }
    // Halved first, so that the distance of the largest numbers does not overflow.
    func row(_ y: Double) -> Double {
      (high / 2 - y / 2) / (high / 2 - low / 2) * Double(height - 1)
    }
    if low < 0, high > 0 {
      for x in stride(from: 0, to: width, by: 3) { set(x, Int(row(0).rounded())) }
    }
    if left < 0, right > 0 {
      for y in stride(from: 0, to: height, by: 3) { set(Int(column(0).rounded()), y) }
    }
    for (a, b) in zip(points, points.dropFirst()) where a.y.isFinite && b.y.isFinite {
      let steps = max(1, Int((row(a.y) - row(b.y)).magnitude.rounded(.up)))
      for step in 0...steps {
        let part = Double(step) / Double(steps)
        let x = column(a.x) + (column(b.x) - column(a.x)) * part
        let y = row(a.y) + (row(b.y) - row(a.y)) * part
        set(Int(x.rounded()), Int(y.rounded()))
      }
    }
    var result = ""
    for row in 0..<rows {
      let label = row == 0 ? labels[0] : row == rows - 1 ? labels[1] : ""
      let cells = dots[(row * columns)..<((row + 1) * columns)].map {
        Character(Unicode.Scalar(0x2800 + UInt32($0))!)
      }
      result += String(repeating: " ", count: margin - label.count) + label + " "
      result += String(cells) + "\n"
    }
    let ends = [Digits.significant(4).text(left), Digits.significant(4).text(right)]
    let gap = max(1, columns - ends[0].count - ends[1].count)
    result += String(repeating: " ", count: margin + 1) + ends[0]
    return result + String(repeating: " ", count: gap) + ends[1] + "\n"
  }
}
