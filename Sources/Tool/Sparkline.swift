/// Values as a row of bars, at most `columns` of them; a bar stands for the mean of the values that share it.
///
/// The least value has the lowest bar and the greatest the highest; what is not finite is left blank.
func sparkline(_ values: [Double], columns: Int) -> String {
  let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  let count = min(values.count, columns)
  guard count > 0 else { return "" }
  let means = (0..<count).map { column -> Double in
    let part = values[(column * values.count / count)..<((column + 1) * values.count / count)]
    return part.reduce(0, +) / Double(part.count)
  }
  let finite = means.filter(\.isFinite)
  guard let low = finite.min(), let high = finite.max() else { return "" }
  return String(
    means.map { mean -> Character in
      guard mean.isFinite else { return " " }
      let height = high > low ? (mean - low) / (high - low) : 0
      return bars[min(7, Int((height * 7).rounded()))]
    })
}
