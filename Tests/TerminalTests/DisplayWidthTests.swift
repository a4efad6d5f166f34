import Testing

@testable import NNCTerminal

@Suite struct DisplayWidthTests {
  static let rows: [(text: String, width: Int)] = [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2),
    ("ｗ", 2), ("ﾊ", 1), ("σ(x) ≤ ∂", 8), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇫🇷", 2), ("❤\u{FE0F}", 2),
    ("❤", 1), ("⌚", 2), ("\u{200B}", 0), ("…", 1), ("\u{1B}[1;31mred\u{1B}[0m", 3), ("\u{1B}x", 3),
    ("\u{7F}", 2), ("𠀀", 2), ("\u{303F}", 1), ("क्षि", 3), ("\u{0}", 2),
  ]

  @Test(arguments: rows.indices) func width(_ index: Int) {
    #expect(displayWidth(Self.rows[index].text) == Self.rows[index].width)
  }

  @Test func rangesAreSortedAndApart() {
    for (range, next) in zip(wideRanges, wideRanges.dropFirst()) {
      #expect(range.upperBound < next.lowerBound)
    }
  }
}
