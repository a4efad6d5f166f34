import Foundation
#if canImport(FoundationXML)
  import FoundationXML
#endif
import Testing

@testable import NNCPlotting

@Suite struct FigureTests {
  private func figure(_ panels: Figure.Panel...) -> String {
    Figure(title: "a<b", subtitle: "R & D", panels: panels).svg
  }

  private func series(
    _ points: [Chart.Point], isCurve: Bool = false, _ frame: Figure.Frame = .init(nil)
  ) -> Figure.Panel {
    .init(
      title: "<t>", horizontal: "<x>", vertical: "<y>",
      .series([.init("<s>", points, isCurve: isCurve, colour: 5)], frame))
  }

  private func check(_ text: String, _ what: String) throws {
    #expect(try XMLDocument(xmlString: text).rootElement()?.name == "svg", "\(what)")
    for word in ["nan", "inf", "e+", "<s>", "<x>", "<y>", "<t>"] {
      #expect(!text.contains(word), "\(what): \(word)")
    }
  }

  /// Every figure is well-formed XML, escapes its names, and no place in it is no number.
  @Test func everyCloudIsDrawn() throws {
    let lists: [[Double]] = [
      [], [1], [1, 1, 1], [0, 0], [1, .nan, 2], [.infinity, 1, 2], [-1e300, 1, 1e300],
      [1e149, -1e149],
      [1e-200, 2e-200], (0..<5000).map(Double.init),
    ]
    for list in lists {
      for isCurve in [false, true] {
        let points = list.enumerated().map { Chart.Point(Double($0), $1) }
        for frame in [
          Figure.Frame(nil), .init(isSquare: true, .init("as it is", height: 0, slope: 1)),
        ] {
          try check(figure(series(points, isCurve: isCurve, frame)), "\(list.prefix(4))")
        }
      }
    }
  }

  /// However many points there are, few are drawn, and those far from the others among them.
  @Test func manyPointsStayASmallFile() throws {
    var points = (0..<300_000).map { Chart.Point(Double($0 % 997), Double($0 % 1009)) }
    points.append(.init(5000, 5000))
    let text = figure(series(points))
    #expect(text.utf8.count < 150_000)
    let dots = text.matches(of: /M[0-9.]+,[0-9.]+h0/).count
    #expect(dots > 100 && dots <= 81 * 81 + 1)
    // The far one is alone in its cell at the upper right corner.
    let weakest = try #require(text.firstMatch(of: /stroke-opacity="0.4" d="([^"]*)"/)).1
    #expect(weakest.split(separator: "M").count == 1)
    let curve = (0..<300_000).map { place in
      Chart.Point(Double(place) / 3e5, place == 170_001 ? 1 : sin(Double(place)) / 3)
    }
    let drawn = figure(series(curve, isCurve: true, .init(ends: 0...1, nil)))
    let way = try #require(drawn.firstMatch(of: #/ d="M([0-9., -]+)"/#)).1.split(separator: " ")
    #expect(way.count > 640 && way.count <= 4 * 642)
    #expect(way.contains { $0.hasSuffix(",96") }, "the spike at 1")
  }

  @Test func aTableHasItsNumbersAndNames() throws {
    let names = ["a<b", "\"q\"", "a name that is longer than others"]
    let text = figure(
      .init(
        title: "Confusion", horizontal: "taken for", vertical: "class",
        .table(names: names, counts: [[5, 0, 1], [0, 0, 0], [2, 3, 1000]])))
    #expect(try XMLDocument(xmlString: text).rootElement()?.name == "svg")
    #expect(text.contains(">a&lt;b</text>") && text.contains("&quot;q&quot;"))
    #expect(text.contains("a name that is …</text>"))
    #expect(text.contains("a name that is longer than others taken for a&lt;b: 2 of 1005"))
    #expect(text.contains(">1000</text>") && !text.contains("nan"))
    // As strong as its share of the row.
    #expect(text.contains(#"fill-opacity="0.625"><title>a&lt;b taken for a&lt;b: 5 of 6"#))
    // Of forty classes, forty names and no number that is too small to be read.
    let many = (0..<40).map { "c\($0)" }
    let wide = figure(
      .init(
        title: "", horizontal: "", vertical: "",
        .table(names: many, counts: many.map { _ in many.map { _ in 12345 } })))
    #expect(!wide.contains(">12345</text>") && wide.contains(">c39</text>"))
  }

  @Test func aChartMayHaveALogarithmicHorizontalAxis() {
    let points = [1e-4, 1e-3, 1e-2].map { Chart.Point($0, 1) }
    var chart = Chart(
      title: "", horizontal: "",
      panels: [
        .init(vertical: "", curves: [.init(name: "", points: points, colour: 0)])
      ])
    chart.isHorizontalLogarithmic = true
    // The middle by ratio is the middle of the axis.
    #expect(chart.svg.contains("80,") && chart.svg.contains(" 395,") && chart.svg.contains(" 710,"))
    #expect(chart.svg.contains(">0.001</text>"))
  }
}
