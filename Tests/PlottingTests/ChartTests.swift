import Foundation
#if canImport(FoundationXML)
  import FoundationXML
#endif
import Testing

@testable import NNCPlotting

@Suite struct TicksTests {
  @Test func linearTicksAreNice() {
    #expect(Ticks(linear: 0...1, count: 5).labels == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(Ticks(linear: -4.7...0.4, count: 5).labels == ["−4", "−3", "−2", "−1", "0"])
    #expect(Ticks(linear: 1...12, count: 8, whole: true).labels.first == "1")
    #expect(Ticks(linear: 0...2, count: 8, whole: true).labels == ["0", "1", "2"])
    #expect(
      Ticks(linear: 0...3e7, count: 5).labels == [
        "0", "5·10⁶", "10⁷", "1.5·10⁷", "2·10⁷", "2.5·10⁷", "3·10⁷",
      ])
  }

  /// Whatever the range, there are a few ticks, all inside it, in rising order, with labels that differ.
  @Test func everyRangeHasAFewTicks() {
    for exponent in -12...12 {
      for (low, high) in [(0.0, 1.0), (0.13, 0.97), (-3.3, 8.1), (0.991, 0.999)] {
        let scale = pow(10, Double(exponent))
        let range = (low * scale)...(high * scale)
        let ticks = Ticks(linear: range, count: 5)
        #expect((3...9).contains(ticks.values.count), "\(range)")
        #expect(ticks.values == ticks.values.sorted(), "\(range)")
        #expect(Set(ticks.labels).count == ticks.labels.count, "\(range) \(ticks.labels)")
        let slack = (range.upperBound - range.lowerBound) * 1e-6
        #expect(
          ticks.values.allSatisfy {
            $0 >= range.lowerBound - slack && $0 <= range.upperBound + slack
          }, "\(range)")
      }
    }
  }

  @Test func logarithmicTicksArePowersOfTen() {
    let wide = Ticks(logarithmic: 1e-9...10)
    #expect(wide.labels.contains("10⁻⁶") && wide.labels.contains("0.1"))
    #expect(Ticks(logarithmic: 0.02...2).labels == ["0.02", "0.05", "0.1", "0.2", "0.5", "1", "2"])
  }
}

@Suite struct ChartTests {
  private func chart(_ values: [Double]) -> String {
    let points = values.enumerated().map { Chart.Point(Double($0 + 1), $1) }
    let curve = Chart.Curve(name: "a<b", points: points, colour: 0)
    return Chart(
      title: "T & U", horizontal: "epoch",
      panels: [.init(vertical: "loss", curves: [curve], mayBeLogarithmic: true)]
    ).svg
  }

  /// Every chart is well-formed XML and no place in it is not a number.
  @Test(arguments: [
    [1], [1, 1, 1], [0, 0], [3, 2, 1], [1000, 1, 0.001], [1, .nan, 2, 3], [.nan], [],
    [-1, 5, -1e300],
  ]) func everyCurveIsDrawn(_ values: [Double]) throws {
    let text = chart(values)
    #expect(try XMLDocument(xmlString: text).rootElement()?.name == "svg")
    #expect(!text.contains("nan") && !text.contains("inf"))
    #expect(text.contains("T &amp; U"))
  }

  @Test func aGapBreaksTheCurve() {
    let text = chart([1, 2, .nan, 2, 1, .nan, 5])
    #expect(text.matches(of: /<polyline/).count == 2 && text.matches(of: /<circle/).count == 1)
    #expect(text.contains("a&lt;b"))
  }

  @Test func lossesOfManySizesGetALogarithmicAxis() {
    #expect(chart([100, 10, 1]).contains("loss (logarithmic)"))
    #expect(!chart([10, 5, 1]).contains("logarithmic"))
    #expect(!chart([100, 1, 0]).contains("logarithmic"))
  }

  /// A long curve stays a small file, and keeps its spikes.
  @Test func longCurvesAreThinned() {
    var values = (0..<200_000).map { 10 / Double($0 + 10) }
    let plain = chart(values)
    values[123_456] = 0.9
    #expect(plain.utf8.count < 40_000)
    #expect(chart(values) != plain)
  }

  /// Names are read and curves are seen on a light ground and on a dark one, as WCAG 2 measures contrast.
  @Test func contrasts() {
    for shades in Chart.shades {
      #expect(Self.contrast(shades.name, Chart.ground.light) >= 4.5, "\(shades.name)")
      #expect(Self.contrast(shades.line, Chart.ground.light) >= 3, "\(shades.line)")
      #expect(Self.contrast(shades.dark, Chart.ground.dark) >= 4.5, "\(shades.dark)")
    }
    let text = chart([1, 2, 3])
    #expect(text.contains("prefers-color-scheme: dark"))
    #expect(text.contains(##"<polyline class="c0" fill="none" stroke="#0072b2""##))
  }

  private static func contrast(_ first: String, _ second: String) -> Double {
    func luminance(_ colour: String) -> Double {
      let number = Int(colour.dropFirst(), radix: 16)!
      let linear = [16, 8, 0].map { shift in
        let value = Double(number >> shift & 255) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let (a, b) = (luminance(first), luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
