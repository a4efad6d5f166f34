#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How values become places along an axis.
struct Axis {
  /// The values at its ends.
  let range: ClosedRange<Double>
  /// Whether equal ratios take equal lengths.
  let isLogarithmic: Bool
  /// Its ticks.
  let ticks: Ticks

  /// The horizontal axis of points; a logarithmic one only where they are positive and differ.
  init(horizontal values: [Double], whole: Bool = true, isLogarithmic: Bool = false) {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    range = low < high ? low...high : (low - 1)...(low + 1)
    self.isLogarithmic = isLogarithmic && low > 0 && low < high
    if self.isLogarithmic {
      ticks = Ticks(logarithmic: range)
      return
    }
    ticks = Ticks(linear: range, count: 8, whole: whole)
  }

  /// The vertical axis of a panel.
  init(_ panel: Chart.Panel) {
    let values = panel.curves.flatMap { $0.points.map(\.y) }.filter(\.isFinite)
    var (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let isLogarithmic = panel.mayBeLogarithmic && low > 0 && high >= 30 * low
    if let wanted = panel.range {
      (low, high) = (min(low, wanted.lowerBound), max(high, wanted.upperBound))
    }
    if low == high {
      let margin = low == 0 ? 1 : abs(low) / 10
      (low, high) = (low - margin, panel.range == nil ? high + margin : high)
    }
    if isLogarithmic {
      let margin = pow(high / low, 0.03)
      range = (low / margin)...(high * margin)
      ticks = Ticks(logarithmic: range)
    } else {
      // Losses and shares are measured from 0 where it is near.
      let isNearZero = low >= 0 && low < high / 3
      let margin = (high - low) * 0.04
      let bottom = isNearZero ? 0 : low - margin
      let top = panel.range.map { high <= $0.upperBound } ?? false ? high : high + margin
      range = bottom...top
      ticks = Ticks(linear: range, count: 5)
    }
    self.isLogarithmic = isLogarithmic
  }

  /// An axis over values, a little wider than they are unless its ends are given.
  init(over values: [Double], ends: ClosedRange<Double>? = nil) {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let margin = low < high ? (high - low) * 0.04 : low == 0 ? 1 : abs(low) / 10
    range = ends ?? (low - margin)...(high + margin)
    isLogarithmic = false
    ticks = Ticks(linear: range, count: 5)
  }

  /// Where a value lies: 0 at the axis' beginning, 1 at its end.
  func place(_ value: Double) -> Double {
    if isLogarithmic {
      return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
    }
    return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }
}
