import Testing

@testable import NNCTool

@Suite struct TextPlotTests {
  /// A curve has 60 columns, or what the screen leaves behind the scale, here of 5 characters and a blank; 10 at least.
  @Test(arguments: [(200, 66), (80, 66), (66, 66), (40, 40), (30, 30), (5, 16)])
  func fitsTheScreen(screen: Int, expected: Int) throws {
    let points = (0...240).map { (place: Int) -> (x: Double, y: Double) in
      (Double(place) / 24 - 5, 12.34 - Double(place) / 1000)
    }
    let plot = TextPlot(points: points, columns: 60, rows: 14, lineWidth: screen)
    let lines = try #require(plot.text).split(separator: "\n")
    #expect(lines.count == 15)
    #expect(lines.allSatisfy { $0.count == expected })
  }
}
